"""What is proved of every plan: one file for each mistake, and the table of them."""

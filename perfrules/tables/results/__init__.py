"""Results as columns: which there are, of which types, and how blocks of results are written into them."""

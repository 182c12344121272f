"""The programs that are compared, each as its user would write it; `table.py` lists them."""

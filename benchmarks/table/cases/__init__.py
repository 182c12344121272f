"""The rubrics that are measured, with their data; `table.py` lists them."""

"""Files of any size as tables that are gone through block by block, and results as files."""

"""Work on many cells in one pass instead of several, where numba is installed (`pip install "perfrules[fast]"`)."""

"""Statistics across all entities of a run, as exact operations on columns."""

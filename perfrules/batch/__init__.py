"""Many entities at once: the core as operations on columns, exact by proof."""

"""Text to tree: the grammar's reader, the tree, and the formatter. Nothing outside this package knows lark."""

"""Tables of entities that are compared with one another: statistics round by round, in columns."""

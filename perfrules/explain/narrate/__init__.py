"""How each construct reads in words, one file each: its rule, and its steps with the values of one entity."""

"""Known sentences of rubrics and the rules they are drafted as: one pattern per file, one table of all."""

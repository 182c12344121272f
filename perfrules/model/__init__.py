"""Tree to core: names looked up, kinds and units checked, expressions and declarations turned into core nodes."""

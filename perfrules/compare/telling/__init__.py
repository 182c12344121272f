"""Changes of rules in words: one file for each sort of thing that can change."""

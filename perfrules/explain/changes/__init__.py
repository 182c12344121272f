"""What the next mark would take: candidates from the structure of a rule, each evaluated before it is said."""

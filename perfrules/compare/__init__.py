"""Two rulesets, or two sets of data: what changed, and for whom."""

"""Running the tests that an author wrote into a ruleset, and telling what they do not reach."""

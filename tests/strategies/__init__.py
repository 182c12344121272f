"""Random plans and facts."""

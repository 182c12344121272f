"""Columns in the cheapest representation that is proved exact, and the instructions that make them."""

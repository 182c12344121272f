"""Tests that share plans and facts import them from here as `tests.strategies`."""

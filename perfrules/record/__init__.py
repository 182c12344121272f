"""Sealed evaluation records: one file from which anyone can re-perform a score."""

"""Evaluate a plan for one entity, exactly, with every step."""

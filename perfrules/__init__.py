"""Scored evaluation rules: a rubric written as text, checked before use, evaluated exactly."""

"""Rubrics over many rows: perfrules beside what people write otherwise (`python -m benchmarks.table`)."""

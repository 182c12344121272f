"""The benchmarks compare what computes the same."""

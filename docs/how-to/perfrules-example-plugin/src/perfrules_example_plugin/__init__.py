"""Two scoring methods and a reader for perfrules. Each module offers one object, which an entry point names."""

__version__ = "1.2"

"""The command line: one file per command."""

from perfrules.cli.main import main

__all__ = ["main"]

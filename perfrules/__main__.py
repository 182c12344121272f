"""`python -m perfrules` is the command line."""

from perfrules.cli import main

main()

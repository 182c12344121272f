"""The page of the command line says what `--help` says."""

from perfrules.cli.main import COMMANDS
from tests.docs.cli_page import PAGE, cli_page


def test_page_is_what_help_prints() -> None:
    assert PAGE.read_text(encoding="utf-8") == cli_page(tuple(COMMANDS))

"""`perfrules replay`: a sealed record computed again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.record_words import give_up_on, read_at_most, record_words, secret_of, stop, tell
from perfrules.cli.shared import language_option, plugin_option, show_problems

if TYPE_CHECKING:
    from perfrules.record.differences import Difference
    from perfrules.record.replay import Replayed

_LONGEST = 200


@click.command("replay")
@click.argument("record", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@plugin_option
@click.option(
    "--salt-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The secret of the salts, to compute them too.",
)
@language_option
def command(record: Path, plugins: tuple[str, ...], salt_file: Path | None, lang: str) -> None:
    """Compute RECORD again from the texts and data in it, by the evaluator that defines the language, and compare.

    Every value and every byte is compared; the first difference is named. No other file is read, and no network is
    used. Exit status 1 where something differs, 3 where it is no record.
    """
    _tell(record, _replayed(record, plugins, secret_of(salt_file, lang), lang), lang)


def _replayed(record: Path, plugins: tuple[str, ...], secret: bytes | None, lang: str) -> Replayed:
    from perfrules.record import NotARecord
    from perfrules.record.limits import MOST_BYTES
    from perfrules.record.perform import NotPerformed
    from perfrules.record.replay import AnotherSalt, PluginsNotAllowed, replay

    text, file = record_words(lang), str(record)
    try:
        return replay(read_at_most(record, MOST_BYTES), plugins=plugins, salt=secret)
    except NotARecord as wrong:
        give_up_on(record, wrong, lang)
    except NotPerformed as wrong:
        show_problems(wrong.problems, wrong.sources, lang)
        stop(ExitCode.FINDINGS, text.text("replay.not-compiled", {"file": file}))
    except PluginsNotAllowed as wrong:
        stop(ExitCode.USAGE, text.text("replay.plugins", {"file": file, "names": wrong.names}))
    except AnotherSalt:
        stop(ExitCode.USAGE, text.text("replay.another-salt", {"file": file}))


def _tell(record: Path, replayed: Replayed, lang: str) -> None:
    text = record_words(lang)
    if (engine := replayed.other_engine) is not None:
        args = {"name": str(engine.get("name")), "version": str(engine.get("version"))}
        tell(text.text("replay.other-engine", args), err=True)
    if replayed.difference is not None:
        tell(_difference(record, replayed.difference, lang))
        raise click.exceptions.Exit(ExitCode.FINDINGS)
    args = {
        "file": str(record),
        "entities": str(len(replayed.opened.leaves)),
        "values": str(replayed.values),
        "bytes": str(len(replayed.opened.content)),
    }
    tell(text.text("replay.same", args))
    tell(text.text("replay.levels"))


def _difference(record: Path, found: Difference, lang: str) -> str:
    text = record_words(lang)
    place = found.place
    if found.node is not None:
        place = text.text("replay.place-node", {"entity": found.entity or "", "node": found.node, "place": place})
    elif found.entity is not None:
        place = text.text("replay.place-entity", {"entity": found.entity, "place": place})
    if found.recorded is None and found.recomputed is None:
        return text.text("replay.bytes-differ", {"file": str(record), "place": place})
    args = {
        "file": str(record),
        "place": place,
        "recorded": _shown(found.recorded, lang),
        "recomputed": _shown(found.recomputed, lang),
    }
    return text.text("replay.difference", args)


def _shown(tree: object, lang: str) -> str:
    from perfrules.record.derived import shown

    found = record_words(lang).text("replay.nothing") if tree is None else shown(tree)
    return found if len(found) <= _LONGEST else found[:_LONGEST] + "…"

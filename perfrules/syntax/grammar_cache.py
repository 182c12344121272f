"""The parse table kept between processes: analysing the grammar costs more than reading a whole ruleset.

A file in the user's own cache folder, plain JSON (nothing in it is executed), named by the hash of the grammar and of
the versions that made it. Whatever is wrong with it or with the folder, the table is made anew; the result is the
same.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

_FORMAT: Final = "1"


def load_parser(text: str, parts: dict[str, Any]) -> lark.Lark | None:
    """Return the parser of the grammar *text* from the cache; *parts* are the options that no file can hold."""
    try:
        stored = json.loads(_place(text).read_text(encoding="utf-8"))
        data, memo = stored["data"], {int(key): value for key, value in stored["memo"].items()}
        table = data["parser"]["parser"]
        table["states"] = {int(key): value for key, value in table["states"].items()}
        for actions in table["states"].values():
            for token in list(actions):
                actions[int(token)] = actions.pop(token)
        table["tokens"] = {int(key): value for key, value in table["tokens"].items()}
        data["options"] |= parts
        data["parser"]["lexer_conf"]["lexer_type"] = parts["lexer"]
        return lark.Lark.load({"data": data, "memo": memo})  # lark takes the mapping too
    except Exception:  # whatever a damaged or foreign file holds
        return None


def keep_parser(text: str, parser: lark.Lark, parts: dict[str, Any]) -> None:
    """Keep the table of *parser* for the next process, if the folder lets us."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"] = {name: value for name, value in data["options"].items() if name not in parts}
    data["parser"]["lexer_conf"]["lexer_type"] = None
    with suppress(OSError, TypeError, ValueError):
        place = _place(text)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps({"data": data, "memo": memo}, ensure_ascii=False)
        with tempfile.NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8") as file:
            file.write(content)
        os.replace(file.name, place)


def _place(text: str) -> Path:
    versions = (_FORMAT, lark.__version__, sys.version)
    name = sha256("\0".join((*versions, text)).encode()).hexdigest()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "perfrules" / f"grammar-{name[:32]}.json"

"""Whether the JSON in a record has the shape that it must have, so that nothing that reads it later stumbles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_LEAF_LISTS = ("inputs", "people", "nodes")
_LEAF_MAPS = ("source", "ruleset", "judged", "overrides", "statistics", "result")
_MANIFEST = {
    *("format", "engine", "language_version", "ruleset", "as_of", "run", "plugins", "entities"),
    *("nodes_sha256", "common_sha256", "tree", "salts", "supersedes"),
}
_CELL_TEXTS = ("given", "results", "reads", "indicator", "says", "name", "id")


def is_leaf(tree: Any) -> bool:
    """Tell whether *tree* has the shape of one entity's part."""
    return (
        isinstance(tree, dict)
        and all(isinstance(tree.get(name), str) for name in ("entity", "position", "salt"))
        and is_count(tree["position"])
        and all(_maps(tree.get(name)) for name in _LEAF_LISTS)
        and all(isinstance(tree.get(name), dict) for name in _LEAF_MAPS)
        and _texts(tree["source"])
        and all(map(_is_cell, (*tree["inputs"], *tree["people"])))
        and all(isinstance(each.get("name"), str) for each in tree["inputs"])
        and all(isinstance(each.get(name), str) for each in tree["people"] for name in ("indicator", "says"))
        and all(isinstance(each.get("id"), str) and "value" in each for each in tree["nodes"])
        and _is_result(tree["result"])
    )


def is_nodes(tree: Any) -> bool:
    """Tell whether *tree* tells what the nodes of a ruleset are."""
    return (
        isinstance(tree, dict)
        and all(_maps(tree.get(name)) for name in ("inputs", "rubric", "nodes"))
        and all(isinstance(each.get("name"), str) and _is_text(each.get("title", "")) for each in tree["inputs"])
        and all(isinstance(each.get("code"), str) and _is_text(each.get("title", "")) for each in tree["rubric"])
        and all(_is_node(each) for each in tree["nodes"])
    )


def is_manifest(tree: Any) -> bool:
    """Tell whether *tree* has the shape of a manifest; what the run was given is held against its members elsewhere."""
    return (
        isinstance(tree, dict)
        and set(tree) == _MANIFEST
        and all(isinstance(tree.get(name), dict) for name in ("engine", "ruleset", "run", "tree", "salts", "entities"))
        and all(isinstance(tree.get(name), str) for name in ("nodes_sha256", "common_sha256"))
        and all(_is_text(tree["ruleset"].get(name)) for name in ("name", "hash", "file"))
        and set(tree["engine"]) == {"name", "version"}
        and _texts(tree["engine"])
        and isinstance(tree["ruleset"].get("version", 0), str | None)
        and _maps(tree["ruleset"].get("files"))
        and bool(tree["ruleset"]["files"])
        and all(_is_text(each.get(name)) for each in tree["ruleset"]["files"] for name in ("member", "key", "sha256"))
        and is_count(tree["tree"].get("size"), least=0)
        and _is_text(tree["tree"].get("root"))
        and (set(tree["salts"]) - {"salt"} in ({"seed"}, {"seed_sha256"}))
        and _texts(tree["salts"])
        and _is_run(tree["run"])
        and (tree.get("supersedes") is None or _is_earlier(tree["supersedes"]))
    )


def is_count(text: Any, least: int = 1) -> bool:
    """Tell whether *text* is a whole number as a record writes it."""
    return (
        isinstance(text, str)
        and text.isascii()
        and text.isdigit()
        and len(text) < 10
        and text == str(int(text))
        and int(text) >= least
    )


def _is_run(tree: Mapping[str, Any]) -> bool:
    return (
        isinstance(tree.get("settings"), dict)
        and _texts(tree["settings"])
        and isinstance(tree.get("ignore_unknown"), bool)
        and isinstance(tree.get("no_previous"), bool)
        and isinstance(tree.get("plugins"), list)
        and all(map(_is_text, tree["plugins"]))
        and _is_file(tree.get("data"), "name")
        and isinstance(tree.get("tables"), list)
        and all(_is_file(each, "name") for each in tree["tables"])
        and isinstance(tree.get("results"), list)
        and all(_is_file(each, "alias") for each in tree["results"])
        and (tree.get("as_of") is None or _is_text(tree["as_of"]))
    )


def _is_file(tree: Any, called: str) -> bool:
    return isinstance(tree, dict) and _is_text(tree.get("member")) and _is_text(tree.get(called))


def _is_earlier(tree: Any) -> bool:
    return isinstance(tree, dict) and set(tree) == {"record_sha256", "manifest_sha256"} and _texts(tree)


def _is_cell(tree: Mapping[str, Any]) -> bool:
    places = tree.get("records", [])
    return (
        all(_is_text(tree[name]) for name in _CELL_TEXTS if name in tree)
        and isinstance(tree.get("at", {}), dict)
        and _texts(tree.get("at", {}))
        and _maps(places)
        and all(map(_is_record, places))
    )


def _is_record(tree: Mapping[str, Any]) -> bool:
    cells = tree.get("cells", {})
    return (
        isinstance(cells, dict)
        and all(isinstance(each, dict) and _texts(each) for each in cells.values())
        and _texts({name: each for name, each in tree.items() if name != "cells"})
    )


def _is_result(tree: Mapping[str, Any]) -> bool:
    indicators = tree.get("indicators")
    return (
        isinstance(tree.get("status"), str)
        and isinstance(indicators, dict)
        and {"total", "grade"} <= set(tree)
        and all(isinstance(each, dict) and "score" in each for each in indicators.values())
        and all(_is_override(each.get("override")) for each in indicators.values())
    )


def _is_override(tree: Any) -> bool:
    return tree is None or (isinstance(tree, dict) and _texts(tree))


def _is_node(tree: Mapping[str, Any]) -> bool:
    steps = tree.get("steps", [])
    return (
        all(_is_text(tree.get(name)) for name in ("id", "role"))
        and all(_is_text(tree.get(name, "")) for name in ("indicator", "at", "does"))
        and _maps(steps)
        and all(_is_text(each.get("does")) and _is_text(each.get("at", "")) for each in steps)
    )


def _maps(found: Any) -> bool:
    return isinstance(found, Sequence) and not isinstance(found, str) and all(isinstance(each, dict) for each in found)


def _texts(found: Mapping[str, Any]) -> bool:
    return all(map(_is_text, found.values()))


def _is_text(found: Any) -> bool:
    return isinstance(found, str)

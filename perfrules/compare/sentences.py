"""The sentences that text and page share: who moved from where to where, because of what, and what follows."""

from __future__ import annotations

from perfrules.compare.comparison import Comparison, EntityCompared
from perfrules.compare.movement import Movement, Part
from perfrules.compare.naming import moved_of, outcome, part_title, title_of
from perfrules.compare.said import Argument, Said, said, tell, words_of
from perfrules.compare.sides import Side
from perfrules.explain.statement import Range, Term
from perfrules.explain.words import number
from perfrules.lang.exact import Exact


def heading(comparison: Comparison) -> Said:
    """Say what is compared."""
    old, new = _ruleset(comparison.old), _ruleset(comparison.new)
    same_rules = comparison.old.plan.compiled_hash == comparison.new.plan.compiled_hash
    if comparison.with_data and old == new and same_rules:
        return said("page.title-data", old=old)
    return said("page.title", new=new, old=old)


def _ruleset(side: Side) -> Said:
    title = side.plan.title or side.plan.name
    if side.plan.version is None:
        return said("page.ruleset", title=title)
    return said("page.ruleset-version", title=title, version=side.plan.version)


def signed(value: Exact, language: str) -> str:
    """Write a movement with its sign.

    >>> signed(Exact(5, 2), "en"), signed(Exact(-1), "en"), signed(Exact(0), "en")
    ('+2.5', '−1', '0')
    """
    return f"+{number(value, language)}" if value > 0 else number(value, language)


def counts(comparison: Comparison) -> tuple[Said, ...]:
    """Say how many moved, and how many are not attributed."""
    both = [each for each in comparison.entities if each.movement is not None]
    moved = [moved_of(each) for each in both]
    found = [
        said(
            "page.counted",
            all=str(len(both)),
            down=str(sum(each < 0 for each in moved)),
            grades=str(sum(each.grade_moved for each in both)),
            moved=str(sum(each.sort == "moved" for each in both)),
            up=str(sum(each > 0 for each in moved)),
        )
    ]
    for sort, key in (("open", "open"), ("refused", "refused"), ("only-old", "old"), ("only-new", "new")):
        count = sum(each.sort == sort for each in comparison.entities)
        if count:
            found.append(said(f"page.counted-{key}", count=str(count)))
    return tuple(found)


def graded(entity: EntityCompared, movement: Movement, language: str) -> str:
    """Say from which grade to which an entity moved."""
    return words_of(language).text(
        "page.grade-moved",
        {
            "entity": entity.entity,
            "old": movement.old.grade or "",
            "new": movement.new.grade or "",
            "before": shown(movement.old.total, language),
            "after": shown(movement.new.total, language),
            "moved": signed(moved_of(entity), language),
        },
    )


def brief(comparison: Comparison, part: Part, language: str) -> str:
    """Name a part with what it moved."""
    titles = tuple(tell(each, language) for each in part_title(comparison, part))
    return words_of(language).text("page.brief", {"item": titles, "moved": signed(part.moved, language)})


def step(comparison: Comparison, part: Part, language: str) -> str:
    """Say what one part moved."""
    titles = tuple(tell(each, language) for each in part_title(comparison, part))
    words = words_of(language)
    item = titles[0] if len(titles) == 1 else words.text("item.together", {"items": titles})
    args = {"item": item, "moved": signed(part.moved, language)}
    if part.grade_before == part.grade:
        return words.text("page.step", args)
    key = "page.grade-step" if part.moved else "page.grade-only"
    return words.text(key, {**args, "old": part.grade_before or "—", "new": part.grade or "—"})


def decided(comparison: Comparison, movement: Movement, language: str) -> str:
    """Say which changes alone decide the grade."""
    words, decisive = words_of(language), movement.decisive
    names = tuple(tell(title_of(comparison, item), language) for item in decisive)
    if len(decisive) == 1:
        grade = next(each.grade for each in movement.without if each.item == decisive[0])
        return words.text("page.decisive-one", {"items": names, "grade": grade or ""})
    return words.text("page.decisive-many", {"items": names}) if names else words.text("page.decisive-none")


def not_attributed(entity: EntityCompared) -> Argument:
    """Say of an entity that is not final in both what it had and has."""
    sort = entity.sort
    args: dict[str, Argument] = {"entity": entity.entity, "old": outcome(entity.old), "new": outcome(entity.new)}
    if sort in ("only-old", "only-new", "refused"):
        return said(f"page.{sort}", **args)
    within = entity.moved_within
    if within is None:
        return said("page.open-unknown", **args)
    return said("page.open", within=Range(within), **args)


def follows(entity: EntityCompared, language: str) -> tuple[str, ...]:
    """Say which decisions, alerts and flags of both are other than they were."""
    if entity.old is None or entity.new is None:
        return ()
    old, new, words = entity.old.follows, entity.new.follows, words_of(language)
    both = [name for name in new if name in old and old[name] != new[name]]
    return tuple(
        words.text(
            "page.follow", {"name": name, "old": _answer(old[name], language), "new": _answer(new[name], language)}
        )
        for name in both
    )


def _answer(value: bool | str | None, language: str) -> str:
    """Write whether a decision is taken, or a light."""
    if value is None:
        return "—"
    return tell(Term(value if isinstance(value, str) else "yes" if value else "no"), language)


def mostly(movement: Movement) -> Part | None:
    """Return the part that moved most in the direction of the whole; None where nothing did."""
    moved = movement.moved or Exact(0)
    towards = [part for part in movement.parts if part.moved * moved > 0 or (moved == 0 and part.moved)]
    return max(towards, key=lambda part: abs(part.moved), default=None)


def shown(value: Exact | None, language: str) -> str:
    return "—" if value is None else number(value, language)

"""What a compilation asked places for, and what they answered, even if nothing; and asking all of it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from attrs import field, frozen

from perfrules.compose.search import Place, Search, no_places, search_in


@frozen(kw_only=True)
class Places:
    """Where the files of a ruleset are looked for: beside it, in *others*, in packages that are *installed*.

    *again*: beside it is what an earlier search kept, by key.
    """

    home: Place
    others: tuple[Place, ...] = ()
    installed: Callable[[], Iterable[Place]] = no_places
    again: bool = False


@frozen
class Lookup:
    """The place with this number was asked for a path; the SHA-256 of what it gave, None where it had nothing."""

    place: int
    path: str
    digest: str | None


@frozen(kw_only=True)
class Lookups:
    """All that was asked for, in order. *offers* are the labels of installed packages, None where nobody looked."""

    asked: tuple[Lookup, ...]
    offers: tuple[str, ...] | None


@frozen
class Recorder:
    """Places that note what they are asked for. What was *read* once is not read again."""

    places: Places
    read: dict[tuple[int, str], bytes | None] = field(factory=dict)
    _asked: dict[tuple[int, str], str | None] = field(factory=dict)
    _offers: list[tuple[str, ...]] = field(factory=list)
    _listed: list[int] = field(factory=list)

    def search(self) -> Search:
        """Return a search in these places."""
        home = self._watched(0, self.places.home)
        if self.places.again:
            return search_in(home)
        others = [self._watched(number, each) for number, each in enumerate(self.places.others, start=1)]
        return Search(home, others, installed=self._installed)

    @property
    def can_be_asked_again(self) -> bool:
        """Tell whether the lookups are all that was asked: nobody wanted to know everything that a place has."""
        return not self._listed

    @property
    def lookups(self) -> Lookups:
        """All that was asked for until now."""
        asked = tuple(Lookup(place, path, digest) for (place, path), digest in self._asked.items())
        return Lookups(asked=asked, offers=self._offers[0] if self._offers else None)

    def _installed(self) -> Iterator[Place]:
        found = tuple(self.places.installed())
        self._offers.append(tuple(place.label for place in found))
        for number, place in enumerate(found, start=1 + len(self.places.others)):
            yield self._watched(number, place)

    def _watched(self, number: int, place: Place) -> Place:
        def read(path: str) -> bytes | None:
            asked = (number, path)
            if asked not in self.read:
                self.read[asked] = place.read(path)
            content = self.read[asked]
            if asked not in self._asked:
                self._asked[asked] = None if content is None else sha256(content).hexdigest()
            return content

        def listed() -> Iterable[str]:
            self._listed.append(number)
            return place.listed()

        return Place(read, place.label, listed)


def answers(known: Lookups, places: Places, read: dict[tuple[int, str], bytes | None]) -> Mapping[str, bytes] | None:
    """Ask again; return the contents by their SHA-256, None where an answer is another. What is read goes to *read*."""
    everywhere = _everywhere(known, places)
    if everywhere is None:
        return None
    found: dict[str, bytes] = {}
    for each in known.asked:
        if each.place >= len(everywhere):
            return None
        content = read[each.place, each.path] = everywhere[each.place].read(each.path)
        digest = None if content is None else sha256(content).hexdigest()
        if digest != each.digest:
            return None
        if content is not None and digest is not None:
            found[digest] = content
    return found


def _everywhere(known: Lookups, places: Places) -> Sequence[Place] | None:
    if known.offers is None:
        return (places.home, *places.others)
    installed = tuple(places.installed())
    if tuple(place.label for place in installed) != known.offers:
        return None
    return (places.home, *places.others, *installed)

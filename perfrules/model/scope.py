"""What names mean at one place: looked up from the inside out, and suggested only where they would be valid."""

from __future__ import annotations

from attrs import evolve, frozen

from perfrules.lang.names import suggest
from perfrules.model.names import Names
from perfrules.model.symbols import (
    FieldVariable,
    IndicatorSymbol,
    LetSymbol,
    OutputSymbol,
    PlainSymbol,
    TableSymbol,
)


@frozen(kw_only=True)
class Ambiguous:
    """A code that several indicators have; *paths* are their full codes."""

    paths: tuple[str, ...]


@frozen
class Scope:
    """The place inside the indicator *owner* (empty: the ruleset), with its record variables, the innermost last.

    *in_test*: outputs can be named as well, and a bare number beside what has a declared unit is one of that unit.
    """

    names: Names
    owner: str = ""
    variables: tuple[FieldVariable, ...] = ()
    in_test: bool = False

    def inside(self, path: str) -> Scope:
        """Return the scope of the indicator *path*; record variables do not reach into it."""
        return Scope(self.names, path, (), self.in_test)

    def with_variable(self, variable: FieldVariable) -> Scope:
        """Return the scope with one more record variable."""
        return evolve(self, variables=(*self.variables, variable))

    def indicator_here(self) -> IndicatorSymbol | None:
        """Return the indicator this place is inside of; None in the ruleset itself."""
        return self.names.indicators.get(self.owner)

    def find(self, name: str) -> FieldVariable | LetSymbol | PlainSymbol | OutputSymbol | None:
        """Return what a single name other than an indicator's code stands for."""
        for variable in reversed(self.variables):
            if variable.name == name:
                return variable
        for owner in self.names.chain(self.owner) if self.names.lets else ():
            found = self.names.lets.get(owner, {}).get(name)
            if found is not None:
                return found
        plain = self.names.plain.get(name)
        if plain is None and self.in_test:
            return self.names.outputs.get(name)
        return plain

    def names_value(self, name: str) -> bool:
        """Tell whether a single name, other than an indicator's code, stands for a value."""
        return self.find(name) is not None or name in self.names.alerts

    def find_indicator(self, code: str) -> IndicatorSymbol | Ambiguous | None:
        """Return the indicator with this code: a child of a block around this place, else the end of one full code."""
        for owner in self.names.chain(self.owner):
            found = self.names.child(owner, code)
            if found is not None:
                return found
        paths = self.names.by_suffix.get(code, ())
        if len(paths) > 1:
            return Ambiguous(paths=paths)
        return self.names.indicators[paths[0]] if paths else None

    def find_table(self, name: str) -> TableSymbol | None:
        """Return the table of that name."""
        found = self.names.plain.get(name)
        return found if isinstance(found, TableSymbol) else None

    def suggest_values(self, name: str) -> tuple[str, ...]:
        """Return names near *name* that could stand where a value is expected."""
        here = [variable.name for variable in self.variables]
        here += [let for owner in self.names.chain(self.owner) for let in self.names.lets.get(owner, {})]
        here += [plain for plain, symbol in self.names.plain.items() if not isinstance(symbol, TableSymbol)]
        here += [*self.names.alerts, *(self.names.outputs if self.in_test else ())]
        return tuple(suggest(name, [*here, *self._codes(name)]))

    def suggest_indicators(self, code: str) -> tuple[str, ...]:
        """Return codes near *code*."""
        return tuple(suggest(code, self._codes(code)))

    def suggest_tables(self, name: str) -> tuple[str, ...]:
        """Return tables with a name near *name*."""
        return tuple(
            suggest(name, [each for each, symbol in self.names.plain.items() if isinstance(symbol, TableSymbol)])
        )

    def _codes(self, near: str) -> list[str]:
        """List the codes that could be meant: only those of a like length, since a ruleset may have thousands."""
        slack = max(1, len(near) // 3)
        unique = (code for code, paths in self.names.by_suffix.items() if len(paths) == 1)
        return [code for code in unique if abs(len(code) - len(near)) <= slack]

"""States join by precedence; conditions are three-valued."""

from itertools import permutations, product

import pytest

from perfrules.lang.states import State, join
from perfrules.lang.truth import Truth, and_, not_, or_

M, X, P, R = State.MISSING, State.EXCLUDED, State.PENDING, State.REFUSED


@pytest.mark.parametrize(("weaker", "stronger"), [(P, X), (X, M), (M, R), (P, R), (P, M), (X, R)])
def test_the_stronger_state_wins_in_either_order(weaker: State, stronger: State) -> None:
    assert join(weaker, stronger) == join(stronger, weaker) == stronger


@pytest.mark.parametrize(
    ("operands", "both", "either"),
    [
        ((True, True), True, True),
        ((True, False), False, True),
        ((False, False), False, False),
        ((True, M), M, True),
        ((False, M), False, M),
        ((P, M), M, M),
        ((X, P), X, X),
        ((), True, False),
        ((P, False, R), False, R),
    ],
)
def test_kleene_tables(operands: tuple[Truth, ...], both: Truth, either: Truth) -> None:
    for ordered in permutations(operands):
        assert and_(*ordered) is both
        assert or_(*ordered) is either


def test_de_morgan() -> None:
    for a, b in product((True, False, M, X, P, R), repeat=2):
        assert not_(and_(a, b)) is or_(not_(a), not_(b))

"""The comparison is worth something: it finds every mistake planted in the generator."""

import pytest

from tests.differential.mutants import MUTANTS, Mutant, pairs_to_kill


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_planted_mistake_is_found(mutant: Mutant) -> None:
    assert pairs_to_kill(mutant, 8_000, seed=11) is not None

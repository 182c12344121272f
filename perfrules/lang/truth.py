"""Three-valued logic (Kleene): a condition is true, false, or not known for the reason its state tells.

A known operand decides where it can: false and anything is false, true or anything is true. Otherwise the result is
the join of the states. Operands may be evaluated in any order.
"""

from typing import TypeAlias

from perfrules.lang.states import State, join

Truth: TypeAlias = bool | State


def and_(*operands: Truth) -> Truth:
    """Return whether all hold; true for no operands.

    >>> and_(True, State.MISSING), and_(False, State.MISSING)
    (<State.MISSING: 'missing'>, False)
    """
    if any(operand is False for operand in operands):
        return False
    unknown = [operand for operand in operands if isinstance(operand, State)]
    return join(*unknown) if unknown else True


def or_(*operands: Truth) -> Truth:
    """Return whether any holds; false for no operands.

    >>> or_(False, State.PENDING), or_(True, State.PENDING)
    (<State.PENDING: 'pending'>, True)
    """
    return not_(and_(*(not_(operand) for operand in operands)))


def not_(operand: Truth) -> Truth:
    """Return the opposite; what is not known stays so.

    >>> not_(True), not_(State.EXCLUDED)
    (False, <State.EXCLUDED: 'excluded'>)
    """
    return operand if isinstance(operand, State) else not operand

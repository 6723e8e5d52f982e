"""Rounding, as `rules_dsl.arithmetic` rounds: a half away from zero."""

from fractions import Fraction
from typing import Literal

from rules_dsl.prover.logic import (
    Term,
    at_most,
    chosen,
    divided,
    floored,
    is_plain,
    minus,
    plus,
    times,
)
from rules_dsl.prover.world import NotEncoded

Way = Literal["half_up", "up", "down"]
WAYS: dict[str, Way] = {"rounded": "half_up", "rounded_up": "up", "rounded_down": "down"}
HALF = Fraction(1, 2)


def to_a_multiple(value: Term, unit: Term, way: Way) -> Term:
    """The value as a multiple of the unit, which is written and above zero."""
    if not is_plain(unit) or unit <= 0:
        raise NotEncoded("rules.reason.not_linear")
    units = divided(value, unit)
    return times(_whole(units, way), unit)


def _whole(units: Term, way: Way) -> Term:
    match way:
        case "up":
            return minus(0, floored(minus(0, units)))
        case "down":
            return floored(units)
    away_from_below = minus(0, floored(plus(minus(0, units), HALF)))
    return chosen(at_most(0, units), floored(plus(units, HALF)), away_from_below)

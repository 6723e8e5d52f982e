"""Local settings: what a province or unit decided for a procedure's parameters, and what reception pins of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from rules_dsl.evaluation import ParameterValue

Settings = Mapping[str, tuple[ParameterValue, ...]]


def ids_of(settings: Settings) -> tuple[int, ...]:
    """The rows that the settings were read from, ascending; each value bears the id of its row as version."""
    return tuple(sorted({value.version for values in settings.values() for value in values}))


def kept(pinned: Settings, present: Settings, received_on: date) -> tuple[int, ...]:
    """The ids that a received dossier lives under: those pinned, and of today's what was missing then.

    What was decided on the day of reception stays, whatever is decided later. Where nothing was decided for
    a parameter that day, a later decision fills the gap: a dossier never waits for good.
    """
    missing = (
        value.version
        for name, values in present.items()
        for value in values
        if not _was_decided(pinned.get(name, ()), value.keys, received_on)
    )
    return tuple(sorted({*ids_of(pinned), *missing}))


def _was_decided(pinned: Sequence[ParameterValue], keys: Sequence[str], on: date) -> bool:
    """Whether a pinned value in force that day answers these keys ("*" answers any)."""
    return any(value.in_force(on) and _covers(value.keys, keys) for value in pinned)


def _covers(general: Sequence[str], keys: Sequence[str]) -> bool:
    return all(mine in ("*", key) for mine, key in zip(general, keys, strict=False))

"""Code of masks: which rows of a batch something holds for. ALL and NONE need no code."""

ALL, NONE = "ALL", "NONE"


def both(one: str, other: str) -> str:
    if NONE in (one, other):
        return NONE
    if one == ALL:
        return other
    return one if other in (ALL, one) else f"({one} & {other})"


def either(*masks: str) -> str:
    some = list(dict.fromkeys(mask for mask in masks if mask != NONE))
    if ALL in some:
        return ALL
    return f"({' | '.join(some)})" if len(some) > 1 else (some or [NONE])[0]


def opposite(mask: str) -> str:
    if mask in (ALL, NONE):
        return NONE if mask == ALL else ALL
    return mask[1:] if mask.startswith("~") and mask[1:].isidentifier() else f"~{mask}"


def without(one: str, other: str) -> str:
    return both(one, opposite(other))

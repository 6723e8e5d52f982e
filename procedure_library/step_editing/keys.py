"""Keys of steps and transitions, given as the canvas gives them: "task_1" until a step is named, then, for ever, what
the name says. static/src/canvas/keys.js spells them alike.
"""

import re
from collections.abc import Container
from itertools import count
from typing import get_args

from common.text import folded
from procedure_library.bpmn import Steps
from procedure_library.definition import StepKind, Transition

# Two of them and "_to_" between stay within the 80 letters of a key.
LONGEST = 36
UNNAMED = re.compile(rf"({'|'.join(get_args(StepKind))})_\d+")


def key_from(name: str) -> str:
    """What the name says: "Thẩm tra hồ sơ" → tham_tra_ho_so; "" when it has no letter."""
    words = re.sub(r"[^a-z0-9]+", "_", folded(name))
    key = re.sub(r"^[^a-z]+|_+$", "", words)
    return key if len(key) <= LONGEST else re.sub(r"_[^_]*$", "", key[: LONGEST + 1])[:LONGEST]


def free(stem: str, taken: Container[str]) -> str:
    if stem not in taken:
        return stem
    return next(key for number in count(2) if (key := f"{stem}_{number}") not in taken)


def numbered(stem: str, taken: Container[str]) -> str:
    return next(key for number in count(1) if (key := f"{stem}_{number}") not in taken)


def keys_in(steps: Steps) -> set[str]:
    """Those of steps and transitions: one drawing has them as ids."""
    return {step.key for step in steps.steps} | {way.key for way in steps.transitions}


def ends_of(way: Transition) -> str:
    """What a transition is called that nobody has called anything: "a_to_b", "a_overdue_to_b"."""
    source = f"{way.source}_{way.on}" if way.on else way.source
    return f"{source}_to_{way.target}"

"""One answer of several that may be picked."""

from dataclasses import dataclass

from common.text import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is what is stored, `label` what is read."""

    value: str
    label: Text

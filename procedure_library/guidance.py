"""What a step says to people besides its name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from common.text import UNSAID, Text


@dataclass(frozen=True, slots=True)
class Duty:
    """Whose the step is by law: the article as printed ("Điều 17 Nghị định 118/2025/NĐ-CP"), and who answers for it
    in its words ("công chức một cửa"). Either may be missing while somebody writes."""

    basis: str = ""
    who: Text = UNSAID


Occasion = Literal["entered", "overdue"]
Addressee = Literal["applicant", "leaders", "unit"]
# What the text of a notice may read, between braces: nothing of the answers.
PLACEHOLDERS = ("name", "code", "procedure", "step", "unit", "due", "appointment", "address")
_BRACED = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class StepNotice:
    """Who is told by e-mail when the step is entered or overdue, and what; at most one for each of both."""

    when: Occasion
    to: Addressee
    text: Text


def placeholders_in(text: str) -> tuple[str, ...]:
    """What stands between braces."""
    return tuple(_BRACED.findall(text))


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with each placeholder's value; what is none stays as it was written."""
    return _BRACED.sub(lambda found: facts.get(found[1], found[0]), text)

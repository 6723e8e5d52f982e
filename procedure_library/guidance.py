"""What a step says to people besides its name."""

from dataclasses import dataclass

from common.text import UNSAID, Text


@dataclass(frozen=True, slots=True)
class Duty:
    """Whose the step is by law: the article as printed ("Điều 17 Nghị định 118/2025/NĐ-CP"), and who answers for it
    in its words ("công chức một cửa"). Either may be missing while somebody writes."""

    basis: str = ""
    who: Text = UNSAID

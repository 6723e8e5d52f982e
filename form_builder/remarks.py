"""What a page says between its questions: headings, notes, and values worked out from the answers.

They stand in `x-motcua-pages[].fields` as objects among the keys of questions. None of them is an answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from common.text import Text

HEADING, NOTE, COMPUTED = "heading", "note", "computed"
REMARKS = (HEADING, NOTE, COMPUTED)
NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Remark:
    """`text` is that of a heading or note; `rule` names the rule whose value is shown."""

    kind: str
    text: Text = NOTHING
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """The value of a rule in the language of the page. `text` "": not known yet, for want of `missing`: titles of
    questions, or where no answer would help a sentence in `reason`; with neither, it is worked out later."""

    title: str
    text: str = ""
    missing: tuple[str, ...] = ()
    reason: str = ""


def remark_of(item: Any) -> Remark | None:
    """The remark an item of a page is; None: it is no remark, or none that can be read."""
    if not isinstance(item, Mapping) or len(item) != 1:
        return None
    kind, said = next(iter(item.items()))
    if kind == COMPUTED:
        return Remark(COMPUTED, rule=str(said))
    return Remark(kind, Text.from_json(said)) if kind in REMARKS else None


def as_item(remark: Remark) -> dict[str, Any]:
    """The remark as a page has it."""
    return {remark.kind: remark.rule if remark.kind == COMPUTED else remark.text.to_json()}


def keys_in(items: Iterable[Any]) -> list[str]:
    """The keys of the questions among the items of a page."""
    return [item for item in items if isinstance(item, str)]

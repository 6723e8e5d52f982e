"""Papers of the demo: what the rules ask for, handed in as a scan or counted at the counter."""

from datetime import datetime
from functools import cache
from io import BytesIO

from common.identity.actor import Actor
from common.typesetting.typeset import typeset
from rules_dsl.evaluation import ComponentNeed, Evaluation
from runtime import applications
from runtime.demo.setting import Setting
from runtime.engine.event import Paper
from runtime.models.applications import Application
from runtime.quotes import Quote

LARGEST = 10 * 1024 * 1024
SCAN = """#set document(title: "Bản quét")
#set page(paper: "a5")
#set text(font: "Libertinus Serif", lang: "vi")
= Bản quét giấy tờ (dữ liệu trình diễn)
"""


def hand_in_what_is_needed(
    setting: Setting, application: Application, quoted: Quote, *, by: Actor, at: datetime
) -> None:
    """A scan for each needed component; of alternatives the first."""
    for need in _needed(quoted):
        applications.attach(
            setting.session,
            application,
            component=need.rule,
            name="Bản quét.pdf",
            source=BytesIO(_scan()),
            limit=LARGEST,
            by=by,
            at=at,
        )


def on_paper(quoted: Quote) -> tuple[Paper, ...]:
    """The needed components as counted at the counter."""
    return tuple(
        Paper(need.rule, need.value.originals, need.value.certified, need.value.photocopies)
        for need in _needed(quoted)
        if isinstance(need.value, ComponentNeed)
    )


def _needed(quoted: Quote) -> list[Evaluation]:
    needed = [n for n in quoted.components if isinstance(n.value, ComponentNeed) and n.value.needed]
    first_of_group = {n.value.alternative_of or n.rule: n for n in reversed(needed)}  # type: ignore[union-attr]
    return [n for n in needed if n in first_of_group.values()]


@cache
def _scan() -> bytes:
    return typeset(SCAN, {"timestamp": 0})

"""Amount and date as they would be if the application were received now, with their reasons, for a page."""

from typing import Any

from common.problems import Refusal
from common.web import now, session
from rules_dsl.terms import Deadline
from runtime.models.applications import Application
from runtime.quotes import quote
from runtime.views.found import compiled_of
from runtime.views.reasons import day_by_day, reasoned


def quote_told(here: Application) -> dict[str, Any]:
    """`quote` None: too little has been said to work anything out."""
    quoted, compiled = quote(session(), here, now()), compiled_of(here)
    if isinstance(quoted, Refusal):
        return {"quote": None, "amounts": (), "deadline": None, "term": None, "days": ()}
    deadline = quoted.deadline if isinstance(quoted.deadline, Deadline) else None
    return {
        "quote": quoted,
        "amounts": [reasoned(compiled, each) for each in quoted.amounts],
        "deadline": deadline,
        "term": reasoned(compiled, quoted.term) if quoted.term else None,
        "days": day_by_day(deadline) if deadline else (),
    }

"""Amount and date as they would be if the application were received now, with their reasons, for a page."""

from typing import Any

from common.problems import Refusal
from common.web import now, session
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Deadline
from runtime.judging import judged_as_filed
from runtime.models.applications import Application
from runtime.quotes import Quote, quote
from runtime.views.found import compiled_of
from runtime.views.reasons import day_by_day, reasoned


def quote_of(here: Application) -> Quote | None:
    """The quote; None until the form is filled in rightly, because half answers promise nothing."""
    said = judged_as_filed(compiled_of(here), here.case_type, here.answers)
    quoted = None if isinstance(said, tuple) else quote(session(), here, now())
    return None if isinstance(quoted, Refusal) else quoted


def components_of_quote(quoted: Quote | None) -> tuple[Evaluation, ...]:
    return quoted.components if quoted else ()


def quote_told(here: Application) -> dict[str, Any]:
    """What templates/dossier/amounts.html shows of the quote."""
    quoted, compiled = quote_of(here), compiled_of(here)
    if quoted is None:
        return {"quote": None, "amounts": (), "deadline": None, "term": None, "days": ()}
    deadline = quoted.deadline if isinstance(quoted.deadline, Deadline) else None
    return {
        "quote": quoted,
        "amounts": [reasoned(compiled, here.case_type, each) for each in quoted.amounts],
        "deadline": deadline,
        "term": reasoned(compiled, here.case_type, quoted.term) if quoted.term else None,
        "days": day_by_day(deadline) if deadline else (),
    }

"""Amount and date as they would be if the application were received now, with their reasons, for a page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from common.problems import Refusal
from common.web import now, session
from form_builder.answers import without
from form_builder.judge import judge
from form_builder.moments import answers_at
from form_builder.visibility import prune
from rules_dsl.evaluation import Evaluation
from rules_dsl.terms import Deadline
from runtime.answering import judged_as_filed
from runtime.models.applications import Application
from runtime.quotes import Quote, quote, quoted
from runtime.views.found import compiled_of
from runtime.views.reasons import day_by_day, reasoned
from runtime.worlds import context_of_filing


def quote_of(here: Application) -> Quote | None:
    """The quote; None until the form is filled in rightly, because half answers promise nothing."""
    said = judged_as_filed(compiled_of(here), here.case_type, here.answers)
    found = None if isinstance(said, tuple) else quote(session(), here, now())
    return None if isinstance(found, Refusal) else found


def components_of_quote(quote: Quote | None) -> tuple[Evaluation, ...]:
    return quote.components if quote else ()


def quote_told(here: Application) -> dict[str, Any]:
    """What templates/dossier/amounts.html shows of the quote."""
    return _told(here, quote_of(here))


def quote_so_far(here: Application, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same by what was said so far, right or not: what is wrong says nothing, what is missing leaves unknown
    what hangs on it."""
    form = compiled_of(here).form_at("filing", here.case_type)
    asked = prune(form, answers_at(form.schema, answers))
    sound = without(asked, [problem.where for problem in judge(form, asked)])
    context = context_of_filing(session(), here, here.version_id, now(), sound)
    found = quoted(context, now())
    return _told(here, None if isinstance(found, Refusal) else found)


def _told(here: Application, quote: Quote | None) -> dict[str, Any]:
    if quote is None:
        return {"quote": None, "amounts": (), "deadline": None, "term": None, "days": ()}
    compiled = compiled_of(here)
    if here.corrects_id:
        # What the office puts right costs nothing.
        quote = replace(quote, amounts=(), totals=())
    deadline = quote.deadline if isinstance(quote.deadline, Deadline) else None
    return {
        "quote": quote,
        "amounts": [reasoned(compiled, here.case_type, each) for each in quote.amounts],
        "deadline": deadline,
        "term": reasoned(compiled, here.case_type, quote.term) if quote.term else None,
        "days": day_by_day(deadline) if deadline else (),
    }

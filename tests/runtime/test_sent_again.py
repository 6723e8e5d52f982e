"""The same form sent again is one act: a double click, an answer that was lost, a browser that went back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from common.problems import Refusal
from runtime import tasks
from runtime.models.dossiers import DossierEvent
from runtime.replay import replay, verify
from tests.runtime.machine.verbs import VERBS, Asking, Choice
from tests.runtime.plans.plan import listening
from tests.runtime.small import MONDAY
from tests.runtime.standing import STANDS, latest_task, person, sure
from tests.runtime.tables import rows_of
from tests.runtime.test_term_acts import ONCE, extendable
from tests.runtime.town import Town, publish_small

LATER = MONDAY + timedelta(minutes=5)
FORM = "-page-0123456789.as-it-was"


@pytest.mark.parametrize("row", rows_of("sent_again.csv"), ids=lambda row: f"{row['verb']}-{row['stands']}")
def test_what_was_sent_is_answered_as_the_table_says(town: Town, row: dict[str, str]) -> None:
    rules = extendable(ONCE).rules
    publish_small(town.session, MONDAY - timedelta(days=3), MONDAY.date(), rules=rules)
    dossier = STANDS[row["stands"]](town)
    choice = Choice(pick=int(row["pick"] or 0), way=int(row["way"] or 0))
    who, once = person(town, row["by"]), f"{dossier.events}{FORM}"
    form = Asking(town.session, dossier, who, MONDAY, choice, once, number=latest_task(dossier))
    verb = VERBS[row["verb"]]
    first = sure(verb(form))
    events = dossier.events
    told = {
        "again": verb(replace(form, at=LATER)),
        "edited": verb(replace(form, at=LATER, once=form.once.replace("as-it-was", "otherwise"))),
        "another page": verb(replace(form, at=LATER, once=form.once.replace("page", "other"))),
    }
    assert _same(told.pop("again"), first)
    assert {name: _code(answer) for name, answer in told.items()} == {name: row[name] for name in told}
    assert (dossier.events, len(town.all(DossierEvent, dossier_id=dossier.id))) == (events, events)
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def _same(one: Any, other: Any) -> bool:
    return bool(type(one) is type(other) and one.id == other.id)


def _code(answer: Any) -> str:
    if not isinstance(answer, Refusal):
        return "done"
    named = "" if {"who", "at"} <= set(answer.parameters) else " (nobody named)"
    return answer.code + named


@pytest.mark.parametrize("verb", ["withdraw", "stop", "suspend"])
def test_work_that_others_made_impossible_meanwhile_names_them(town: Town, verb: str) -> None:
    dossier = STANDS["received"](town)
    who = {"withdraw": "applicant", "stop": "leader", "suspend": "leader"}[verb]
    form = Asking(town.session, dossier, person(town, who), MONDAY, Choice(), number=latest_task(dossier))
    late = replace(form, by=person(town, "case officer"), at=LATER, once=f"{dossier.events}{FORM}")
    sure(VERBS[verb](form))
    refused = VERBS["complete"](late)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.parameters["who"]) == ("dossiers.meanwhile", form.by.name)
    # A form without a key is told what it always was.
    assert VERBS["complete"](replace(late, once="")).code in ("dossiers.task_cancelled", "dossiers.suspended")


def test_a_mark_costs_no_statement_while_nothing_has_happened_since_its_page(town: Town) -> None:
    by = town.official("case_officer")

    def statements(once: str) -> int:
        dossier = town.received()
        task = town.task(dossier)
        with listening(town.session) as sent:
            sure(tasks.claim(town.session, task, once=once, by=by, at=MONDAY))
        return len(sent.orm) + len(sent.driver)

    assert statements("") == statements("2-page-0123456789.typed")
    assert statements("1-page-0123456789.typed") == statements("") + 1

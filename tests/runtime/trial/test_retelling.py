"""A real dossier told anew: the same course, and nothing in it that tells who it was."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from common.audit import AuditRow
from common.problems import Refusal
from config import Settings
from form_builder.form import Field
from form_builder.strangers import KEPT
from procedure_library.canonical import canonical
from procedure_library.compiled import compiled
from procedure_library.definition import Definition
from procedure_library.ready_made import national_calendar
from procedure_library.structure import plain
from runtime.trial.player import play
from runtime.trial.retelling import REASON, retell
from tests.runtime.town import Town
from tests.runtime.trial.really import Desk
from tests.runtime.trial.test_same_as_really import KINDS
from tests.runtime.trial.wandering import Wanderer, begins_at, supposed

# Words of the form itself are nobody's.
SHORTEST = 4


def worked_on(town: Town, settings: Settings, definition: Definition, kind: str, seed: int) -> Desk:
    """A dossier of the town hall with some acts by chance."""
    at = begins_at(definition, kind)
    given = supposed(definition, kind, "counter", national_calendar().calendar)
    wanderer = Wanderer(definition, given, at, Random(seed))
    wanderer.file()
    for _ in range(11):
        wanderer.step()
    desk = Desk(town, settings, definition.key, given)
    for act in wanderer.acts:
        desk.do(act, wanderer.papers)
    return desk


def words_in(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> Iterator[str]:
    """Every answer that a person typed, or that tells of one."""
    for field in fields:
        answer = answers.get(field.key)
        if field.kind == "group" and isinstance(answer, Mapping):
            yield from words_in(field.fields, answer)
        elif field.kind == "rows" and isinstance(answer, list):
            for row in answer:
                yield from words_in(field.fields, row)
        elif field.kind == "address" and isinstance(answer, Mapping):
            yield str(answer.get("line", ""))
        elif field.kind not in KEPT and isinstance(answer, str):
            yield answer


@pytest.mark.parametrize(("definition", "kind"), KINDS, ids=lambda each: getattr(each, "key", each))
@pytest.mark.parametrize("seed", [3, 4])
def test_no_word_of_the_dossier_is_in_the_course(
    town: Town, settings: Settings, definition: Definition, kind: str, seed: int
) -> None:
    desk = worked_on(town, settings, definition, kind, seed)
    assert desk.dossier is not None
    by, at = town.official("reception"), datetime.fromisoformat(desk.said[-1].at)
    told = retell(town.session, desk.dossier.filing_number, by=by, at=at, draft="1")
    assert not isinstance(told, Refusal), told
    spelled = canonical(plain(told.acts)).casefold()
    form = compiled(definition).whole_form
    typed = {word for act in desk.said for word in words_in(form.fields, act.answers)}
    assert typed
    assert [word for word in typed if len(word) >= SHORTEST and f'"{word.casefold()}"' in spelled] == []
    assert all(act.reason in ("", REASON) for act in told.acts)


@pytest.mark.parametrize(("definition", "kind"), KINDS[:3], ids=lambda each: getattr(each, "key", each))
def test_the_course_ends_as_the_dossier_did(
    town: Town, settings: Settings, definition: Definition, kind: str
) -> None:
    desk = worked_on(town, settings, definition, kind, 5)
    assert desk.dossier is not None
    told = retell(
        town.session,
        desk.dossier.filing_number,
        by=town.official("reception"),
        at=datetime.fromisoformat(desk.said[-1].at),
        draft="1",
    )
    assert not isinstance(told, Refusal), told
    played = play(compiled(definition), told.supposed, told.acts, at=datetime.fromisoformat(told.acts[0].at))
    assert played.halted is None
    assert (played.standing.status, played.standing.due_at) == (
        desk.state.status,
        desk.state.due.at if desk.state.due else None,
    )


def test_who_may_not_see_it_is_told_there_is_none(town: Town) -> None:
    dossier = town.received()
    stranger, at = town.official("reception", "hoa_binh"), dossier.submitted_at
    answered = retell(town.session, dossier.filing_number, by=stranger, at=at, draft="1")
    assert answered == Refusal("trials.no_such_dossier", {"code": dossier.filing_number})


def test_that_it_was_read_stands_in_the_audit(town: Town) -> None:
    dossier = town.received()
    by = town.official("reception")
    assert not isinstance(
        retell(town.session, dossier.code or "", by=by, at=dossier.submitted_at, draft="7"), Refusal
    )
    town.session.flush()
    row = town.session.scalars(select(AuditRow).where(AuditRow.act == "dossier.retold")).one()
    assert (row.account_id, row.subject_key, row.details) == (
        by.account_id,
        dossier.filing_number,
        {"draft": "7"},
    )

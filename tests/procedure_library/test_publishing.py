"""Versions and publications on a real database: inserted, never changed, found by day and by words."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from common.audit import AuditRow
from common.clock import ZONE
from common.db import Database
from common.identity.actor import machine
from common.problems import Finding
from common.text import Text
from procedure_library import queries
from procedure_library.codec import digest
from procedure_library.definition import Definition
from procedure_library.loading import load_calendar, load_library
from procedure_library.models import DefinitionRow, Publication, Version
from procedure_library.publishing import Basis, publish, store
from procedure_library.ready_made import packages
from tests.procedure_library.samples import STEPS, definition

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
TODAY = date(2026, 3, 2)
BASIS = Basis("512/QĐ-UBND", date(2026, 2, 27))


def published(session: Session, procedure: Definition, on: date = TODAY, at: datetime = AT) -> Version:
    load_calendar(session, at=at)
    version = publish(session, procedure, by=machine("test"), at=at, basis=BASIS, effective_from=on)
    assert isinstance(version, Version), version
    return version


def named(vi: str, **changes: object) -> Definition:
    key = f"p{abs(hash(vi)) % 10**9}"
    return definition(key=key, name=Text(vi, f"{vi} (en)"), **changes)


def test_publishing_numbers_versions_and_records_the_act(session: Session) -> None:
    first = published(session, definition())
    second = published(session, definition(announced_by="99/QĐ-BTP"))
    assert (first.number, second.number) == (1, 2)
    act = second.publication
    assert (act.published_by, act.basis_number, act.basis_signed_on) == (
        "test",
        BASIS.number,
        BASIS.signed_on,
    )
    assert second.digest == digest(definition(announced_by="99/QĐ-BTP"))
    acts = session.scalars(select(AuditRow).where(AuditRow.act == "procedure.published")).all()
    assert [row.details["version"] for row in acts] == [1, 2]


def test_a_definition_with_errors_is_not_published(session: Session) -> None:
    findings = publish(
        session,
        definition(legal_basis=()),
        by=machine("test"),
        at=AT,
        basis=Basis(" "),
        effective_from=TODAY,
    )
    assert findings == (
        Finding("procedures.publication.without_basis", "basis"),
        Finding("procedures.law.none", "good_standing"),
    )
    assert session.scalars(select(Version)).all() == []


def test_a_basis_is_a_number_not_a_story(session: Session) -> None:
    load_calendar(session, at=AT)
    long = Basis("1/QĐ" * 100)
    found = publish(session, definition(), by=machine("x"), at=AT, basis=long, effective_from=TODAY)
    assert found == (Finding("procedures.publication.basis_too_long", "basis", {"most": 200}),)


def test_publishing_the_same_content_again_keeps_one_definition(session: Session) -> None:
    assert published(session, definition()).digest == published(session, definition()).digest
    assert len(session.scalars(select(DefinitionRow)).all()) == 1


def test_the_version_in_force_is_the_one_that_began_last(session: Session) -> None:
    old = published(session, definition(), TODAY - timedelta(days=30))
    planned = published(session, definition(announced_by="2"), TODAY + timedelta(days=30))
    urgent = published(session, definition(announced_by="3"), TODAY)

    def in_force(day: date) -> Version | None:
        return queries.version_in_force(session, "good_standing", day)

    assert in_force(TODAY - timedelta(days=31)) is None
    assert in_force(TODAY - timedelta(days=1)) is old
    assert in_force(TODAY) is urgent
    assert in_force(TODAY + timedelta(days=30)) is planned
    assert [v.number for v in queries.versions_of(session, "good_standing")] == [3, 2, 1]
    assert [p.version.number for p in queries.publications(session, limit=2)] == [3, 2]


@pytest.mark.parametrize("table", ["definitions", "versions", "publications", "calendars", "parameters"])
@pytest.mark.parametrize("act", ["update {} set {} = {}", "delete from {}"])
def test_the_application_cannot_change_what_was_published(session: Session, table: str, act: str) -> None:
    published(session, definition())
    column = {"definitions": "digest", "publications": "note"}.get(table, "id")
    with pytest.raises(DBAPIError, match="permission denied"), session.begin_nested():
        session.execute(text(act.format(table, column, column)))


def test_content_that_does_not_match_its_digest_cannot_be_stored(session: Session) -> None:
    row = DefinitionRow(digest="0" * 64, content=b"{}", format=1, stored_at=AT)
    session.add(row)
    with pytest.raises(DBAPIError, match="ck_definitions_digest"):
        session.flush()


def test_what_was_stored_runs_again(session: Session) -> None:
    version = published(session, definition())
    compiled = queries.definition_of(session, version.id)
    assert compiled.definition == definition()
    assert queries.definition_of(session, version.id) is compiled
    name = store(session, definition(announced_by="draft"), at=AT)
    assert queries.compiled_by_digest(session, name).definition.announced_by == "draft"


def test_search_ignores_accents_and_takes_beginnings(session: Session) -> None:
    birth, death = named("Đăng ký khai sinh"), named("Đăng ký khai tử", levels=("province",))
    for procedure in (birth, death):
        published(session, procedure)

    def found(words: str, **more: str) -> list[str]:
        return [v.name_vi for v in queries.search(session, words, on=TODAY, **more).rows]

    assert found("dang ky KHAI") == ["Đăng ký khai sinh", "Đăng ký khai tử"]
    assert found("khai si") == ["Đăng ký khai sinh"]
    assert found("hộ tịch khai tử") == ["Đăng ký khai tử"]
    assert found("9.0000") == ["Đăng ký khai sinh", "Đăng ký khai tử"]
    assert found("sinh tử") == []
    assert found("khai", level="province") == ["Đăng ký khai tử"]
    assert found("' & | ! :* \\") == ["Đăng ký khai sinh", "Đăng ký khai tử"]


def test_pages_follow_the_vietnamese_dictionary(session: Session) -> None:
    names = ["Ăn uống", "An toàn", "Ân xá", "Đất đai", "Dân cư", "Hoà giải", "Hoa màu", "Hòa bình"]
    for name in names:
        published(session, named(name))
    seen: list[str] = []
    after = None
    while True:
        page = queries.search(session, "", on=TODAY, after=after, limit=3)
        seen += [v.name_vi for v in page.rows]
        if (after := page.after) is None:
            break
    assert seen == ["An toàn", "Ăn uống", "Ân xá", "Dân cư", "Đất đai", "Hoa màu", "Hòa bình", "Hoà giải"]


@pytest.mark.parametrize("after", [("\0", 1), ("A", 10**30), ("😀", -1)])
def test_addresses_that_people_make_up_are_answered(session: Session, after: tuple[str, int]) -> None:
    published(session, definition())
    assert queries.search(session, "\0 zzz", on=TODAY, after=after).rows == ()
    assert queries.version_in_force(session, "good\0", TODAY) is None
    assert queries.versions_of(session, "\0") == ()


def test_only_versions_in_force_are_listed(session: Session) -> None:
    published(session, definition(name=Text("Tên cũ")), TODAY - timedelta(days=9))
    published(session, definition(name=Text("Tên mới")), TODAY)
    published(session, definition(name=Text("Tên sau này")), TODAY + timedelta(days=9))
    assert [v.name_vi for v in queries.search(session, "ten", on=TODAY).rows] == ["Tên mới"]


def test_loading_the_library_twice_changes_nothing(session: Session) -> None:
    load_library(session, at=AT)
    session.flush()
    before = [(v.procedure.key, v.number) for v in session.scalars(select(Version))]
    load_library(session, at=AT + timedelta(days=1))
    assert [(v.procedure.key, v.number) for v in session.scalars(select(Version))] == before
    assert len(before) == len(packages())
    assert all(number == 1 for _, number in before)


def test_an_agencys_own_version_is_not_loaded_over(session: Session) -> None:
    load_library(session, at=AT)
    shipped = session.scalars(select(Version)).first()
    assert shipped is not None
    own = replace(queries.definition_of(session, shipped.id).definition, announced_by="1/QĐ-UBND")
    published(session, own)
    load_library(session, at=AT)
    numbers = session.scalars(select(Version.number).where(Version.procedure_id == shipped.procedure_id))
    assert sorted(numbers) == [1, 2]


def test_each_publication_is_the_act_of_one_version(session: Session) -> None:
    published(session, definition())
    act = session.scalars(select(Publication)).one()
    another = text(
        "insert into publications (version_id, published_at, published_by, basis_number, basis_file, note)"
        " values (:id, now(), 'x', 'x', '', '')"
    )
    with pytest.raises(DBAPIError, match="uq_publications_version_id"), session.begin_nested():
        session.execute(another, {"id": act.version_id})


def test_steps_come_back_in_their_order(session: Session) -> None:
    version = published(session, definition())
    steps = queries.definition_of(session, version.id).definition.steps
    assert [s.key for s in steps] == [s.key for s in STEPS]


def test_two_publications_at_once_take_their_numbers_in_turn(database: Database) -> None:
    with database.transaction() as session:
        published(session, definition())
    with ThreadPoolExecutor(1) as elsewhere, database.transaction() as session:
        first = published(session, definition(announced_by="1")).number
        second = elsewhere.submit(_published_apart, database, definition(announced_by="2"))
        with pytest.raises(TimeoutError):
            second.result(timeout=0.5)
        session.commit()
        assert (first, second.result(timeout=30)) == (2, 3)


def _published_apart(database: Database, procedure: Definition) -> int:
    with database.transaction() as session:
        return published(session, procedure).number

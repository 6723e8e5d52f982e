"""Drafts: what they begin with, how files are saved, and that nobody overwrites anybody silently."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from common.identity.actor import Actor, machine
from common.problems import Refusal
from common.text import Text
from designer.draft_history import act_of, acts_in, history_of, may_be_taken_back, take_back
from designer.drafts import (
    Conflict,
    Saved,
    abandon,
    begin_draft,
    begin_new,
    file_of,
    files_of,
    living_draft,
    revisions_of,
    save,
    save_all,
    saves_of,
)
from designer.models import Draft
from designer.reading import definition_of_draft, findings
from procedure_library.definition import Definition, Drawing
from procedure_library.models import Version
from procedure_library.package import HEAD, RULES, STEPS
from procedure_library.publishing import Basis, publish
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import definition

LAN, MINH = machine("Lan"), machine("Minh")
NAME = Text("Cấp giấy xác nhận tình trạng hôn nhân", "Certificate of marital status")
LATER = MONDAY_MORNING + timedelta(minutes=5)
AFTER = LATER + timedelta(minutes=5)


@pytest.fixture
def draft(session: Session) -> Draft:
    begun = begin_new(session, "marital_status", NAME, by=LAN, at=MONDAY_MORNING)
    assert isinstance(begun, Draft)
    return begun


def saved(session: Session, draft: Draft, text: str, revision: int, by: Actor = LAN) -> object:
    return save(session, draft, RULES, text, revision=revision, by=by, at=LATER)


def test_a_new_procedure_lacks_only_what_its_writer_must_say(session: Session, draft: Draft) -> None:
    said = findings(files_of(session, draft))
    assert [(f.severity, f.code) for f in said] == [
        ("error", "procedures.law.none"),
        ("warning", "procedures.results.none"),
    ]


def test_a_draft_of_a_version_is_that_version(session: Session) -> None:
    version = publish(
        session,
        definition(),
        by=LAN,
        at=MONDAY_MORNING,
        basis=Basis("12/QĐ-UBND"),
        effective_from=date(2026, 1, 1),
    )
    assert isinstance(version, Version)
    draft = begin_draft(session, version, by=LAN, at=MONDAY_MORNING)
    assert isinstance(draft, Draft)
    read = definition_of_draft(files_of(session, draft))
    assert isinstance(read, Definition)
    assert replace(read, drawing=Drawing()) == definition()
    assert draft.based_on == version


def test_a_procedure_has_one_living_draft(session: Session, draft: Draft) -> None:
    assert begin_new(session, "marital_status", NAME, by=MINH, at=LATER) == Refusal(
        "drafts.already_begun", {"key": "marital_status"}
    )
    assert living_draft(session, "marital_status") == draft
    assert abandon(session, draft, by=LAN, at=LATER) is None
    assert isinstance(begin_new(session, "marital_status", NAME, by=MINH, at=LATER), Draft)


@pytest.mark.parametrize("key", ["", "Hôn nhân", "9lives", "a/b", "../x"])
def test_a_key_is_spelled_as_keys_are(session: Session, key: str) -> None:
    assert begin_new(session, key, NAME, by=LAN, at=LATER) == Refusal("drafts.key_spelling", {"key": key})


def test_what_is_saved_is_read_back_and_every_state_stays(session: Session, draft: Draft) -> None:
    first = saves_of(session, draft)[RULES]
    assert saved(session, draft, "một", first.revision) == Saved(RULES, 2, "một", "Lan", LATER)
    assert saved(session, draft, "hai", 2, MINH) == Saved(RULES, 3, "hai", "Minh", LATER)
    assert files_of(session, draft)[RULES] == "hai"
    kept = history_of(session, draft, path=RULES)
    assert [(row.revision, row.content) for row in kept] == [(3, "hai"), (2, "một"), (1, first.content)]


def test_the_second_writer_learns_of_the_first_and_nothing_is_written(session: Session, draft: Draft) -> None:
    saved(session, draft, "của Lan", 1)
    assert saved(session, draft, "của Minh", 1, MINH) == Conflict(RULES, 2, "của Lan", "Lan", LATER)
    assert files_of(session, draft)[RULES] == "của Lan"


def test_saving_the_same_again_is_no_new_revision(session: Session, draft: Draft) -> None:
    content = files_of(session, draft)[RULES]
    assert saved(session, draft, content.replace("\n", "\r\n"), 1) == saves_of(session, draft)[RULES]
    assert len(history_of(session, draft, path=RULES)) == 1


def test_several_files_are_saved_together_or_not_at_all(session: Session, draft: Draft) -> None:
    saved(session, draft, "của Lan", 1)
    before = files_of(session, draft)
    files = {HEAD: "x", RULES: "y"}
    refused = save_all(session, draft, files, revisions={HEAD: 1, RULES: 1}, by=MINH, at=LATER)
    assert isinstance(refused, Conflict)
    assert files_of(session, draft) == before
    kept = save_all(session, draft, files, revisions={HEAD: 1, RULES: 2}, by=MINH, at=LATER)
    assert isinstance(kept, tuple)
    assert [(one.path, one.revision) for one in kept] == [(HEAD, 2), (RULES, 3)]


def test_a_file_comes_and_goes(session: Session, draft: Draft) -> None:
    path = "letters/result.typ"
    save(session, draft, path, "#set page()", revision=0, by=LAN, at=LATER)
    assert path in files_of(session, draft)
    save(session, draft, path, None, revision=1, by=LAN, at=LATER)
    assert path not in files_of(session, draft)
    assert file_of(session, draft, path) == Saved(path, 2, None, "Lan", LATER)


@pytest.mark.parametrize("path", ["notes.txt", "../procedure.toml", "letters/Ả.typ", "examples/a/b.json"])
def test_only_files_of_a_package_are_kept(session: Session, draft: Draft, path: str) -> None:
    with pytest.raises(ValueError, match="no file of a package"):
        save(session, draft, path, "x", revision=0, by=LAN, at=LATER)


def test_what_is_no_longer_open_is_no_longer_written(session: Session, draft: Draft) -> None:
    abandon(session, draft, by=LAN, at=LATER)
    assert saved(session, draft, "một", 1) == Refusal("drafts.not_open")


def test_a_file_of_a_million_letters_is_refused(session: Session, draft: Draft) -> None:
    assert saved(session, draft, "x" * 1_000_001, 1) == Refusal("drafts.too_long", {"most": 1_000_000})


def test_a_fault_in_a_file_is_a_finding(session: Session, draft: Draft) -> None:
    files = {**files_of(session, draft), STEPS: "<a>"}
    assert [f.code for f in findings(files)] == ["procedures.bpmn.unreadable"]


def test_what_was_saved_together_is_taken_back_together(session: Session, draft: Draft) -> None:
    before = files_of(session, draft)
    path = "letters/result.typ"
    files = {HEAD: "x", RULES: "y", path: "z"}
    save_all(session, draft, files, revisions={HEAD: 1, RULES: 1}, by=LAN, at=LATER)
    (together, begun) = acts_in(history_of(session, draft))
    last = revisions_of(session, draft)
    assert [sorted(act.paths) for act in (together, begun)] == [sorted(files), sorted(before)]
    assert [may_be_taken_back(act, last) for act in (together, begun)] == [True, False]
    assert act_of(session, together.saves[1]) == together
    assert isinstance(take_back(session, draft, together, by=MINH, at=AFTER), tuple)
    assert files_of(session, draft) == before


def test_what_somebody_has_gone_on_with_is_not_taken_back(session: Session, draft: Draft) -> None:
    save_all(session, draft, {HEAD: "x", RULES: "y"}, revisions={HEAD: 1, RULES: 1}, by=LAN, at=LATER)
    save(session, draft, RULES, "của Minh", revision=2, by=MINH, at=AFTER)
    _minh, together, _begun = acts_in(history_of(session, draft))
    assert not may_be_taken_back(together, revisions_of(session, draft))
    assert take_back(session, draft, together, by=LAN, at=AFTER) == Conflict(
        RULES, 3, "của Minh", "Minh", AFTER
    )
    assert (files_of(session, draft)[HEAD], files_of(session, draft)[RULES]) == ("x", "của Minh")

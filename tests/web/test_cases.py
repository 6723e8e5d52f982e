"""The case types of a draft in one table: ticked, copied and taken out, and the steps that each passes."""

import re
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.text import Text
from designer.drafts import begin_draft, file_of, files_of
from designer.models import Draft
from procedure_library.definition import Definition, Letter
from procedure_library.guidance import Duty, StepNotice
from procedure_library.loading import load_calendar
from procedure_library.models import Version
from procedure_library.package import STEPS, read_files
from procedure_library.publishing import Basis, publish
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import by_case_type
from tests.web import people
from tests.web.test_drafts import at, sent


@pytest.fixture
def draft(session: Session) -> Draft:
    load_calendar(session, at=MONDAY_MORNING)
    version = publish(
        session,
        by_case_type("ordinary", "urgent"),
        by=machine("a test"),
        at=MONDAY_MORNING,
        basis=Basis("Quyết định 1/QĐ-UBND"),
        effective_from=MONDAY_MORNING.date(),
    )
    assert isinstance(version, Version), version
    begun = begin_draft(session, version, by=machine("a test"), at=MONDAY_MORNING)
    assert isinstance(begun, Draft)
    return begun


def written(session: Session, draft: Draft) -> Definition:
    found = read_files({path: text.encode() for path, text in files_of(session, draft).items()})
    assert isinstance(found, Definition), found
    return found


def rows(page: str) -> dict[str, list[str]]:
    """By what a row of the table is called, the words of its cells."""
    told = {}
    for row in re.findall(r"<tr.*?</tr>", page, re.S):
        first, *others = map(words, re.findall(r"<t[hd].*?</t[hd]>", row, re.S))
        told[first] = others
    return told


def words(fragment: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", fragment))).strip()


def test_the_table_says_which_steps_each_case_type_passes(admin: FlaskClient, draft: Draft) -> None:
    page = admin.get(at(draft, "/cases")).text
    assert "Đi qua" in page
    told = rows(page)
    assert [cell for name, cells in told.items() if name.startswith("Bước examine") for cell in cells] == [
        "",
        "Không",
    ]
    assert [cell for name, cells in told.items() if name.startswith("Bước sign") for cell in cells] == [
        "",
        "",
    ]


def test_what_is_ticked_is_saved_together(admin: FlaskClient, draft: Draft, session: Session) -> None:
    page = at(draft, "/cases")
    answer = people.send(
        admin,
        page,
        page,
        revision="1",
        **{
            "kind": ["ordinary", "urgent"],
            "ordinary.term": "three_days",
            "ordinary.amounts": ["issue"],
            "ordinary.components": ["identity"],
            "ordinary.conditions": ["few"],
            "urgent.term": "",
            "urgent.components": ["identity"],
            "urgent.pages": ["person"],
        },
    )
    assert answer.status_code == 303
    ordinary, urgent = written(session, draft).case_types
    assert (ordinary.term, ordinary.amounts, ordinary.pages) == ("three_days", ("issue",), ())
    assert (urgent.term, urgent.amounts, urgent.components, urgent.pages) == (
        None,
        (),
        ("identity",),
        ("person",),
    )
    assert (urgent.name.vi, urgent.name.en) == ("Giải quyết ngay", "At once")


def test_a_copy_goes_the_ways_of_its_pattern(admin: FlaskClient, draft: Draft, session: Session) -> None:
    page = at(draft, "/cases")
    assert people.send(admin, f"{page}/urgent/copy", page, revision="1").status_code == 303
    whole = written(session, draft)
    copy = whole.case_types[-1]
    assert (copy.key, copy.name.vi, copy.term) == (
        "giai_quyet_ngay_ban_sao",
        "Giải quyết ngay (bản sao)",
        "three_days",
    )
    ways = {way.when: way.target for way in whole.transitions if way.source == "kinds"}
    assert ways == {"ordinary": "examine", "urgent": "sign", copy.key: "sign"}
    assert "chưa có đường" not in sent(admin, draft, files_of(session, draft)[STEPS], 2).text


def test_a_copy_is_taken_back_whole(admin: FlaskClient, draft: Draft, session: Session) -> None:
    before, page = dict(files_of(session, draft)), at(draft, "/cases")
    people.send(admin, f"{page}/urgent/copy", page, revision="1")
    history = admin.get(at(draft, "/history")).text
    address = re.findall(rf"({at(draft)}/saves/\d+/reversal)", history)[0]
    people.send(admin, address, at(draft, "/history"))
    assert dict(files_of(session, draft)) == before


def test_who_takes_a_case_type_out_reads_what_used_it(
    admin: FlaskClient, draft: Draft, session: Session
) -> None:
    page = unescape(admin.get(at(draft, "/head/case-types/ordinary")).text)
    assert "Đường của nó ở bước rẽ nhánh «Bước kinds»" in page
    assert "Tình huống mẫu «Hai bản»" in page
    gone = at(draft, "/head/case-types/urgent")
    people.send(admin, f"{gone}/removal", gone, revision="1")
    assert [kind.key for kind in written(session, draft).case_types] == ["ordinary"]
    content = (file_of(session, draft, STEPS) or pytest.fail("no steps")).content or ""
    assert (
        "có giá trị «urgent»" in sent(admin, draft, content, 1).text
        or "urgent" in sent(admin, draft, content, 1).text
    )


def test_the_canvas_knows_the_ways_of_each_case_type(admin: FlaskClient, draft: Draft) -> None:
    page = unescape(admin.get(at(draft, "/steps?case=urgent")).text)
    assert '<option value="urgent" selected>' in page
    ways = re.search(r"data-case-ways='([^']+)'", page)
    assert ways is not None
    assert '"kinds_sign_urgent"' in ways[1]


def test_the_panel_offers_the_case_type_to_a_branch(admin: FlaskClient, draft: Draft) -> None:
    way = {"key": "kinds_sign_urgent", "to": "Ký", "when": "urgent"}
    element = {"kind": "branch", "key": "kinds", "choice": "dossier.case_type", "ways": [way]}
    token = people.token(admin, "/designer/drafts/new")
    page = admin.post(at(draft, "/steps/panel"), json=element, headers={"X-CSRFToken": token}).text
    assert '<option value="dossier.case_type" selected>Trường hợp của hồ sơ</option>' in page
    assert '<option value="urgent" selected>Giải quyết ngay</option>' in page


def test_the_version_says_what_its_steps_say(admin: FlaskClient, session: Session, draft: Draft) -> None:
    """Its readers see law, instructions, letters and mails beside each step."""
    whole = by_case_type("ordinary", "urgent")
    said = {
        "duty": Duty("Điều 17 Nghị định 118/2025/NĐ-CP", Text("công chức một cửa", "the one-stop official")),
        "instructions": Text("Đối chiếu bản chính.", "Compare."),
        "prints": ("note",),
        "notices": (StepNotice("entered", "leaders", Text("Đã đến {step}.", "At {step}.")),),
    }
    steps = tuple(replace(step, **said) if step.key == "examine" else step for step in whole.steps)
    told = replace(whole, steps=steps, letters=(Letter("note", Text("Phiếu trình", "Note"), ""),))
    version = publish(
        session,
        told,
        by=machine("a test"),
        at=MONDAY_MORNING,
        basis=Basis("Quyết định 2/QĐ-UBND"),
        effective_from=MONDAY_MORNING.date(),
    )
    assert isinstance(version, Version), version
    page = words(admin.get(f"/designer/procedures/good_standing/versions/{version.number}/steps").text)
    for said_there in (
        "công chức một cửa · Điều 17 Nghị định 118/2025/NĐ-CP",
        "Đối chiếu bản chính.",
        "In: Phiếu trình",
        "Khi hồ sơ vào bước, báo lãnh đạo: Đã đến {step}.",
    ):
        assert said_there in page

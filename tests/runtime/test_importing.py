"""Dossiers of an older system: checked, taken over once, finished here, searchable, and counted in their period."""

from collections import Counter as Count
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from common.clock import ZONE
from common.jobs import Work
from common.problems import Refusal
from config import Settings
from procedure_library.queries import definition_of
from rules_dsl.spreadsheets.files import FORMATS, read_sheet
from rules_dsl.spreadsheets.sheet import Sheet
from runtime import dossiers, queries, tasks
from runtime.figures.counting import figures
from runtime.figures.period import free
from runtime.importing import runs
from runtime.importing.checking import check, in_words
from runtime.importing.telling import faults
from runtime.importing.template import template
from runtime.models.dossiers import Dossier, DossierEvent
from runtime.models.imports import DossierImport
from runtime.models.papers import Letter, Notice
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime import old_dossiers
from tests.runtime.town import Town

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=ZONE)
OPEN, FINISHED, FAULTY = 120, 138, 42
STATUSES = "Đang xử lý, Đã xử lý xong, Đã trả kết quả, Đã rút, Dừng xử lý"


@pytest.fixture
def work(town: Town, office: Office, settings: Settings) -> Work:
    return Work(town.session, NOW, office.files, settings)


def looked(town: Town, content: bytes, name: str = "cu.xlsx") -> DossierImport:
    by = town.official("administrator", "province")
    return runs.look_through(town.session, content, name, by=by, at=NOW)


def taken(town: Town, work: Work, content: bytes, name: str = "cu.xlsx") -> DossierImport:
    """The file, looked through and carried out to its end."""
    run = looked(town, content, name)
    done = runs.order(town.session, run, by=town.official("administrator", "province"), at=NOW)
    assert isinstance(done, DossierImport), done
    while runs.carry_out(work, run.id):
        pass
    town.session.flush()
    return run


def counted(town: Town) -> int:
    return town.session.scalar(select(func.count()).select_from(Dossier)) or 0


def finish(town: Town, dossier: Dossier) -> None:
    """To the end, by whoever has the role, from wherever it stands."""
    if dossier.status == "awaiting_supplement":
        by = town.official("reception")
        assert isinstance(dossiers.answer_supplement(town.session, dossier, by=by, at=NOW), Dossier)
    outcomes = {"examine": "fit", "sign": "granted", "collect": "collected"}
    while dossier.status == "in_process":
        task = town.task(dossier)
        by = town.official(task.role)
        done = tasks.complete(town.session, task, outcome=outcomes[task.step], by=by, at=NOW)
        assert isinstance(done, Task), done
    handed = dossiers.hand_over(town.session, dossier, by=town.official("reception"), at=NOW)
    assert isinstance(handed, Dossier), handed


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_check_writes_nothing_and_says_what_is_wrong_in_which_cell(town: Town, ending: str) -> None:
    report = check(town.session, old_dossiers.file(ending), f"cu{ending}", at=NOW)
    assert (report.rows, len(report.sound), report.faulty) == (300, OPEN + FINISHED, FAULTY)
    assert counted(town) == 0
    columns = {name: number for number, name in enumerate(old_dossiers.HEAD, start=1)}
    first = {(f.line, f.column, f.code) for f in report.findings}
    for number, (column, _typed, code) in enumerate(old_dossiers.FAULTS):
        assert (260 + number, columns[column], code) in first
    said = in_words(next(f for f in report.findings if f.code == "dossiers.import.step_unknown"), "vi")
    assert said == (
        "K271: Không có bước «Bước không có», hoặc hồ sơ cũ không thể xử lý tiếp từ bước đó. "
        "Hãy ghi một trong: Bước examine, Bước supplement, Bước sign, Bước collect; "
        "để trống thì hồ sơ bắt đầu từ bước đầu tiên."
    )


def test_a_word_that_is_not_understood_names_those_of_its_column(town: Town) -> None:
    wrong = {"Cách nộp": "Bồ câu", "Tình trạng *": "Thất lạc"}
    content = FORMATS[".csv"].write(_rows(old_dossiers.row(1, **wrong)))
    report = check(town.session, content, "cu.csv", at=NOW)
    assert [in_words(finding, "vi") for finding in report.findings] == [
        "D2: Không hiểu «Bồ câu». Hãy ghi một trong: Trực tiếp, Trực tuyến, Bưu chính.",
        f"J2: Không hiểu «Thất lạc». Hãy ghi một trong: {STATUSES}.",
    ]
    assert in_words(report.findings[0], "en").endswith("Write one of: counter, online, post.")


def test_one_fault_in_many_rows_is_told_once_with_its_column(town: Town) -> None:
    nameless = {"Họ và tên *": ""}
    rows = [old_dossiers.row(n, **(nameless if n not in (4, 7) else {})) for n in range(1, 9)]
    run = looked(town, FORMATS[".xlsx"].write(_rows(*rows, old_dossiers.row(9, **{"Ngày nộp": "hôm qua"}))))
    assert [(each.column, each.cells, each.text) for each in faults(run.findings, "vi")] == [
        ("Họ và tên", "E2–E4, E6–E7, E9", "Ô này để trống"),
        ("Ngày nộp", "G10", "«hôm qua» không phải ngày"),
    ]


def test_what_the_whole_file_lacks_stands_in_no_cell(town: Town) -> None:
    (fault, *_others) = faults(looked(town, b"Ten\nLan", "cu.csv").findings, "vi")
    assert (fault.column, fault.cells, fault.text) == ("", "A1", "Không có cột «Ten»")
    last = faults(looked(town, b"Ten\nLan", "cu.csv").findings, "vi")[-1]
    assert (last.column, last.cells, last.text) == ("", "", "Thiếu cột «Tình trạng»")


def test_three_hundred_old_dossiers_come_and_the_open_ones_are_finished_here(town: Town, work: Work) -> None:
    run = taken(town, work, old_dossiers.file())
    assert (run.rows, run.sound, run.faulty, run.taken) == (300, OPEN + FINISHED, FAULTY, OPEN + FINISHED)
    every = town.all(Dossier)
    assert Count(each.status for each in every) == {
        "in_process": 100,
        "awaiting_supplement": 20,
        "decided": 23,
        "returned": 69,
        "withdrawn": 23,
        "stopped": 23,
    }
    # Nobody is written to and nothing is printed: for applicants nothing has changed.
    assert town.all(Notice) == town.all(Letter) == []
    for dossier in every:
        if dossier.status in ("in_process", "awaiting_supplement", "decided"):
            assert dossier.appointment_at == datetime(2026, 3, 20, 23, 59, tzinfo=ZONE)
            finish(town, dossier)
            assert dossier.status == "returned"
            assert dossier.appointment_at == datetime(2026, 3, 20, 23, 59, tzinfo=ZONE)
    assert {each.code for each in every} == {
        f"{old_dossiers.CODE}-260210-{number:04d}" for number in range(1, 259)
    }
    differing = [each.code for each in every if replay(town.session, each) or verify(town.session, each)]
    assert differing == []


def test_each_has_a_first_event_with_what_the_older_system_said(town: Town, work: Work) -> None:
    taken(town, work, FORMATS[".xlsx"].write(_rows(*old_dossiers.open_rows()[:6])))
    dossier = town.session.scalars(select(Dossier).where(Dossier.code.endswith("-0004"))).one()
    event = town.all(DossierEvent, dossier_id=dossier.id)[0]
    assert (event.number, event.act, event.at) == (1, "import", NOW)
    record = event.record
    assert record["imported"]["code"] == dossier.code
    assert record["law"]["version"] == dossier.version_id
    assert dossier.received_at == datetime(2026, 2, 10, 9, 30, tzinfo=ZONE)
    officer = town.official("case_officer")
    view = queries.dossier_for(town.session, str(dossier.code), officer, at=NOW)
    assert view is not None
    (first,) = queries.history_of(town.session, view)
    assert (first.act, first.reason, first.is_addressed) == ("import", old_dossiers.HISTORY, False)
    # Found by code, by the beginning of the name and by the number of the person.
    for typed in (str(dossier.code), "le thi so 4", "038190000004"):
        found = queries.search(town.session, officer, typed).rows
        assert dossier.code in {row.code for row in found}
    looked_up = queries.look_up(town.session, str(dossier.code), "038190000004")
    assert looked_up is not None
    assert looked_up.status == "in_process"


def test_what_was_paid_there_is_not_asked_for_again(town: Town, work: Work) -> None:
    taken(town, work, FORMATS[".xlsx"].write(_rows(*old_dossiers.open_rows()[:6])))
    question = select(Dossier).where(Dossier.code.endswith("-0005"))
    dossier = town.session.scalars(question).one()
    assert dossier.state["owed"][0]["paid"] is True
    finish(town, dossier)
    assert queries.letters_of(town.session, dossier) == ()


def test_finished_ones_are_counted_in_the_figures_of_their_period(town: Town, work: Work) -> None:
    taken(town, work, old_dossiers.file())
    unit = town.units["tan_an"].id

    def told(since: date, until: date) -> Any:
        (found,) = figures(town.session, free(since, until), [unit], today=NOW.date()).values()
        return found

    february = told(date(2026, 2, 1), date(2026, 2, 28))
    # 69 ended on 25/02 (odd numbers): 46 of them with a decision, before the promised day.
    assert (february.received, february.early, february.late, february.ended) == (258, 46, 0, 23)
    assert february.in_process == 258 - 69
    march = told(date(2026, 3, 1), date(2026, 3, 31))
    assert (march.carried_over, march.early, march.late, march.ended) == (189, 0, 46, 23)
    assert march.in_process == OPEN


def test_the_same_file_again_changes_nothing_in_whichever_format(town: Town, work: Work) -> None:
    taken(town, work, old_dossiers.file(".xlsx"))
    before = counted(town)
    for ending in (".xlsx", ".csv"):
        run = looked(town, old_dossiers.file(ending), f"lai{ending}")
        assert (run.sound, run.unchanged, run.faulty) == (0, OPEN + FINISHED, FAULTY)
        refused = runs.order(town.session, run, by=town.official("administrator", "province"), at=NOW)
        assert refused == Refusal("dossiers.import.nothing_sound")
    assert counted(town) == before


def test_what_differs_from_what_was_imported_is_told_and_not_overwritten(town: Town, work: Work) -> None:
    taken(town, work, FORMATS[".csv"].write(_rows(old_dossiers.row(1))), "a.csv")
    changed = old_dossiers.row(1, **{"Họ và tên *": "Người khác"})
    own = town.received(NOW)
    taken_here = old_dossiers.row(2, **{"Mã hồ sơ *": str(own.code)})
    report = check(town.session, FORMATS[".csv"].write(_rows(changed, taken_here)), "b.csv", at=NOW)
    assert [f.code for f in report.findings] == [
        "dossiers.import.changed_since",
        "dossiers.import.code_taken",
    ]
    assert report.sound == ()


def test_an_order_interrupted_half_way_goes_on_and_takes_nothing_twice(
    town: Town, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    run = looked(town, FORMATS[".csv"].write(_rows(*(old_dossiers.row(n) for n in range(1, 6)))), "c.csv")
    by = town.official("administrator", "province")
    assert isinstance(runs.order(town.session, run, by=by, at=NOW), DossierImport)
    assert isinstance(runs.order(town.session, run, by=by, at=NOW), Refusal)
    assert [runs.carry_out(work, run.id) for _ in range(4)] == [True, True, False, False]
    assert (counted(town), run.taken, run.finished_at) == (5, 5, NOW)


def test_the_counter_goes_on_behind_the_old_codes(town: Town, work: Work) -> None:
    today = old_dossiers.row(
        1,
        **{"Mã hồ sơ *": f"{old_dossiers.CODE}-260401-0361", "Ngày tiếp nhận *": "01/04/2026 08:00"},
        **{"Ngày hẹn trả": "06/04/2026"},
    )
    elsewhere = old_dossiers.row(2, **{"Mã hồ sơ *": "H40.5.12-260401-0007"})
    taken(town, work, FORMATS[".csv"].write(_rows(today, elsewhere)), "d.csv")
    assert str(town.received(NOW).code) == f"{old_dossiers.CODE}-260401-0362"
    assert town.session.scalar(select(Dossier.code).where(Dossier.code.startswith("H40"))) is not None


def test_a_file_that_is_none_and_a_header_that_lacks_something_are_told(town: Town) -> None:
    for content, name, code in (
        (b"x", "a.pdf", "rules.sheet.other_file"),
        (b"x", "a.xlsx", "rules.sheet.not_a_workbook"),
        ("Mã hồ sơ;Mã thủ tục".encode(), "a.csv", "dossiers.import.empty"),
    ):
        (finding, *_more) = check(town.session, content, name, at=NOW).findings
        assert finding.code == code
    report = check(town.session, "Mã hồ sơ;Tên mèo;Mã hồ sơ\n1;2;3".encode(), "a.csv", at=NOW)
    codes = [finding.code.rpartition(".")[2] for finding in report.findings]
    assert codes == ["no_such_column", "column_twice", *["column_missing"] * 5]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_template_of_a_procedure_is_read_back_with_its_columns(town: Town, ending: str) -> None:
    version_id = town.received(NOW).version_id
    content = template(definition_of(town.session, version_id), ending)
    sheet = read_sheet(content, f"mau{ending}", "Ho so")
    assert isinstance(sheet, Sheet)
    assert "Số bản [person.copies]" in sheet.rows[0]
    assert "Đã thu: Charge for copies [paid.copies]" in sheet.rows[0]
    report = check(town.session, content, f"mau{ending}", at=NOW)
    assert {f.code for f in report.findings} <= {"dossiers.import.unit_unknown"}
    assert report.rows == 1


def _rows(*texts: tuple[str, ...]) -> Sheet:
    return Sheet("Ho so", (old_dossiers.HEAD, *(tuple(t or None for t in row) for row in texts)))


def test_what_the_sheet_did_not_say_is_asked_for_by_a_supplement(town: Town, work: Work) -> None:
    """Without the number of copies nothing can be granted; reception brings it, and the dossier is finished."""
    unsaid = old_dossiers.row(1, **{"Số bản [person.copies]": ""})
    taken(town, work, FORMATS[".csv"].write(_rows(unsaid)), "e.csv")
    (dossier,) = town.all(Dossier)
    assert isinstance(town.complete(dossier, "fit", NOW), Task)
    assert isinstance(town.complete(dossier, "granted", NOW), Refusal)
    again = old_dossiers.row(2, **{"Số bản [person.copies]": "", "Bước đang xử lý": "supplement"})
    taken(town, work, FORMATS[".csv"].write(_rows(again)), "f.csv")
    waiting = town.session.scalars(select(Dossier).where(Dossier.code.endswith("-0002"))).one()
    assert waiting.status == "awaiting_supplement"
    person = {"full_name": "Lê Thị Số 2", "identity_number": "038190000002", "copies": 2}
    answered = dossiers.answer_supplement(
        town.session, waiting, answers={"person": person}, by=town.official("reception"), at=NOW
    )
    assert isinstance(answered, Dossier), answered
    finish(town, waiting)
    assert replay(town.session, waiting) == verify(town.session, waiting) == ()

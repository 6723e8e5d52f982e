"""The leaders' pages: whose figures, of which period, down to the dossiers, and the table as a file."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.identity.actor import machine
from common.identity.models import Unit
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from runtime.models.dossiers import Dossier
from runtime.views.desk.figures_file import plain
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import definition
from tests.web import people

FIGURES = "/desk/figures"
KEY = "good_standing"


def on(day: int, month: int = 2) -> datetime:
    return datetime(2026, month, day, 9, 0, tzinfo=ZONE)


@pytest.fixture
def units(session: Session) -> dict[str, Unit]:
    """A province with two communes; its procedure; five dossiers."""
    province = people.unit(session)
    communes = {
        key: people.unit(
            session, key=key, code=code, name_vi=name, name_en="", level="commune", parent_id=province.id
        )
        for key, code, name in (("tan_an", "H40.1", "Phường Tân An"), ("hoa_binh", "H40.2", "=Xã Hòa Bình"))
    }
    version = publish(
        session,
        definition(),
        by=machine("a test"),
        at=MONDAY_MORNING,
        basis=Basis("Quyết định 12/QĐ-UBND"),
        effective_from=date(2026, 1, 1),
    )
    assert isinstance(version, Version)
    for number, (unit, received, finished, status) in enumerate(
        (
            ("tan_an", on(10), on(11), "returned"),
            ("tan_an", on(10), on(20), "decided"),
            ("tan_an", on(12), None, "in_process"),
            ("hoa_binh", on(10, 1), None, "in_process"),
            ("hoa_binh", on(2, 3), None, "in_process"),
        )
    ):
        add(session, version, communes[unit], number, received, finished, status)
    return {"province": province, **communes}


def add(
    session: Session,
    version: Version,
    unit: Unit,
    number: int,
    received: datetime,
    finished: datetime | None,
    status: str,
) -> None:
    session.add(
        Dossier(
            filing_number=f"N{number}",
            code=f"C{number}",
            version_id=version.id,
            procedure_key=KEY,
            case_type="ordinary",
            channel="online",
            unit_id=unit.id,
            solving_unit_id=unit.id,
            applicant={"full_name": f"Nguyễn Thị {number}"},
            applicant_folded="nguyen",
            status=status,
            state={},
            submitted_at=received,
            received_at=received,
            due_at=received.replace(day=13, hour=23),
            finished_at=finished,
        )
    )
    session.flush()


@pytest.fixture
def ward(client: FlaskClient, session: Session, units: dict[str, Unit]) -> FlaskClient:
    """The leader of one commune, signed in."""
    people.official(session, units["tan_an"], "leader", login="truong")
    people.sign_in(client, "truong")
    return client


@pytest.fixture
def province(client: FlaskClient, session: Session, units: dict[str, Unit]) -> FlaskClient:
    """The leader of the province, signed in."""
    people.official(session, units["province"], "leader", login="chutich")
    people.sign_in(client, "chutich")
    return client


def rows(client: FlaskClient, query: str) -> list[list[str]]:
    """The table as a spreadsheet reads it."""
    body = client.get(f"/desk/figures.csv?{query}").get_data()
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(body.decode("utf-8-sig"))))


def test_a_leader_sees_the_own_unit_only(ward: FlaskClient) -> None:
    text = ward.get(f"{FIGURES}?period=2026-02").text
    assert "Tháng 2 năm 2026" in text
    assert "Hòa Bình" not in text
    assert ward.get(f"{FIGURES}?unit=hoa_binh").status_code == 404
    assert ward.get(f"{FIGURES}/dossiers?unit=hoa_binh&figure=online").status_code == 404
    assert ward.get("/desk/figures.csv?unit=hoa_binh").status_code == 404


def test_the_file_has_the_figures_of_the_report(province: FlaskClient) -> None:
    head, tan_an, hoa_binh, total = rows(province, "period=2026-02&by=unit")
    assert head[:4] == ["Mã", "Đơn vị", "Tiếp nhận: tổng số", "Tiếp nhận: từ kỳ trước"]
    # all received, carried over, online, direct | resolved, early, on time, late, undated | returned | ended
    # | in process, in limit, overdue | supplements
    assert tan_an == ["H40.1", "Phường Tân An", *list("303021010101010")]
    assert hoa_binh == ["H40.2", "'=Xã Hòa Bình", *list("110000000001010")]
    assert total == ["", "Tổng cộng", *list("413021010102020")]
    assert rows(province, "period=2026-02&by=procedure")[1][:3] == [KEY, "Cấp giấy xác nhận", "4"]


@pytest.mark.parametrize("period", ["2026-01", "2026-02", "2026-03", "2026-Q1", "2026"])
@pytest.mark.parametrize("by", ["unit", "procedure"])
def test_every_line_of_the_page_adds_up(province: FlaskClient, period: str, by: str) -> None:
    """The identities of report II.06a, on what leaders really read; a dossier that ended without a result is told."""
    lines = shown(province.get(f"{FIGURES}?period={period}&by={by}").text)
    assert lines
    for each in lines:
        assert each["all_received"] == each["online"] + each["direct"] + each["carried_over"]
        assert each["all_received"] == each["resolved"] + each["ended"] + each["in_process"]
        assert each["resolved"] == each["early"] + each["on_time"] + each["late"]
        assert each["in_process"] == each["in_limit"] + each["overdue"]
    *parts, total = lines if len(lines) > 1 else (lines[0], lines[0])
    assert total == {name: sum(part[name] for part in parts) for name in total}


def shown(page: str) -> list[dict[str, int]]:
    """The figures of each line by name, that of the sum last."""
    table = page.partition("<tbody>")[2].partition("</table>")[0]
    cell = re.compile(r'data-figure="(\w+)"[^>]*>(?:<a[^>]*>)?(\d+)')
    found = [{name: int(count) for name, count in cell.findall(row)} for row in table.split("</tr>")]
    return [line for line in found if line]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("+84", "'+84"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("Xã A", "Xã A")],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert plain(text) == cell


@pytest.mark.parametrize(
    ("query", "named", "received"),
    [
        ("period=2026-03", "Tháng 3 năm 2026", "3"),
        ("period=2026-Q1", "Quý I năm 2026", "5"),
        ("period=2026", "Năm 2026", "5"),
        ("since=10/02/2026&until=11/02/2026", "Từ 10/02/2026 đến 11/02/2026", "3"),
        ("", "Tháng 3 năm 2026", "3"),
        ("period=nonsense", "Tháng 3 năm 2026", "3"),
    ],
)
def test_any_period_may_be_asked_for(province: FlaskClient, query: str, named: str, received: str) -> None:
    assert f'<p class="page-pretitle">{named}</p>' in province.get(f"{FIGURES}?{query}").text
    assert rows(province, query)[-1][2] == received


def test_days_that_are_none_are_told(province: FlaskClient) -> None:
    text = province.get(f"{FIGURES}?since=31/02/2026&until=x").text
    assert text.count("Ngày có dạng 21/11/2026") == 2
    assert 'value="31/02/2026"' in text


def test_a_figure_leads_to_its_dossiers(ward: FlaskClient) -> None:
    text = ward.get(f"{FIGURES}?period=2026-02").text
    address = f"{FIGURES}/dossiers?period=2026-02&amp;procedure={KEY}&amp;by=unit&amp;figure=late"
    assert address in text
    listed = ward.get(address.replace("&amp;", "&")).text
    assert '<a class="code" href="/desk/dossiers/C1">C1</a>' in listed
    assert "Nguyễn Thị 1" in listed
    assert ">C0<" not in listed
    assert ward.get(f"{FIGURES}/dossiers?figure=nonsense").status_code == 404


def test_above_the_unit_dossiers_are_told_without_names(province: FlaskClient) -> None:
    listed = province.get(f"{FIGURES}/dossiers?period=2026-02&figure=late").text
    assert "C1" in listed
    assert "Phường Tân An" in listed
    assert "Nguyễn Thị" not in listed
    assert "/desk/dossiers/C1" not in listed


@pytest.mark.parametrize(
    ("role", "status"), [("reception", 403), ("case_officer", 403), ("administrator", 200)]
)
def test_only_leaders_and_administrators_read_figures(
    client: FlaskClient, session: Session, units: dict[str, Unit], role: str, status: int
) -> None:
    people.official(session, units["tan_an"], role)
    people.sign_in(client, "tiep")
    for path in (FIGURES, "/desk/figures.csv", f"{FIGURES}/dossiers?figure=online"):
        assert client.get(path).status_code == status, path


def test_both_languages(province: FlaskClient) -> None:
    english = province.get(f"{FIGURES}?period=2026-02&language=en", follow_redirects=True).text
    assert '<html lang="en">' in english


@pytest.fixture
def statements(session: Session) -> Iterator[list[str]]:
    """What the database was asked."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_more_units_are_not_more_questions(
    province: FlaskClient, session: Session, units: dict[str, Unit], statements: list[str]
) -> None:
    province.get(f"{FIGURES}?period=2026-02")
    few = len(statements)
    version = session.scalars(select(Version)).one()
    for number in range(10, 20):
        unit = people.unit(
            session,
            key=f"u{number}",
            code=f"H40.{number}",
            name_vi=f"Xã {number}",
            level="commune",
            parent_id=units["province"].id,
        )
        add(session, version, unit, number, on(10), None, "in_process")
    statements.clear()
    province.get(f"{FIGURES}?period=2026-02")
    assert len(statements) == few

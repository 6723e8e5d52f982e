"""Provinces and communes: the list that ships, dated versions of it, and where former communes went."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.identity.actor import machine
from form_builder.places import Place
from procedure_library.loading import load_places
from procedure_library.place_lists import (
    CodeListRow,
    FormerCommuneRow,
    Origin,
    find_former,
    list_in_force,
    places_for,
    places_version,
    record_list,
)
from procedure_library.place_recording import record_place_file
from procedure_library.shipped_places import national_places

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
TODAY = date(2026, 3, 2)
BY = machine("test")
SMALL: dict[str, Any] = {
    "provinces": [["01", "thành phố", "Hà Nội"]],
    "communes": [["00070", "phường", "Hoàn Kiếm", "01"]],
}
FILE = {"valid_from": date(2027, 1, 1), "basis": "Nghị quyết 1", **SMALL}
ROOT = Path(__file__).resolve().parents[2]


def test_the_list_that_ships_is_that_of_the_two_levels() -> None:
    places = national_places()
    assert (len(places.provinces), len(places.communes)) == (34, 3321)
    assert places.by_code["province"]["96"] == Place("96", "tỉnh", "Cà Mau")
    assert places.by_code["commune"]["00004"] == Place("00004", "phường", "Ba Đình", "01")
    assert {place.kind for place in places.communes} == {"phường", "xã", "đặc khu"}
    assert {place.province for place in places.communes} == set(places.by_code["province"])


def test_reading_it_imports_none_of_the_packages_that_keep_it() -> None:
    heavy = ("vietnam_provinces", "vietnamadminunits", "shapely", "geopy")
    program = (
        "import sys; from procedure_library.shipped_places import former_communes, national_places\n"
        f"national_places(); former_communes(); assert not set(sys.modules) & set({heavy})"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_what_ships_is_loaded_once_and_read_back_the_same(session: Session) -> None:
    load_places(session, at=AT)
    load_places(session, at=AT)
    session.flush()
    rows = session.scalars(select(CodeListRow).order_by(CodeListRow.key)).all()
    assert [(row.key, row.version, row.valid_from, row.count) for row in rows] == [
        ("communes", 1, date(2025, 7, 1), 3355),
        ("former_communes", 1, date(2025, 7, 1), 10040),
    ]
    places = places_for(session, TODAY)
    assert places == national_places()
    assert places is not None
    assert (places.provinces, places.communes) == (national_places().provinces, national_places().communes)


def test_before_its_day_no_list_holds_and_a_later_one_only_from_its_own(session: Session) -> None:
    load_places(session, at=AT)
    assert places_for(session, date(2025, 6, 30)) is None
    later = record_list(session, SMALL, Origin(date(2027, 1, 1), "NQ 1", "NQ 1"), by=BY, at=AT)
    before, after = places_for(session, date(2026, 12, 31)), places_for(session, date(2027, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.version, after.version, len(after.communes)) == (1, 2, 1)
    assert later.version == 2
    assert places_version(session, 1) == before
    assert places_version(session, 9) is None


def test_the_application_changes_no_list(session: Session) -> None:
    for table in ("code_lists", "former_communes"):
        for statement in (f"delete from {table}", f"update {table} set id = id"):
            with pytest.raises(ProgrammingError, match="permission denied"), session.begin_nested():
                session.execute(text(statement))


@pytest.mark.parametrize(
    ("typed", "first", "codes"),
    [
        ("hang trong", "Phường Hàng Trống, Quận Hoàn Kiếm, Thành phố Hà Nội", ("00070", "00073")),
        ("Phúc Xá, Ba Đình", "Phường Phúc Xá, Quận Ba Đình, Thành phố Hà Nội", ("00097",)),
        ("tây đằng", "Thị trấn Tây Đằng, Huyện Ba Vì, Thành phố Hà Nội", ("09661", "09619")),
        ("Côn Đảo", "Huyện Côn Đảo, Tỉnh Bà Rịa - Vũng Tàu", ("26732",)),
    ],
)
def test_a_former_commune_is_found_by_its_names(
    session: Session, typed: str, first: str, codes: tuple[str, ...]
) -> None:
    load_places(session, at=AT)
    found = find_former(session, typed, TODAY)
    assert (found[0].name, found[0].codes) == (first, codes)


@pytest.mark.parametrize("typed", ["", " , ", "Không Có Xã Này", "%", "100%_"])
def test_what_is_no_name_finds_nothing(session: Session, typed: str) -> None:
    load_places(session, at=AT)
    assert find_former(session, typed, TODAY) == ()


def test_every_former_commune_went_somewhere_and_every_commune_came_from_somewhere(session: Session) -> None:
    load_places(session, at=AT)
    becomes = session.scalars(select(FormerCommuneRow.becomes)).all()
    assert all(becomes)
    assert {code for codes in becomes for code in codes} == set(national_places().by_code["commune"])
    assert sum(len(codes) > 1 for codes in becomes) == 471


def test_land_that_was_divided_is_offered_in_all_its_parts(session: Session) -> None:
    load_places(session, at=AT)
    divided = find_former(session, "thị trấn Tây Đằng, Ba Vì", TODAY)
    assert len(divided) == 1
    assert len(divided[0].now(national_places())) > 1


def test_a_file_becomes_the_next_version_once(session: Session) -> None:
    load_places(session, at=AT)
    row = record_place_file(session, FILE, by=BY, at=AT)
    assert isinstance(row, CodeListRow)
    assert (row.version, row.source) == (2, "Nghị quyết 1")
    assert record_place_file(session, FILE, by=BY, at=AT) is None
    assert session.scalar(select(func.count()).select_from(CodeListRow)) == 3


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"valid_from": "2027-01-01"}, ("reference.lacks", "valid_from")),
        ({"basis": " "}, ("reference.lacks", "basis")),
        ({"provinces": []}, ("reference.lacks", "provinces")),
        ({"communes": {}}, ("reference.lacks", "communes")),
        ({"provinces": [["1", "tỉnh", "X"]]}, ("reference.bad_place", "provinces.0")),
        ({"communes": [["00070", "phường", "A", "02"]]}, ("reference.bad_place", "communes.0")),
        ({"communes": [*SMALL["communes"], *SMALL["communes"]]}, ("reference.bad_place", "communes.1")),
        ({"valid_from": date(2025, 1, 1)}, ("reference.list_goes_back", "valid_from")),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(
    session: Session, more: dict[str, Any], found: tuple[str, str]
) -> None:
    load_places(session, at=AT)
    findings = record_place_file(session, {**FILE, **more}, by=BY, at=AT)
    assert isinstance(findings, tuple)
    assert (findings[0].code, findings[0].where) == found
    in_force = list_in_force(session, date(2030, 1, 1))
    assert in_force is not None
    assert in_force.version == 1

"""The ready-made procedures: without findings, complete in both languages, in our spelling, examples and all."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typst

from common import exact_json
from form_builder.summary import summary
from procedure_library.checks import check
from procedure_library.codec import decode, digest, encode
from procedure_library.definition import Definition
from procedure_library.package import package_files, read_package
from procedure_library.ready_made import local_amounts, packages

FOLDERS = packages()


def read(folder: Path) -> Definition:
    definition = read_package(folder)
    assert isinstance(definition, Definition), definition
    return definition


def with_folder(folder: Path) -> str:
    return folder.name


def test_the_procedures_are_there() -> None:
    assert {read(folder).code for folder in FOLDERS} == {
        *("2.000815", "1.001193", "1.013225"),
        *("3.000722", "1.004222", "3.000722.BHYT", "3.000722.CC"),
    }


# Fifteen days of the calendar and steps of ten working days: the law's own term is too short around holidays.
SHORT_TERMS = {"cap_giay_phep_xay_dung_nha_o": ["procedures.term.not_kept"]}


@pytest.mark.parametrize("folder", FOLDERS, ids=with_folder)
def test_it_has_no_finding_but_what_the_law_leaves_short(folder: Path) -> None:
    assert [finding.code for finding in check(read(folder))] == SHORT_TERMS.get(folder.name, [])


@pytest.mark.parametrize("folder", FOLDERS, ids=with_folder)
def test_export_gives_the_bytes_of_the_folder(folder: Path) -> None:
    definition = read(folder)
    written = dict(package_files(definition))
    kept = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert written == kept
    stored = decode(encode(definition))
    assert digest(stored) == digest(definition)
    assert dict(package_files(stored)) == kept


@pytest.mark.parametrize("folder", FOLDERS, ids=with_folder)
def test_it_is_called_by_its_folder_and_says_what_it_leaves_out(folder: Path) -> None:
    definition = read(folder)
    assert definition.key == folder.name
    assert definition.left_out
    assert definition.by_hand
    assert all(step.key in definition.drawing.shapes for step in definition.steps)


def test_every_local_amount_is_one_a_rule_asks_for() -> None:
    asked = {folder.name: read(folder).rules for folder in FOLDERS}
    assert all(f"tham_số {amount.name}" in asked[amount.procedure] for amount in local_amounts())


REGISTERED = {
    "number": "45",
    "book": "01/2026",
    "registered_on": "2026-03-10",
    "personal_number": "092326001234",
}
OFFICIAL: Mapping[str, Any] = {
    "cap_giay_phep_xay_dung_nha_o": (
        "conditions_met",
        {
            "permit": {
                "number": "125",
                "ground_level": "+0,45 m so với mặt đường hiện trạng",
                "land_use_ratio": 2.07,
                "red_line": "Cách tim đường Nguyễn Trãi 10 m",
                "building_line": "Lùi 2,4 m so với chỉ giới đường đỏ",
            }
        },
    ),
    "chung_thuc_ban_sao": (
        "charge_two_documents",
        {"comparison": {"conclusion": "fit", "first_number": 1024, "book": "01/2026-SCT/BS"}},
    ),
    "dang_ky_khai_sinh": ("father_not_declared", {"registration": REGISTERED}),
    "lien_thong_khai_sinh": ("card_wanted", {"registration": REGISTERED}),
    "dang_ky_thuong_tru_lien_thong": (
        "term_other_place",
        {"register": {"notice_number": "12/TB", "registered_on": "2026-09-09"}},
    ),
    "cap_the_bhyt_lien_thong": (
        "term_after_15_00",
        {"register": {"card_number": "TE1929232600123", "usable_from": "2026-08-30"}},
    ),
    "cap_the_can_cuoc_lien_thong": (
        "term_2026_09_08_10_00",
        {"register": {"receipt": "77/GH", "issued_on": "2026-09-14"}},
    ),
}


@pytest.mark.parametrize("folder", FOLDERS, ids=with_folder)
def test_its_letters_can_be_printed(folder: Path, tmp_path: Path) -> None:
    definition = read(folder)
    example, official = OFFICIAL[definition.key]
    answers = next(e for e in definition.examples if e.key == example).facts["answers"] | official
    sections = [
        {"title": s.title, "rows": [{"label": r.label, "text": r.text} for r in s.rows]}
        for s in summary(definition.form, answers, "vi")
    ]
    data = {
        "agency": {"above": "Ủy ban nhân dân thành phố Cần Thơ", "name": "Ủy ban nhân dân xã Mỹ Khánh"},
        "place": "Mỹ Khánh",
        "code": "000.12.31.H56-260302-0007",
        "answers": answers,
        "sections": sections,
        "official": "Phạm Văn Thắng",
        "decision": {"decided_on": "ngày 10 tháng 3 năm 2026"},
    }
    for letter in definition.letters:
        made = typst.compile(
            {"main.typ": letter.source.encode()},
            root=tmp_path,
            ignore_system_fonts=True,
            sys_inputs={"data": exact_json.write(data)},
            format="pdf",
            pdf_standards=["a-2a"],
        )
        assert isinstance(made, bytes)
        assert made.startswith(b"%PDF")

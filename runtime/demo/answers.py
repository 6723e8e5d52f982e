"""Plausible answers to any form. Nothing here knows a field by name: only kinds, labels and limits."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from form_builder.code_lists import LISTS
from form_builder.form import ROW_ID, Field
from form_builder.judge import judge
from form_builder.kinds.documents import sample_digests
from form_builder.places import COMMUNE, LINE, PROVINCE
from form_builder.schema import Source, read_form
from form_builder.visibility import prune
from runtime.demo import people

TRIES = 50
OPTIONAL_ANSWERED, FIRST_CHOICE, YES = 0.6, 0.85, 0.25
# The label of a text field says what is written there.
WORDS = (
    (("họ, chữ đệm", "họ và tên", "họ tên"), people.full_name),
    (("địa chỉ", "địa điểm", "nơi ", "quê quán"), people.address),
    (("thiết kế",), lambda rng: f"Kiến trúc sư {people.full_name(rng)}"),
    (("thành phần",), lambda rng: f"Công chức {people.full_name(rng)}; chủ hộ"),
    (("thửa đất số", "tờ bản đồ số", "số giấy phép"), lambda rng: str(rng.randint(1, 400))),
    (("quyền sử dụng đất",), lambda rng: f"Giấy chứng nhận số CX {rng.randint(100_000, 999_999)}"),
    (("chỉ giới",), lambda rng: f"Cách tim đường {rng.randint(4, 12)} m"),
    (("cốt nền",), lambda rng: f"+0,{rng.randint(10, 60)} m so với mặt đường hiện trạng"),
    (("quy hoạch",), lambda _: "Quy hoạch chung đã được phê duyệt"),
    (("hiện trạng",), lambda _: "Đất trống, mốc giới rõ; có đường vào"),
    (
        ("tên giấy tờ",),
        lambda rng: rng.choice(("Bằng tốt nghiệp đại học", "Giấy khai sinh", "Học bạ", "Sổ hộ khẩu")),
    ),
    (
        ("cơ quan", "cơ sở", "tổ chức"),
        lambda rng: rng.choice(("Ủy ban nhân dân phường Tân An", "Bệnh viện tỉnh")),
    ),
    (("số", "quyển"), lambda rng: f"{rng.randint(1, 99):02d}/2026"),
)
# The label of a quantity says what is measured: the first that fits, from and to.
QUANTITIES = (
    ("diện tích thửa", 90, 240),
    ("diện tích xây dựng", 45, 90),
    ("tổng diện tích", 120, 240),
    ("diện tích", 8, 20),
    ("chiều cao", 4, 11),
    ("mật độ", 40, 80),
    ("khoảng lùi", 0, 3),
    ("hệ số", 1, 3),
    ("số tầng hầm", 0, 1),
    ("số tầng", 1, 4),
)


class NoAnswers(ValueError):
    """The form cannot be answered by chance: a limit this maker does not know."""


def answered(
    form: Source,
    profile: Mapping[str, str],
    today: date,
    rng: Random,
    first_choice: float = FIRST_CHOICE,
) -> dict[str, Any]:
    """Answers that the form accepts; fields that the profile prefills are taken from there. `first_choice` says
    how often, from 0 to 1, the usual one of several answers is given, which forms name first."""
    for _ in range(TRIES):
        answers = prune(form, _group(read_form(form).fields, profile, today, rng, first_choice))
        if not judge(form, answers):
            return answers
    raise NoAnswers(str(judge(form, answers)))


def _group(
    fields: tuple[Field, ...], profile: Mapping[str, str], today: date, rng: Random, first_choice: float
) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for field in fields:
        known = profile.get(field.prefill.removeprefix("profile."))
        if field.prefill and known and field.kind != "address":
            answers[field.key] = known
        elif field.required or rng.random() < OPTIONAL_ANSWERED:
            answers[field.key] = _answer(field, profile, today, rng, first_choice)
    return answers


def _answer(field: Field, profile: Mapping[str, str], today: date, rng: Random, first_choice: float) -> Any:
    match field.kind:
        case "group":
            return _group(field.fields, profile, today, rng, first_choice)
        case "rows":
            count = rng.choice((1, 1, 2, 3))
            return [
                {ROW_ID: f"r{n + 1}", **_group(field.fields, {}, today, rng, first_choice)}
                for n in range(count)
            ]
        case "address":
            return _address(field, profile, rng)
        case "choice" | "province" | "nationality" | "ethnic_group":
            return _chosen(field, rng, first_choice)
        case "choices":
            return [_chosen(field, rng, first_choice)]
        case "integer" | "money":
            return _whole(field, today, rng)
        case "decimal":
            return _quantity(field, rng) or int(field.schema.get("minimum", 1))
        case "date":
            return _day(field, today, rng).isoformat()
        case "month":
            return f"{_day(field, today, rng):%Y-%m}"
        case "time":
            return "08:30"
        case "boolean":
            return rng.random() < YES
        case "declaration":
            return True
        case "document":
            return list(sample_digests(field))
        case "identity_number" | "tax_number":
            return people.identity_number(rng)
        case "phone":
            return people.somebody(rng)["phone"]
        case "email":
            return "nguoi.dan@example.vn"
        case _:
            return _text(field, rng)


def _address(field: Field, profile: Mapping[str, str], rng: Random) -> dict[str, Any]:
    """Some commune of the list; on its line the street that the profile tells."""
    if field.places is None:
        return {}
    commune = rng.choice(field.places.communes)
    line = profile.get("address", "Tổ 1").partition(",")[0]
    return {PROVINCE: commune.province, COMMUNE: commune.code, LINE: line}


def _chosen(field: Field, rng: Random, first_choice: float) -> str:
    usual = LISTS[field.kind]().usual if field.kind in LISTS else ()
    offered = usual or [choice.value for choice in field.choices]
    return offered[0] if rng.random() < first_choice else rng.choice(offered)


def _whole(field: Field, today: date, rng: Random) -> int:
    if "năm sinh" in field.title.vi.lower():
        return today.year - rng.randint(22, 45)
    if (measured := _quantity(field, rng)) is not None:
        return measured
    low = int(field.schema.get("minimum", 0))
    return min(low + rng.choice((0, 0, 1, 1, 2, 3, 5, 9)), int(field.schema.get("maximum", low + 9)))


def _quantity(field: Field, rng: Random) -> int | None:
    """What the label makes plausible; None when it names no quantity we know."""
    label = field.title.vi.lower()
    known = next((each[1:] for each in QUANTITIES if each[0] in label), None)
    return rng.randint(*known) if known else None


def _day(field: Field, today: date, rng: Random) -> date:
    """What is planned lies ahead, and completion behind the start."""
    label = field.title.vi.lower()
    if "dự kiến" not in label:
        return today - timedelta(days=rng.randint(1, 45))
    least = 200 if "hoàn thành" in label else 30
    return today + timedelta(days=rng.randint(least, least + 120))


def _text(field: Field, rng: Random) -> str:
    label = field.title.vi.lower()
    for beginnings, written in WORDS:
        if any(word in label for word in beginnings):
            return written(rng)
    return "Theo giấy tờ kèm theo"

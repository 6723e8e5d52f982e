"""Plausible answers to any form. Nothing here knows a field by name: only kinds, labels and limits."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from form_builder.form import ROW_ID, Field
from form_builder.judge import judge
from form_builder.schema import read_form
from form_builder.visibility import prune
from runtime.demo import people

TRIES = 50
OPTIONAL_ANSWERED, FIRST_CHOICE, YES = 0.6, 0.85, 0.25
# The label of a text field says what is written there.
WORDS = (
    (("họ, chữ đệm", "họ và tên", "họ tên"), people.full_name),
    (("địa chỉ", "nơi ", "quê quán"), people.address),
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


class NoAnswers(ValueError):
    """The form cannot be answered by chance: a limit this maker does not know."""


def answered(form: Mapping[str, Any], profile: Mapping[str, str], today: date, rng: Random) -> dict[str, Any]:
    """Answers that the form accepts; fields that the profile prefills are taken from there."""
    for _ in range(TRIES):
        answers = prune(form, _group(read_form(form).fields, profile, today, rng))
        if not judge(form, answers):
            return answers
    raise NoAnswers(str(judge(form, answers)))


def _group(fields: tuple[Field, ...], profile: Mapping[str, str], today: date, rng: Random) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for field in fields:
        known = profile.get(field.prefill.removeprefix("profile."))
        if field.prefill and known:
            answers[field.key] = known
        elif field.required or rng.random() < OPTIONAL_ANSWERED:
            answers[field.key] = _answer(field, profile, today, rng)
    return answers


def _answer(field: Field, profile: Mapping[str, str], today: date, rng: Random) -> Any:
    match field.kind:
        case "group":
            return _group(field.fields, profile, today, rng)
        case "rows":
            count = rng.choice((1, 1, 2, 3))
            return [{ROW_ID: f"r{n + 1}", **_group(field.fields, {}, today, rng)} for n in range(count)]
        case "choice":
            return _chosen(field, rng)
        case "choices":
            return [_chosen(field, rng)]
        case "integer" | "money":
            return _whole(field, today, rng)
        case "decimal":
            return int(field.schema.get("minimum", 1))
        case "date":
            return (today - timedelta(days=rng.randint(1, 45))).isoformat()
        case "time":
            return "08:30"
        case "boolean":
            return rng.random() < YES
        case "declaration":
            return True
        case "identity_number":
            return people.identity_number(rng)
        case "phone":
            return people.somebody(rng)["phone"]
        case "email":
            return "nguoi.dan@example.vn"
        case _:
            return _text(field, rng)


def _chosen(field: Field, rng: Random) -> str:
    first = rng.random() < FIRST_CHOICE
    return field.choices[0].value if first else rng.choice(field.choices).value


def _whole(field: Field, today: date, rng: Random) -> int:
    if "năm sinh" in field.title.vi.lower():
        return today.year - rng.randint(22, 45)
    low = int(field.schema.get("minimum", 0))
    return min(low + rng.choice((0, 0, 1, 1, 2, 3, 5, 9)), int(field.schema.get("maximum", low + 9)))


def _text(field: Field, rng: Random) -> str:
    label = field.title.vi.lower()
    for beginnings, written in WORDS:
        if any(word in label for word in beginnings):
            return written(rng)
    return "Theo giấy tờ kèm theo"

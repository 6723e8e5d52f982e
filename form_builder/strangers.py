"""Answers of a real person as those of nobody: what tells who it is, is invented; what rules read stays.

Numbers, sums, days, choices and communes stay as they are. Words of every kind, addresses below the commune, numbers
of persons, telephones, mail addresses and files are replaced, the same by the same: who is named twice is one person.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from form_builder.form import ROW_ID, Field, Form
from form_builder.judge import judge
from form_builder.kinds.documents import sample_digests
from form_builder.official_numbers import IDENTITY_DIGITS
from form_builder.places import LINE

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
MIDDLE = ("Văn", "Thị", "Minh", "Ngọc", "Đức", "Thanh", "Hữu", "Thu")
GIVEN = ("Mẫu", "Ví", "Dụ", "Thử", "Giả", "Định", "Minh", "Họa")
TAX_NUMBERS = ("0100233488", "0100109106", "0300588569")
KEPT = frozenset(
    {
        *(
            "integer",
            "decimal",
            "money",
            "boolean",
            "choice",
            "choices",
            "date",
            "month",
            "time",
            "declaration",
        ),
        *("nationality", "ethnic_group", "province", "commune"),
    }
)


@dataclass
class Strangers:
    """`salt` makes what is invented differ from dossier to dossier; `known` is what was replaced so far."""

    form: Form
    salt: str
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def instead_of(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers, invented where they tell of a person; what is no question of the form is left out."""
        invented = dict(self._all(self.form.fields, answers, _by_kind))
        wrong = {problem.where.partition(".")[0] for problem in judge(self.form, invented)}
        fitting = {each.key: each for each in self.form.fields if each.key in wrong}
        # Where the form takes words of one shape alone, letter stands for letter and digit for digit.
        return invented | dict(self._all(tuple(fitting.values()), answers, _by_shape))

    def _all(
        self, fields: tuple[Field, ...], answers: Mapping[str, Any], invent: "Invent"
    ) -> Iterator[tuple[str, Any]]:
        for each in fields:
            if each.key in answers:
                yield each.key, self._one(each, answers[each.key], invent)
        if ROW_ID in answers:
            yield ROW_ID, answers[ROW_ID]

    def _one(self, field: Field, answer: Any, invent: "Invent") -> Any:
        if field.kind == "group" and isinstance(answer, Mapping):
            return dict(self._all(field.fields, answer, invent))
        if field.kind == "rows" and isinstance(answer, list):
            return [dict(self._all(field.fields, row, invent)) for row in answer]
        if field.kind == "address" and isinstance(answer, Mapping):
            return {**answer, **({LINE: self._street(answer[LINE])} if LINE in answer else {})}
        if field.kind == "document":
            return list(sample_digests(field))
        if field.kind in KEPT or not isinstance(answer, str):
            return answer
        return self._kept(field, answer, invent)

    def _kept(self, field: Field, answer: str, invent: "Invent") -> str:
        same = (field.kind if field.kind not in ("text", "long_text") else "text", answer.casefold())
        if same not in self.known or invent is _by_shape:
            self.known[same] = invent(field, answer, _digits(self.salt, answer))
        return self.known[same]

    def _street(self, answer: Any) -> str:
        return f"Số {int(_digits(self.salt, str(answer))[:2]) + 1}, đường Mẫu"


# A question, its answer, and digits that follow from the answer and tell nothing of it.
Invent = Callable[[Field, str, str], str]


def _by_kind(field: Field, answer: str, digits: str) -> str:
    match field.kind:
        case "identity_number":
            # Place, century and year stay: rules and forms read them.
            return answer[:-6] + _other(answer[-6:], digits)
        case "tax_number" if len(answer) == IDENTITY_DIGITS:
            return answer[:-6] + _other(answer[-6:], digits)
        case "tax_number":
            return next(number for number in TAX_NUMBERS if number != answer[:10])
        case "phone":
            return f"09{_other(answer[-8:], digits)}"
        case "email":
            return f"mau{digits[:6]}@example.vn"
    if field.schema.get("pattern") or field.choices:
        return _by_shape(field, answer, digits)
    return _words(field, digits)


def _words(field: Field, digits: str) -> str:
    """A name for a name; other words say of what they stand in the place."""
    if field.personal == "identity":
        one, two, three = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
        return f"{FAMILY[one % len(FAMILY)]} {MIDDLE[two % len(MIDDLE)]} {GIVEN[three % len(GIVEN)]}"
    words = f"{field.title.vi} (mẫu {digits[:3]})"
    most = int(field.schema.get("maxLength", len(words)))
    return words if len(words) <= most else digits[:most]


def _by_shape(_field: Field, answer: str, digits: str) -> str:
    """Letter for letter, digit for digit; other signs stay."""
    drawn = iter(digits * (len(answer) // len(digits) + 1))
    return "".join(_sign(sign, int(next(drawn))) for sign in answer)


def _sign(sign: str, drawn: int) -> str:
    if sign.isdecimal():
        return str((int(sign) + 1 + drawn % 9) % 10)
    if sign.isalpha():
        letter = "abcdeghikl"[drawn]
        return letter.upper() if sign.isupper() else letter
    return sign


def _other(answer: str, digits: str) -> str:
    """As many digits, others than those of the answer."""
    drawn = digits[: len(answer)]
    return drawn if drawn != answer else _by_shape_of_digits(drawn)


def _by_shape_of_digits(drawn: str) -> str:
    return "".join(str((int(digit) + 1) % 10) for digit in drawn)


def _digits(salt: str, answer: str) -> str:
    """Seventy-odd digits; the salt is thrown away, so nobody can try which answer gives them."""
    return str(int(sha256(f"{salt}\x00{answer.casefold()}".encode()).hexdigest(), 16)).zfill(78)

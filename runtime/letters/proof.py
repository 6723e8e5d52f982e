"""A letter of a draft printed for an invented dossier: what its author looks at, and tries, before it is law."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from common.clock import local_date
from common.problems import Finding
from common.typesetting.sandbox import drawn_apart, tried_apart, typeset_apart
from common.typesetting.typeset import LetterBroken
from form_builder.schema import read_form
from procedure_library.definition import Definition
from procedure_library.letter_press import Situation, Unprintable
from procedure_library.shipped_places import national_places
from runtime.letters import phrases
from runtime.letters.answers_told import answers_told

LANGUAGE = "vi"
LONGEST_CAUSE = 400
UNIT = "Ủy ban nhân dân xã Mẫu"


def proof(definition: Definition, source: str, situation: Situation, *, at: datetime) -> bytes | Finding:
    """The PDF; a Finding with the words of the typesetter when the source cannot be typeset."""
    try:
        return typeset_apart(source, _data(definition, situation, at))
    except LetterBroken as broken:
        return _finding(broken)


def pages(
    definition: Definition, source: str, situation: Situation, *, at: datetime
) -> tuple[bytes, ...] | Finding:
    """The pages as pictures (SVG); a Finding as for `proof`."""
    try:
        return drawn_apart(source, _data(definition, situation, at))
    except LetterBroken as broken:
        return _finding(broken)


def trial(
    definition: Definition, source: str, situations: Sequence[Situation], *, at: datetime
) -> tuple[Unprintable | None, ...]:
    """The source typeset for each of the situations, and nothing kept."""
    tried = tried_apart(source, [_data(definition, each, at) for each in situations])
    return tuple(None if broken is None else _why(broken) for broken in tried)


def _finding(broken: LetterBroken) -> Finding:
    why = _why(broken)
    return Finding("letters.cannot_be_typeset", "letters", {"detail": why.cause}, line=why.line)


def _why(broken: LetterBroken) -> Unprintable:
    return Unprintable(" ".join(str(broken).split())[:LONGEST_CAUSE], broken.line)


def _data(definition: Definition, situation: Situation, at: datetime) -> dict[str, Any]:
    """The same members as for a dossier (docs/formats.md), all invented but the answers and the law."""
    form = read_form(definition.form, national_places())
    return {
        "timestamp": int(at.timestamp()),
        "form": phrases.form_number("result", local_date(at), LANGUAGE),
        "agency": {"above": "Ủy ban nhân dân tỉnh Mẫu", "name": UNIT},
        "unit": {"name": UNIT, "office": UNIT, "counter": UNIT, "contact": UNIT},
        "number": "1/KQ",
        "place": "Mẫu",
        "dated": phrases.day(local_date(at), LANGUAGE),
        "applicant": "Nguyễn Văn Mẫu",
        "procedure": definition.name.in_(LANGUAGE),
        "case_type": _case_type(definition, situation.case_type),
        "filing_number": "N-000001",
        "code": "000.00.00.H00-000000-0001",
        "reference": "000.00.00.H00-000000-0001",
        "words": phrases.words("result", LANGUAGE),
        "language": LANGUAGE,
        "official": "Trần Thị Mẫu",
        **answers_told(form, situation.answers, LANGUAGE),
        "decision": {
            "ending": situation.ending,
            "reason": "Đủ điều kiện theo quy định.",
            "decided_at": phrases.instant(at, LANGUAGE),
            "decided_on": phrases.day(local_date(at), LANGUAGE),
            "legal_basis": [f"{law.number}: {law.title.in_(LANGUAGE)}" for law in definition.legal_basis],
        },
    }


def _case_type(definition: Definition, key: str) -> str:
    """Its name as a letter has it: "" when the procedure has only one kind."""
    kinds = definition.case_types
    named = next((kind for kind in kinds if kind.key == key), kinds[0] if kinds else None)
    return named.name.in_(LANGUAGE) if named is not None and len(kinds) > 1 else ""

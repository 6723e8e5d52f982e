"""A letter of a draft printed for an invented dossier: what its author looks at before it is law."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.clock import local_date
from common.problems import Finding
from common.typesetting.sandbox import typeset_apart
from common.typesetting.typeset import LetterBroken
from form_builder.summary import summary
from procedure_library.definition import Definition
from runtime.letters import phrases

LANGUAGE = "vi"
LONGEST_DETAIL = 400
UNIT = "Ủy ban nhân dân xã Mẫu"


def proof(
    definition: Definition, source: str, answers: Mapping[str, Any], *, at: datetime
) -> bytes | Finding:
    """The PDF; a Finding with the words of the typesetter when the source cannot be typeset."""
    try:
        return typeset_apart(source, _data(definition, answers, at))
    except LetterBroken as broken:
        detail = " ".join(str(broken).split())[-LONGEST_DETAIL:]
        return Finding("letters.cannot_be_typeset", "letters", {"detail": detail})


def _data(definition: Definition, answers: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The same members as for a dossier (docs/formats.md), all invented but the answers and the law."""
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
        "case_type": next((kind.name.in_(LANGUAGE) for kind in definition.case_types), ""),
        "filing_number": "N-000001",
        "code": "000.00.00.H00-000000-0001",
        "reference": "000.00.00.H00-000000-0001",
        "words": phrases.words("result", LANGUAGE),
        "language": LANGUAGE,
        "official": "Trần Thị Mẫu",
        "answers": dict(answers),
        "sections": [
            {"title": s.title, "rows": [{"label": r.label, "text": r.text} for r in s.rows if r.text]}
            for s in summary(definition.form, answers, LANGUAGE)
        ],
        "decision": {
            "ending": "granted",
            "reason": "Đủ điều kiện theo quy định.",
            "decided_at": phrases.instant(at, LANGUAGE),
            "decided_on": phrases.day(local_date(at), LANGUAGE),
            "legal_basis": [f"{law.number}: {law.title.in_(LANGUAGE)}" for law in definition.legal_basis],
        },
    }

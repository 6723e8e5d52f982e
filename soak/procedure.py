"""What the clients carry through: thirteen acts for each dossier, two consultations side by side, and money."""

from dataclasses import replace
from typing import Any

from bench.engine import procedure as measured
from common.text import Text
from procedure_library.definition import CaseType, Definition, Outcome, Step, Transition

KEY = "soaked"
EMAIL: dict[str, Any] = {
    "type": "string",
    "format": "email",
    "maxLength": 254,
    "title": "Thư điện tử",
    "x-motcua-en": {"title": "E-mail"},
    "x-motcua-prefill": "profile.email",
    "x-motcua-personal": "contact",
}
PAGE = {
    "key": "person",
    "title": {"vi": "Người yêu cầu", "en": "Applicant"},
    "fields": ["full_name", "copies", "email"],
}
FORM = {
    **measured.FORM,
    "x-motcua-pages": [PAGE],
    "properties": {**measured.FORM["properties"], "email": EMAIL},
}
RULES = f"""{measured.RULES}
charge each_copy "Charge for copies"
  cites "Circular 1/2026, art. 4"
  pay 2_000 VND
  times copies
"""
# Before the end at which it is granted, the amount is taken.
COLLECT = Step(
    "collect",
    "task",
    Text("collect", "collect"),
    role="cashier",
    area="receiving",
    outcomes=(Outcome("collected", Text("collected", "collected")),),
    collects=("each_copy",),
)
DEFINITION: Definition = replace(
    measured.DEFINITION,
    key=KEY,
    code="1.000002",
    case_types=(CaseType("ordinary", Text("Ordinary", "Ordinary"), term="ten_days", amounts=("each_copy",)),),
    steps=(*measured.STEPS, COLLECT),
    transitions=(
        *(each for each in measured.TRANSITIONS if each.target != "given"),
        Transition("signed_collect", "signed", "collect", "granted"),
        Transition("collect_given", "collect", "given"),
    ),
    form=FORM,
    rules=RULES,
)

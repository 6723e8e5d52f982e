"""Faults of what a procedure says of itself: its head, the law it names, its words. Part of `faults.FAULTS`."""

from collections.abc import Mapping

from common.text import Text
from procedure_library.definition import Citation, Definition, ResultKind
from tests.procedure_library.samples import RULES, definition

HEAD_FAULTS: Mapping[str, tuple[Definition, str]] = {
    "procedures.levels.none": (definition(levels=()), "good_standing"),
    "procedures.channels.none": (definition(channels=()), "good_standing"),
    "procedures.applicants.none": (definition(applicants=()), "good_standing"),
    "procedures.case_types.none": (definition(case_types=()), "good_standing"),
    "procedures.law.none": (definition(legal_basis=()), "good_standing"),
    "procedures.law.incomplete": (definition(legal_basis=(Citation("", Text("Luật")),)), "good_standing"),
    "procedures.results.none": (definition(results=()), "good_standing"),
    "procedures.online.no_reason": (definition(online_level="partial"), "good_standing"),
    "procedures.online.reason_for_full": (definition(partial_reason="presence"), "good_standing"),
    "procedures.online.no_channel": (definition(channels=("counter",)), "good_standing"),
    "procedures.rule.no_law": (
        definition(rules=RULES.replace('  căn_cứ "Luật 60/2014/QH13, Điều 6"\n', "")),
        "identity",
    ),
    "procedures.text.too_long": (definition(code="9" * 41), "code"),
    "procedures.translations.missing": (
        definition(results=(ResultKind("letter", Text("Cấp giấy xác nhận")),)),
        "letter",
    ),
}

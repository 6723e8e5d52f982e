"""What every page with a drawing tells its script, whether it is drawn on or only read."""

from collections.abc import Iterable, Mapping
from typing import Any

from common.web import language
from designer.offers import Offers
from designer.steps_text import CONDITIONS, for_the_canvas
from procedure_library.definition import ENDED, OPINIONS, Outcome
from procedure_library.lanes import OF_KIND
from procedure_library.package import STEPS

# Roles that work on dossiers; the others keep procedures.
WORKING = ("reception", "case_officer", "approver", "cashier", "leader")


def drawing_words(process: str) -> dict[str, Any]:
    """For `designer/_canvas_words.html`."""
    return {
        "process": process,
        "opinions": _told(OPINIONS),
        "endings": _told(ENDED),
        "lane_of_kind": dict(OF_KIND),
        "roles": WORKING,
    }


def drawing_in(files: Mapping[str, str], offered: Offers, process: str) -> str:
    """The drawing as a page can open it, its ways called in the reader's language."""
    values = {**offered.values, CONDITIONS: offered.conditions}
    return for_the_canvas(files.get(STEPS, ""), process, values, language())


def _told(outcomes: Iterable[Outcome]) -> list[dict[str, str]]:
    return [{"key": each.key, "label": each.label.vi, "label_en": each.label.en} for each in outcomes]

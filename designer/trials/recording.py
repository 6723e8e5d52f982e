"""A trial kept for good: an example whose course is what was done, with what came of each act."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from procedure_library.course import SUBMIT, CourseAct
from procedure_library.course_trials import expected_after
from procedure_library.playing import Played, Supposed
from procedure_library.structure import plain


def example_body(
    name: Any, supposed: Supposed, acts: Sequence[CourseAct], played: Played
) -> dict[str, Any] | None:
    """The example as its file says it (docs/formats/example.schema.json); None while nothing was filed."""
    sent = next((act for act in acts if act.act == SUBMIT), None)
    if sent is None:
        return None
    course = [
        replace(
            act, answers={} if act is sent else act.answers, expect=expected_after(played.happened, place)
        )
        for place, act in enumerate(acts)
    ]
    received = next((each.at for each in played.happened if each.act == "accept"), None)
    dossier = {
        "submitted_at": sent.at,
        "received_at": received.isoformat() if received else sent.at,
        "case_type": supposed.case_type,
        "channel": supposed.channel,
        "area": supposed.area,
    }
    return {
        "name": name,
        "facts": {"answers": sent.answers, "dossier": dossier},
        **({"parameters": dict(supposed.parameters)} if supposed.parameters else {}),
        "expect": {},
        "course": plain(course),
    }

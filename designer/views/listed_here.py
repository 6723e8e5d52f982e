"""What the list of steps shows of a draft, on its own page and where the canvas has no script."""

from collections.abc import Iterable, Mapping
from typing import Any

from common.problems import Finding
from common.web import session
from designer.drafts import Saved
from designer.models import Draft
from designer.offers import offers
from designer.step_listing import listed_steps
from designer.undoing import steps_of
from designer.views.step_forms import StartForm
from procedure_library.bpmn import Steps, read_steps
from procedure_library.package import STEPS


def step_list_of(
    draft: Draft, files: Mapping[str, str], saved: Saved | None, here: Iterable[Finding]
) -> dict[str, Any]:
    """The list with the revision that its forms send along. `listed` None: the file draws no steps."""
    steps, offered = read_steps(files.get(STEPS, "").encode()), offers(files)
    return {
        "listed": listed_steps(steps, offered, here) if isinstance(steps, Steps) else None,
        "start": StartForm(formdata=None),
        "offers": offered,
        "undoing": steps_of(session(), draft, STEPS),
        "revision": saved.revision if saved else 0,
    }

"""The law, or the office, has changed while an application was being filled in: what pages show, and the switch.

The applicant does it on the portal, reception at the counter.
"""

from datetime import date
from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _

from common.clock import local_date
from common.problems import Refusal
from common.web import current_actor, now, session
from runtime import applications
from runtime.addressing import successor_of, unit_closed
from runtime.differences import difference
from runtime.intake import not_taken
from runtime.models.applications import Application
from runtime.views.flashes import flash_refusal
from runtime.views.found import compiled_of
from runtime.views.units import units_for


def changes_of(here: Application) -> dict[str, Any]:
    """`difference` None: nothing has changed. `closed` None: the office is open; else `units` may take over.

    `not_taken` None: it can be sent today.
    """
    today, changed = local_date(now()), difference(session(), here, now())
    closed = unit_closed(session(), here, today)
    return {
        "difference": changed,
        "form_is_old": changed is not None and changed.version.id != here.version_id,
        "closed": closed,
        "not_taken": _not_taken(here, today),
        "units": _units(here) if closed else (),
        "successor": successor_of(session(), here, today) if closed else None,
    }


def follow_the_law(here: Application) -> None:
    """The form of the version in force, with everything typed so far."""
    if refusal := applications.follow_the_law(session(), here, by=current_actor(), at=now()):
        flash_refusal(refusal)
    else:
        flash(_("Hồ sơ theo quy định hiện nay. Xin khai tiếp phần còn thiếu, rồi gửi."), "success")


def readdress(here: Application) -> None:
    """Another office receives it."""
    unit = request.form.get("unit", type=int)
    if unit is None:
        abort(400)
    if refusal := applications.readdress(session(), here, unit, by=current_actor(), at=now()):
        flash_refusal(refusal)
    else:
        flash(_("Đã chuyển cơ quan nhận hồ sơ. Những gì đã khai vẫn còn."), "success")


def _not_taken(here: Application, today: date) -> Refusal | None:
    """What pauses or ends intake; a dossier that goes on, and a correction, are not held up by it."""
    if here.dossier_id is not None or here.corrects_id is not None:
        return None
    return not_taken(session(), here.procedure_key, today)


def _units(here: Application) -> tuple[Any, ...]:
    """Units that take the procedure; at the counter only the official's own."""
    actor = current_actor()
    among = actor.units("reception") if actor.kind == "official" else None
    return units_for(session(), compiled_of(here).definition, local_date(now()), among)

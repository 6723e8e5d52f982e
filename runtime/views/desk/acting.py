"""How the desk answers an act: back to the dossier with what was done, or with why it was not."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import Response, flash, redirect, url_for

from common.problems import Problem, Refusal
from common.web import current_actor, now, problems_page, session
from runtime.models.dossiers import Dossier
from runtime.queries import DossierView
from runtime.views.desk.asked import components_of
from runtime.views.flashes import flash_refusal
from runtime.views.once import posted_once


def done(
    verb: Callable[..., Any],
    view: DossierView,
    said: str,
    page: str | None = None,
    shown: Mapping[str, Any] | None = None,
    **arguments: Any,
) -> Response:
    """Lets the verb happen to the dossier. What was typed stands on `page` again when it is refused, with what the
    page shows besides.

    The same form sent twice is answered twice as it was the first time.
    """
    who = {"once": posted_once(), "by": current_actor(), "at": now()}
    result = verb(session(), view.dossier, **who, **arguments)
    if isinstance(result, Dossier):
        flash(said, "success")
        return to_dossier(result)
    problems: list[Problem | Refusal] = [result] if isinstance(result, Refusal) else list(result)
    if page is not None:
        return problems_page(
            page, problems, view=view, components=components_of(view), typed=arguments, **(shown or {})
        )
    flash_refusal(problems[0])
    return to_dossier(view.dossier)


def to_dossier(dossier: Dossier) -> Response:
    number = dossier.code or dossier.filing_number
    return cast(Response, redirect(url_for("desk.dossier", number=number), 303))

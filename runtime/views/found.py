"""What belongs to the citizen who asks; anything else does not exist for this person."""

from typing import TypeVar

from flask import abort, redirect, url_for

from common.clock import local_date
from common.web import current_actor, now, session
from procedure_library.compiled import Compiled
from procedure_library.queries import definition_on
from runtime import filing, queries
from runtime.models.applications import Application
from runtime.queries import DossierView

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """The thing itself; 404 when there is none, or none for this person."""
    if thing is None:
        abort(404)
    return thing


def own_application(number: int) -> Application:
    """The application that the visitor fills in; 404 when it is somebody else's."""
    return found(queries.application_for(session(), number, current_actor()))


def open_application(number: int) -> Application:
    """The application while it can be changed; afterwards its pages lead to what became of it."""
    here = own_application(number)
    if filing.closed(session(), here):
        abort(redirect(url_for("portal.confirmation", number=number), 303))
    return here


def own_dossier(reference: str) -> DossierView:
    """The dossier, as far as the visitor may see it; 404 when not at all."""
    return found(queries.dossier_for(session(), reference, current_actor(), at=now()))


def compiled_of(application: Application) -> Compiled:
    """The version that the application's form came from, ready to run, with today's list of communes."""
    return definition_on(session(), application.version_id, local_date(now()))

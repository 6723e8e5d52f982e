"""What belongs to the citizen who asks; anything else does not exist for this person."""

from flask import abort

from common.web import current_actor, session
from procedure_library.compiled import Compiled
from procedure_library.queries import definition_of
from runtime.models.applications import Application


def own_application(number: int) -> Application:
    """The citizen's application; 404 when it is somebody else's or nobody's."""
    application = session().get(Application, number)
    if application is None or application.owner_id != current_actor().account_id:
        abort(404)
    return application


def compiled_of(application: Application) -> Compiled:
    """The version that the application's form came from, ready to run."""
    return definition_of(session(), application.version_id)

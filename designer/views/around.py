"""The procedures around a draft, as they are in force today."""

from common.clock import local_date
from common.web import now, session
from procedure_library.calling import neighbours_of
from procedure_library.definition import Definition
from procedure_library.neighbours import Neighbours


def around(definition: Definition) -> Neighbours:
    """Those that it calls, and those that call it."""
    return neighbours_of(session(), definition, local_date(now()))

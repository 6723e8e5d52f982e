"""The application of a dossier as PDF, for who works on it, and of the counter, for the person to sign."""

from flask import Response

from common.web import officials
from runtime.views import printouts
from runtime.views.desk.blueprint import desk, workers
from runtime.views.found import own_application, own_dossier


@desk.get("/dossiers/<number>/printout")
@workers
def dossier_printout(number: str) -> Response:
    return printouts.of_dossier(own_dossier(number).dossier)


@desk.get("/counter/<int:number>/printout")
@officials("reception")
def counter_printout(number: int) -> Response:
    return printouts.of_application(own_application(number))

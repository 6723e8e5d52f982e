"""The applicant's own application as PDF, before and after it was sent."""

from flask import Response

from common.web import citizens
from runtime.views import printouts
from runtime.views.found import own_application, own_dossier
from runtime.views.portal.blueprint import portal


@portal.get("/applications/<int:number>/printout")
@citizens
def application_printout(number: int) -> Response:
    return printouts.of_application(own_application(number))


@portal.get("/my/dossiers/<number>/printout")
@citizens
def dossier_printout(number: str) -> Response:
    return printouts.of_dossier(own_dossier(number).dossier)

"""The applicant answers a supplement request online."""

from flask import Response

from common.web import citizens, takes_files
from runtime.views import supplying
from runtime.views.portal.blueprint import portal


@portal.get("/my/dossiers/<number>/supplement")
@citizens
def supplement(number: str) -> str:
    return supplying.show("portal", number)


@portal.post("/my/dossiers/<number>/supplement/papers")
@citizens
@takes_files
def attach_supplement(number: str) -> Response:
    return supplying.attach("portal", number)


@portal.post("/my/dossiers/<number>/supplement/uploads")
@citizens
def begin_supplement_upload(number: str) -> Response:
    return supplying.begin_upload("portal", number)


@portal.post("/my/dossiers/<number>/supplement")
@citizens
@takes_files
def answer_supplement(number: str) -> Response:
    return supplying.answer("portal", number)


@portal.post("/my/dossiers/<number>/supplement/check")
@citizens
def check_supplement(number: str) -> Response:
    return supplying.check("portal", number)

"""Reception takes a supplement from an applicant who brings it to the counter."""

from flask import Response

from common.web import officials, takes_files
from runtime.views import supplying
from runtime.views.desk.blueprint import desk


@desk.get("/dossiers/<number>/supplement")
@officials("reception")
def supplement(number: str) -> str:
    return supplying.show("desk", number)


@desk.post("/dossiers/<number>/supplement/papers")
@officials("reception")
@takes_files
def attach_supplement(number: str) -> Response:
    return supplying.attach("desk", number)


@desk.post("/dossiers/<number>/supplement/uploads")
@officials("reception")
def begin_supplement_upload(number: str) -> Response:
    return supplying.begin_upload("desk", number)


@desk.post("/dossiers/<number>/supplement")
@officials("reception")
@takes_files
def answer_supplement(number: str) -> Response:
    return supplying.answer("desk", number)


@desk.post("/dossiers/<number>/supplement/check")
@officials("reception")
def check_supplement(number: str) -> Response:
    return supplying.check("desk", number)

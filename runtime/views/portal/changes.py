"""An application follows the law in force, or goes to another office; nothing typed is lost."""

from typing import cast

from flask import Response, redirect, url_for

from common.web import citizens
from runtime.views import changing
from runtime.views.found import open_application
from runtime.views.portal.blueprint import portal


@portal.post("/applications/<int:number>/version")
@citizens
def follow_the_law(number: int) -> Response:
    changing.follow_the_law(open_application(number))
    return cast(Response, redirect(url_for("portal.application", number=number), 303))


@portal.post("/applications/<int:number>/unit")
@citizens
def readdress(number: int) -> Response:
    changing.readdress(open_application(number))
    return cast(Response, redirect(url_for("portal.check", number=number), 303))

"""Where administration begins: what needs attention, and the ways on."""

from flask import render_template

from common.identity.administration.blueprint import administration, administrators
from common.job_list import some_failed
from common.web import session


@administration.get("")
@administrators
def start() -> str:
    return render_template("identity/administration/start.html", jobs_failed=some_failed(session()))

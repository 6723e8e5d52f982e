"""One dossier as officials see it: what is to be done now, and all that is known."""

from flask import render_template

from common.clock import local_date
from common.web import now, session
from runtime.views.desk.asked import changed_since_filing
from runtime.views.desk.blueprint import desk, workers
from runtime.views.dossier_page import told
from runtime.views.found import own_dossier
from runtime.views.paying import payable_now


@desk.get("/dossiers/<number>")
@workers
def dossier(number: str) -> str:
    view = own_dossier(number)
    everything = told(session(), view)
    return render_template(
        "desk/dossier.html",
        **everything,
        payable=payable_now(session(), view, everything["charges"]),
        today=local_date(now()),
        difference=changed_since_filing(view),
    )

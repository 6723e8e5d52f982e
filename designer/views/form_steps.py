"""Undo and redo on the page of a draft's form: each a save like any other."""

from flask import Response, request
from flask_babel import gettext as _

from common.web import session
from designer.undoing import steps_of
from designer.views.blueprint import designer, writers
from designer.views.form_pages import form_address
from designer.views.saving import done, found, opened
from procedure_library.package import FORM


@designer.post("/drafts/<int:number>/form/steps")
@writers
def step_in_form(number: int) -> Response:
    """`to` is "back" or "forth"."""
    file = opened(number, FORM)
    steps = steps_of(session(), file.draft, FORM)
    is_back = request.form.get("to") == "back"
    save = found(steps.back if is_back else steps.forth)
    words = _("Đã hoàn tác thay đổi vừa rồi.") if is_back else _("Đã làm lại thay đổi vừa hoàn tác.")
    return done(file.save(save.content), form_address(number), words)

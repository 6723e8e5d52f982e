"""What stays of a trial: an example with its course, and a letter as it would be printed."""

from io import BytesIO

from flask import Response, abort, send_file, url_for
from flask_babel import gettext as _

from common.problems import Finding, Refusal
from common.web import session
from designer.drafts import revisions_of
from designer.head_text import text_body
from designer.trials import keeping
from designer.trials.recording import example_body
from designer.views.blueprint import designer, keepers, writers
from designer.views.draft_pages import draft_numbered
from designer.views.press import letter_press, player
from designer.views.saving import Open, done, posted_revision
from designer.views.trial_forms import RecordForm
from designer.views.trial_page import trial_of, trial_page
from form_builder.editing import key_from
from procedure_library.canonical import readable
from procedure_library.letter_press import Situation


@designer.post("/drafts/<int:number>/trials/<int:trial>/example")
@writers
def record_trial(number: int, trial: int) -> Response:
    draft = draft_numbered(number)
    here, form = trial_of(draft, trial), RecordForm()
    if not form.validate():
        return trial_page(draft, here, status=422, record=form)
    if here.revision != posted_revision():
        return trial_page(draft, here, (Refusal("trials.gone_on_meanwhile"),), status=409, record=form)
    played = keeping.played(session(), here, player())
    name = text_body(form.name_vi.data, form.name_en.data)
    body = example_body(name, keeping.supposed_of(session(), here), keeping.acts_of(here), played)
    if body is None:
        return trial_page(draft, here, (Refusal("trials.nothing_filed"),), status=422, record=form)
    names = {path.removeprefix("examples/").removesuffix(".json") for path in revisions_of(session(), draft)}
    file = Open(draft, f"examples/{key_from(form.name_vi.data, names)}.json", None)
    saved = file.save_with({file.path: f"{readable(body)}\n"}, {file.path: 0})
    return done(saved, url_for("designer.draft_examples", number=number), _("Đã ghi tình huống mẫu."))


@designer.get("/drafts/<int:number>/trials/<int:trial>/letters/<int:happened>/<key>")
@keepers
def trial_letter(number: int, trial: int, happened: int, key: str) -> Response:
    """A letter of the procedure as it would be printed at that point; its number and names are invented."""
    here = trial_of(draft_numbered(number), trial)
    definition, played = keeping.tried(here).definition, keeping.played(session(), here, player())
    letter = next((each for each in definition.letters if each.key == key), None) or abort(404)
    if happened >= len(played.happened):
        abort(404)
    then = played.happened[happened]
    situation = Situation(played.answers, here.case_type, then.standing.ending or "granted")
    printed = letter_press()(definition, letter.source, situation, at=then.at)
    if isinstance(printed, Finding):
        return trial_page(draft_numbered(number), here, (Refusal(printed.code, printed.parameters),))
    response = send_file(BytesIO(printed), "application/pdf", as_attachment=True, download_name=f"{key}.pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

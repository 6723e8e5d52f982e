"""One answer to a question, given to every example that lacks it: which ones, with what, and saved together."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import ngettext

from common.web import language, session
from designer.drafts import files_of, revisions_of
from designer.models import Draft
from designer.reading import definition_of_draft
from designer.tried_form import tried_form
from designer.unanswered import Unanswered, asked_alone, lacking, with_answer
from designer.views.blueprint import designer, writers
from designer.views.draft_pages import draft_numbered
from designer.views.saving import Clash, Open, done, found, page
from form_builder.pages import show, take
from procedure_library.definition import Definition

ALONE = "form"
# Boxes of examples: no question is called so, because keys have no hyphens.
PICKED = "example-"


@designer.get("/drafts/<int:number>/form/fields/<path>/examples")
@writers
def example_answers(number: int, path: str) -> Response:
    draft = draft_numbered(number)
    definition, lack = _lack(draft, path)
    alone = tried_form(asked_alone(definition.form, lack.question))
    return _page(draft, definition, lack, show(alone, ALONE, {}, language()))


@designer.post("/drafts/<int:number>/form/fields/<path>/examples")
@writers
def answer_examples(number: int, path: str) -> Response:
    draft = draft_numbered(number)
    definition, lack = _lack(draft, path)
    picked = _picked(lack)
    alone = tried_form(asked_alone(definition.form, lack.question))
    reply = take(alone, ALONE, request.form, {}, language(), new_id=_row_ids())
    if reply.unfinished:
        return _page(draft, definition, lack, reply.page, picked=picked)
    if reply.problems or not picked:
        return _page(draft, definition, lack, reply.page, picked=picked, is_empty=not picked, status=422)
    files, answer = files_of(session(), draft), reply.answers[lack.question.key]
    filled: dict[str, str | None] = {
        _file(key): with_answer(files[_file(key)], lack.places[key], answer) for key in picked
    }
    saved = Open(draft, "", None).save_with(filled, {_file(key): seen for key, seen in picked.items()})
    if isinstance(saved, Clash):
        return _page(draft, definition, lack, reply.page, picked=picked, clash=saved)
    words = ngettext(
        "Đã điền câu trả lời cho %(num)s tình huống mẫu. Muốn bỏ lần điền này thì vào «Lịch sử».",
        "Đã điền câu trả lời cho %(num)s tình huống mẫu. Muốn bỏ lần điền này thì vào «Lịch sử».",
        len(filled),
    )
    return done(saved, url_for("designer.draft_examples", number=number), words)


def _lack(draft: Draft, path: str) -> tuple[Definition, Unanswered]:
    """What is to be answered; 404 when no example lacks it."""
    definition = definition_of_draft(files_of(session(), draft))
    lack = next((each for each in lacking(definition) if each.question.path == path), None)
    return found(definition if isinstance(definition, Definition) else None), found(lack)


def _picked(lack: Unanswered) -> dict[str, int]:
    """The examples ticked, each with the revision that the page knew."""
    sent = {key: request.form.get(f"{PICKED}{key}", "") for key in lack.places}
    return {key: int(seen) for key, seen in sent.items() if seen.isdecimal() and len(seen) < 9}


def _page(draft: Draft, definition: Definition, lack: Unanswered, shown: Any, **more: Any) -> Response:
    return page(
        "designer/example_answers.html",
        Open(draft, "", None),
        **{"picked": dict.fromkeys(lack.places), "is_empty": False, **more},
        lack=lack,
        shown=shown,
        examples=[each for each in definition.examples if each.key in lack.places],
        revisions={key: revisions_of(session(), draft).get(_file(key), 0) for key in lack.places},
        box=PICKED,
    )


def _file(key: str) -> str:
    return f"examples/{key}.json"


def _row_ids() -> Any:
    rows = iter(f"r{place}" for place in range(1, 1000))
    return lambda: next(rows)

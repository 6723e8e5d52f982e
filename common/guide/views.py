"""The pages of the guide: what there is, a document, the section about a page, pictures; and tours of pages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from werkzeug.security import safe_join

from common.guide.documents import FOLDER, Document, document, names
from common.guide.places import GUIDES, Place, place_of
from common.guide.tours import Tour, has_seen, note_seen, read_tours
from common.i18n import language
from common.text import folded
from common.web.guards import public, signed_in
from common.web.html import wants_fragment
from common.web.requests import current_actor, now, session, visitor

guide = Blueprint("guide", __name__)
ONE_HOUR = 3600
MOST_HITS = 30
LONGEST_SEARCH = 100


def install(app: Flask, tours: tuple[Path, ...]) -> None:
    """Gives templates `guide_here()` and `tour_here()`; `tours` are the files in which tours are written."""
    app.extensions["motcua.tours"] = read_tours(*tours)
    app.jinja_env.globals.update(guide_here=guide_here, tour_here=tour_here)
    app.register_blueprint(guide)


def guide_here() -> str:
    """The section about the page shown, in its language; the list of guides where no section is about it."""
    place = _place(request.endpoint or "")
    return _address(place) if place else url_for("guide.contents")


def tour_here() -> Mapping[str, Any] | None:
    """The tour of the page shown, with whether the person has yet to see it; None: it has none, or nobody is here."""
    tour, who = _tours().get(request.endpoint or ""), visitor()
    if tour is None or who is None or who.account_id is None:
        return None
    stops = [stop.in_(language()) for stop in tour.stops]
    return {"key": tour.key, "stops": stops, "is_new": not has_seen(session(), who.account_id, tour)}


def _tours() -> Mapping[str, Tour]:
    found: Mapping[str, Tour] = current_app.extensions["motcua.tours"]
    return found


@guide.post("/guide/tours/<key>/seen")
@signed_in
def tour_seen(key: str) -> Response:
    """Not to be offered again by itself; the page opens anew where no JavaScript took the notice away."""
    tour = next((each for each in _tours().values() if each.key == key), None) or abort(404)
    note_seen(session(), current_actor().account_id or abort(403), tour.key, at=now())
    if wants_fragment():
        return make_response("", 204)
    return make_response(redirect(_back_to(request.form.get("page", "")), 303))


def _back_to(page: str) -> str:
    """An address of our own, or the front page: nobody is led elsewhere."""
    return page if page.startswith("/") and not page.startswith(("//", "/\\")) else "/"


@guide.get("/guide")
@public
def contents() -> str:
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    guides = [document_named(name) for name in GUIDES[language()]]
    return render_template("guide/contents.html", guides=guides, words=words, hits=_hits(guides, words))


@guide.get("/guide/section")
@public
def section() -> str:
    """What the guide says about the page named by `of`, to be shown beside it."""
    place = _place(request.args.get("of", "")) or abort(404)
    return render_template("guide/_section.html", place=place, address=_address(place))


@guide.get("/docs/<path:name>")
@public
def page(name: str) -> str:
    if name not in names():
        abort(404)
    return render_template("guide/document.html", document=document_named(name))


@guide.get("/docs/screenshots/<name>.png")
@public
def picture(name: str) -> Response:
    folder = safe_join(str(FOLDER), "screenshots") or abort(404)
    return send_from_directory(folder, f"{name}.png", max_age=ONE_HOUR)


def document_named(name: str) -> Document:
    return document(name, _to_document, _to_picture)


def _to_document(name: str) -> str:
    return f"/docs/{name}"


def _to_picture(path: str) -> str:
    return f"/docs/{path}"


def _place(endpoint: str) -> Place | None:
    return place_of(endpoint, map(document_named, GUIDES[language()]))


def _address(place: Place) -> str:
    return url_for("guide.page", name=place.document.name, _anchor=place.section.anchor)


def _hits(guides: list[Document], words: str) -> list[Any]:
    """The sections in which all the words stand, however they are accented; those that name them first."""
    wanted = folded(words).split()
    found = [
        Place(each, part)
        for each in guides
        for part in each.sections
        if part.level > 1 and wanted and all(word in folded(part.words) for word in wanted)
    ]
    found.sort(key=lambda place: not all(word in folded(place.section.title) for word in wanted))
    return [(place, _address(place)) for place in found[:MOST_HITS]]

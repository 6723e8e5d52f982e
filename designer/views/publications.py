"""The log of publications with its three acts, the scanned decisions, and what officials are told of changes."""

from typing import Any

from flask import Response, abort, render_template, request, send_file

from common.clock import local_date
from common.files import FileStore
from common.text import Text
from common.web import now, officials, session, surroundings
from designer.publication_log import LogPage, log_page
from designer.reviews.models import Submission
from designer.reviews.queries import of_versions
from designer.views.blueprint import designer, keepers
from procedure_library import queries
from procedure_library.life.models import ProcedureAct
from procedure_library.life.queries import withdrawals
from procedure_library.models import Publication


@designer.get("/publications")
@keepers
def publications() -> str:
    log = log_page(session(), before=_before())
    submissions = of_versions(session(), log.versions)
    return render_template("designer/publications.html", submissions=submissions, **_page(log))


@designer.get("/notices")
@officials()
def notices() -> str:
    """What changes in procedures, for those who work on dossiers."""
    log = log_page(session(), before=_before())
    return render_template("designer/notices.html", today=local_date(now()), **_page(log))


@designer.get("/publications/<int:number>/basis")
@keepers
def publication_basis(number: int) -> Response:
    act = session().get(Publication, number) or abort(404)
    return scanned(act.basis_file, act.basis_number)


@designer.get("/reviews/<int:number>/basis")
@keepers
def submission_basis(number: int) -> Response:
    submission = session().get(Submission, number) or abort(404)
    return scanned(submission.basis_file, submission.basis_number)


def files() -> FileStore:
    """Where scanned decisions are kept: with all other files of the installation."""
    return FileStore(surroundings().settings.data_folder / "files")


def scanned(digest: str, name: str) -> Response:
    """The file as a download; a browser never opens it in our name."""
    try:
        content = files().open(digest) if digest else abort(404)
    except FileNotFoundError:
        abort(404)
    response = send_file(content, "application/pdf", as_attachment=True, download_name=f"{_plain(name)}.pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name).strip("-")


def _page(log: LogPage) -> dict[str, Any]:
    """`names` are those of the procedures that acts are about, `withdrawn` the versions that never came into force."""
    keys = {each.procedure.key for each in log.rows if isinstance(each, ProcedureAct)}
    newest = (queries.versions_of(session(), key)[0] for key in keys)
    return {
        "log": log.rows,
        "next": log.next,
        "is_first": _before() is None,
        "names": {each.procedure.key: Text(each.name_vi, each.name_en) for each in newest},
        "withdrawn": withdrawals(session(), log.versions),
    }


def _before() -> int | None:
    typed = request.args.get("before", "")
    return int(typed) if typed.isdecimal() else None

"""The page of background jobs: what waits, what failed for good, and having it done again."""

from typing import cast

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import ngettext

from common.identity.administration.blueprint import administration, administrators
from common.job_list import PAGE, all_failed, failed, kinds, retry
from common.messages import word
from common.web import current_actor, language, now, session


@administration.get("/jobs")
@administrators
def jobs() -> str:
    after = request.args.get("after", "")
    start = int(after) if after.isdecimal() and len(after) < 19 else 0
    found = failed(session(), after=start, most=PAGE + 1)
    return render_template(
        "identity/administration/jobs.html",
        kinds=kinds(session()),
        failed=found[:PAGE],
        following=found[PAGE - 1].id if len(found) > PAGE else None,
        is_first=start == 0,
        called=_called,
    )


@administration.post("/jobs/<int:number>/retry")
@administrators
def retry_job(number: int) -> Response:
    return _done(retry(session(), (number,), by=current_actor(), at=now()) or abort(404))


@administration.post("/jobs/retry")
@administrators
def retry_jobs() -> Response:
    numbers = tuple(job.id for job in all_failed(session()))
    return _done(retry(session(), numbers, by=current_actor(), at=now()))


def _done(numbers: tuple[int, ...]) -> Response:
    count = len(numbers)
    flash(ngettext("Sẽ làm lại %(num)d việc.", "Sẽ làm lại %(num)d việc.", count), "success")
    return cast(Response, redirect(url_for("administration.jobs"), 303))


def _called(name: str) -> str:
    """What this kind of job does; its name when no package says."""
    return word(f"@jobs.{name}", language()) or name

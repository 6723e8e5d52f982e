"""What waits for the applicant too long: a supplement that does not come, a result that nobody collects."""

from datetime import datetime

from sqlalchemy import select

from common.calendar import ONE_DAY
from common.clock import local_date
from common.identity.actor import machine
from common.problems import Refusal
from runtime.acts import act
from runtime.engine import thresholds
from runtime.engine.events import Stop
from runtime.engine.timing import end_of
from runtime.happening import Said
from runtime.letters.phrases import day, phrase
from runtime.models.dossiers import Dossier
from runtime.notices import ask
from runtime.pages import After
from runtime.watch.watching import Crossing, Watch, looked, not_noted
from runtime.worlds import parties_of

# Each of these prints a letter.
STOPPED_AT_ONCE = 50
CLOCK = machine("clock")


def unanswered(watch: Watch, _after: After | None) -> After | None:
    """Stops dossiers whose supplement did not come by its last day (D6b), the longest overdue first.

    Another worker passes over what this one holds; the engine refuses where the answer has come.
    """
    question = (
        select(Dossier)
        .where(Dossier.status == "awaiting_supplement", Dossier.answer_by < watch.today.isoformat())
        .order_by(Dossier.answer_by, Dossier.id)
        .limit(STOPPED_AT_ONCE)
        .with_for_update(of=Dossier, skip_locked=True)
    )
    found = watch.session.scalars(question, execution_options={"populate_existing": True}).all()
    stopped = [dossier for dossier in found if not isinstance(_stop(watch, dossier), Refusal)]
    return After(watch.at, found[-1].id) if stopped and len(found) == STOPPED_AT_ONCE else None


def _stop(watch: Watch, dossier: Dossier) -> Dossier | Refusal:
    last = local_date(datetime.fromisoformat(dossier.state["answer_by"]))
    reason = phrase("supplement_not_answered", "vi", last=day(last, "vi"))
    return act(watch.session, dossier, Stop(by=CLOCK, at=watch.at, reason=reason), Said(reason=reason))


def not_collected(watch: Watch, after: After | None) -> After | None:
    """Results that lie ready for long: their applicants are reminded, once."""
    question = select(Dossier).where(
        Dossier.status == "decided",
        Dossier.finished_at <= end_of(watch.today - ONE_DAY),
        not_noted("not_collected", Dossier.finished_at),
    )
    return looked(watch, question, Dossier.finished_at, Dossier, after, _remind)


def _remind(watch: Watch, dossier: Dossier) -> None:
    unit_id = parties_of(dossier).units["receiving"]
    calendar, days = watch.calendar(unit_id), watch.thresholds(unit_id).collect
    assert dossier.finished_at is not None
    ready = max(dossier.finished_at, dossier.appointment_at or dossier.finished_at)
    since = thresholds.collect_from(local_date(ready), days, calendar) if calendar else None
    if since is None or since > watch.today:
        return
    crossing = Crossing(dossier.id, "not_collected", dossier.finished_at, since, unit_id, "reception")
    if watch.note(crossing):
        ask(watch.session, dossier, "not_collected", event=dossier.events, at=watch.at)

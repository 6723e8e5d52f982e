"""Loads the demo province: units, people, procedures, and 200 dossiers made by the real verbs."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from heapq import heapify, heappop, heappush
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.clock import local_date
from procedure_library.compiled import Compiled
from procedure_library.loading import load_demo_amounts, load_library
from procedure_library.models import Version
from procedure_library.queries import definition_on
from procedure_library.ready_made import national_calendar
from runtime.demo.bulk import in_bulk
from runtime.demo.days import OfficeHours
from runtime.demo.people import make_people
from runtime.demo.plans import PLANS, Planned
from runtime.demo.province import AREA, is_there, make_units
from runtime.demo.stories import Setting, told

SEED = 2026
FIRST_DAY = date(2026, 1, 5)


def load(session: Session, *, at: datetime, plans: Sequence[Planned] = PLANS) -> None:
    """The whole demo, up to now; loading again changes nothing. The same instant gives the same dossiers."""
    if is_there(session):
        return
    load_library(session, at=at)
    units = make_units(session)
    load_demo_amounts(session, area=AREA, at=at)
    people = make_people(session, units, at)
    hours = OfficeHours(national_calendar().calendar, at)
    rng = Random(SEED)  # noqa: S311 - chance for stories, not for secrets
    communes = [unit.id for unit in units.values() if unit.level == "commune"]
    places = [(unit_id, compiled) for unit_id in communes for compiled in _published(session, at)]

    # What is settled at once is most of the work of a commune.
    weights = [1 if compiled.definition.slip else 3 for _, compiled in places]

    def setting() -> Setting:
        ((unit_id, compiled),) = rng.choices(places, weights)
        kind = rng.choice(compiled.definition.case_types)
        return Setting(session, people, hours, unit_id, compiled, kind.key)

    with in_bulk(session):
        play([told(setting(), planned.plan, _filed_at(hours, planned, rng), rng) for planned in plans], at)


def play(stories: list[Iterator[datetime]], until: datetime) -> None:
    """All stories side by side, each act at its instant, none after `until`."""
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapify(waiting)
    while waiting:
        at, number, story = heappop(waiting)
        if at > until:
            continue
        following = next(story, None)
        if following is not None:
            heappush(waiting, (following, number, story))


def _published(session: Session, at: datetime) -> list[Compiled]:
    versions = session.scalars(select(Version.id).order_by(Version.id))
    found = [definition_on(session, version_id, local_date(at)) for version_id in versions]
    # A story stays in one unit: linked dossiers go on only where a worker carries their messages.
    return [each for each in found if each.definition.stands_alone and not each.graph.of_kind("call")]


def _filed_at(hours: OfficeHours, planned: Planned, rng: Random) -> datetime:
    """A time on a day as far back as the plan wants; what is closed by now is spread over the year."""
    days = hours.days(FIRST_DAY)
    if planned.days_ago is None:
        return hours.some_time_on(rng.choice(days[:-5] or days), rng)
    return hours.some_time_on(days[-1 - min(rng.choice(planned.days_ago), len(days) - 1)], rng)

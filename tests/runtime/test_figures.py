"""What leaders count: each dossier once, in the class of report 06a, and the sums of domain law hold."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.identity.models import Unit
from procedure_library.models import Version
from runtime import dossiers
from runtime.engine.timing import progress
from runtime.figures.counting import FIGURES, Figures, figures, population
from runtime.figures.listed import counted
from runtime.figures.period import Period, around, free, read
from runtime.figures.scope import units_led
from runtime.models.dossiers import Dossier
from tests.runtime.small import MONDAY
from tests.runtime.town import SMALL, Town

TODAY = date(2026, 3, 20)
MARCH = around(MONDAY.date(), "month")
EVERY_FIGURE = (*FIGURES, "received", "all_received", "resolved", "in_limit")


def on(day: int, hour: int = 9, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def told(town: Town, period: Period = MARCH, today: date = TODAY) -> Figures:
    """The figures of the ward."""
    unit = town.units["tan_an"].id
    return figures(town.session, period, [unit], today=today).get((unit, SMALL), Figures())


def row(town: Town, number: int, **changes: Any) -> Dossier:
    """A received dossier as a row, for what only columns decide."""
    unit = town.units["tan_an"].id
    known = {
        "filing_number": f"N{number}",
        "code": f"C{number}",
        "version_id": town.session.scalars(select(Version.id).limit(1)).one(),
        "procedure_key": "counted",
        "case_type": "ordinary",
        "channel": "online",
        "unit_id": unit,
        "solving_unit_id": unit,
        "applicant": {"full_name": "Nguyễn Thị Lan"},
        "applicant_folded": "nguyen thi lan",
        "status": "in_process",
        "state": {},
        "events": 0,
        "submitted_at": on(2),
        "received_at": on(2),
    }
    made = Dossier(**{**known, **changes})
    town.session.add(made)
    return made


ROWS = [
    # received, due, finished, status, the figures that count it
    (on(27, month=2), on(5), None, "in_process", {"carried_over", "in_process", "overdue"}),
    (on(27, month=2), on(27), None, "in_process", {"carried_over", "in_process"}),
    (on(27, month=2), on(27), on(28, month=2), "returned", set()),
    (on(27, month=2), on(27), on(1, 0), "returned", {"carried_over", "early", "returned"}),
    (on(2), on(12, 23), on(11, 23), "decided", {"online", "early"}),
    (on(2), on(12, 23), on(12, 0), "decided", {"online", "on_time"}),
    (on(2), on(12, 23), on(12, 23), "returned", {"online", "on_time", "returned"}),
    (on(2), on(12, 10), on(12, 11), "decided", {"online", "on_time"}),
    (on(2), on(12, 23), on(13, 0), "decided", {"online", "late"}),
    (on(2), None, on(3), "returned", {"online", "undated", "returned"}),
    (on(2), on(12), on(5), "withdrawn", {"online", "ended"}),
    (on(2), None, on(5), "stopped", {"online", "ended"}),
    (on(2), None, None, "awaiting_supplement", {"online", "in_process"}),
    (on(2), on(20, 23), None, "in_process", {"online", "in_process"}),
    (on(2), on(19, 23), None, "in_process", {"online", "in_process", "overdue"}),
    (on(31, 23), on(2, month=4), on(1, month=4), "decided", {"online", "in_process"}),
    (on(1, 0, month=4), on(2, month=4), None, "in_process", set()),
    (None, None, on(5), "not_accepted", set()),
    (None, None, None, "submitted", set()),
]


@pytest.mark.parametrize(("received", "due", "finished", "status", "counts"), ROWS)
def test_each_figure_counts_what_it_says(
    town: Town,
    received: datetime | None,
    due: datetime | None,
    finished: datetime | None,
    status: str,
    counts: set[str],
) -> None:
    row(town, 1, received_at=received, due_at=due, finished_at=finished, status=status)
    unit = town.units["tan_an"].id
    found = figures(town.session, MARCH, [unit], today=TODAY, procedure="counted")
    wanted = Figures(**dict.fromkeys(counts, 1))
    assert found == ({(unit, "counted"): wanted} if counts else {})


def test_what_came_to_the_counter_or_by_post_is_not_online(town: Town) -> None:
    for number, channel in enumerate(("counter", "post", "online")):
        row(town, number, channel=channel)
    (found,) = figures(
        town.session, MARCH, [town.units["tan_an"].id], today=TODAY, procedure="counted"
    ).values()
    assert (found.online, found.direct, found.received) == (1, 2, 3)


def test_a_dossier_in_its_real_life_moves_through_the_figures(town: Town) -> None:
    dossier = town.received()
    assert told(town) == Figures(online=1, in_process=1, overdue=1)
    assert told(town, today=MONDAY.date()) == Figures(online=1, in_process=1)
    town.complete(dossier, "incomplete", reason="Thiếu chữ ký")
    assert told(town) == Figures(online=1, in_process=1, supplements=1)
    other = town.finished()
    assert told(town) == Figures(online=2, in_process=1, early=1, supplements=1)
    dossiers.withdraw(town.session, dossier, reason="", by=town.citizen(), at=MONDAY)
    dossiers.hand_over(town.session, other, by=town.official("reception"), at=MONDAY)
    assert told(town) == Figures(online=2, ended=1, early=1, returned=1, supplements=1)
    assert told(town, around(date(2026, 4, 1), "month")) == Figures()


def test_the_class_is_that_of_the_board(town: Town) -> None:
    """Counted in the database, or judged by the engine's rule: the same."""
    days = [on(day, hour) for day in (11, 12, 13) for hour in (0, 10, 23)]
    words = {"early": "early", "on_time": "on_time", "late": "overdue"}
    for number, (due, finished) in enumerate((due, finished) for due in days for finished in days):
        row(town, number, procedure_key=f"p{number}", due_at=due, finished_at=finished, status="decided")
        (found,) = figures(
            town.session, MARCH, [town.units["tan_an"].id], today=TODAY, procedure=f"p{number}"
        ).values()
        (said,) = {words[name] for name in words if getattr(found, name)}
        assert said == progress(due.date(), finished.date(), TODAY, None), (due, finished)


instants = st.integers(0, 80 * 24 * 60).map(lambda minutes: on(20, 0, 1) + timedelta(minutes=minutes))
lives = st.tuples(
    instants,
    st.none() | st.timedeltas(timedelta(), timedelta(days=30)),
    st.none() | st.timedeltas(timedelta(), timedelta(days=40)),
    st.sampled_from(("counter", "online", "post")),
    st.sampled_from(("decided", "returned", "withdrawn", "stopped")),
)
periods = st.sampled_from(("2026-02", "2026-03", "2026-Q1", "2026", "2026-03-05~2026-03-09")).map(read)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lives, min_size=1, max_size=12), periods)
def test_the_identities_of_the_report_hold(town: Town, found: list[Any], period: Period) -> None:
    with town.session.begin_nested() as savepoint:
        for number, (received, term, took, channel, ended) in enumerate(found):
            row(
                town,
                number,
                received_at=received,
                due_at=received + term if term is not None else None,
                finished_at=received + took if took is not None else None,
                channel=channel,
                status=ended if took is not None else "in_process",
            )
        unit = town.units["tan_an"].id
        one = sum_of(figures(town.session, period, [unit], today=TODAY, procedure="counted"))
        assert one.carried_over + one.received == one.resolved + one.ended + one.in_process
        assert one.resolved == one.early + one.on_time + one.late + one.undated
        assert one.in_process == one.in_limit + one.overdue
        assert one.returned <= one.resolved
        for figure in EVERY_FIGURE:
            page = counted(
                town.session,
                town.official("leader"),
                period,
                [unit],
                figure,
                today=TODAY,
                procedure="counted",
            )
            assert page is not None
            assert len(page.rows) == getattr(one, figure), figure
        after = sum_of(figures(town.session, period.later(), [unit], today=TODAY, procedure="counted"))
        assert after.carried_over == one.in_process
        savepoint.rollback()


def sum_of(found: dict[Any, Figures]) -> Figures:
    return sum(found.values(), Figures())


def test_a_leader_sees_the_own_unit_and_those_below(town: Town) -> None:
    ward = town.official("leader")
    assert [unit.key for unit in units_led(town.session, ward)] == ["tan_an"]
    province = replace(ward, posts=frozenset({(town.units["province"].id, "leader")}))
    assert {unit.key for unit in units_led(town.session, province)} == set(town.units)
    part = Unit(
        key="quarter",
        code="000.21.01.01.H99",
        name_vi="Khu phố 1",
        level="commune",
        parent_id=town.units["tan_an"].id,
        valid_from=date(2025, 7, 1),
    )
    town.session.add(part)
    town.session.flush()
    assert {unit.key for unit in units_led(town.session, ward)} == {"tan_an", "quarter"}
    assert units_led(town.session, town.official("case_officer")) == ()
    assert len(units_led(town.session, town.official("administrator", "province"))) == len(town.units) + 1


def test_names_are_told_in_ones_own_units_only(town: Town) -> None:
    row(town, 1)
    ward = town.official("leader")
    above = replace(ward, posts=frozenset({(town.units["province"].id, "leader")}))
    unit = town.units["tan_an"].id
    for actor, name in ((ward, "Nguyễn Thị Lan"), (above, None)):
        page = counted(town.session, actor, MARCH, [unit], "online", today=TODAY, procedure="counted")
        assert page is not None
        assert [each.applicant for each in page.rows] == [name]
    assert counted(town.session, ward, MARCH, [unit], "nonsense", today=TODAY) is None


def test_a_long_list_is_read_page_by_page(town: Town) -> None:
    for number in range(5):
        row(town, number, received_at=on(2, 8 + number % 2))
    town.session.flush()
    unit, seen, after = town.units["tan_an"].id, [], None
    while True:
        page = counted(
            town.session,
            town.official("leader"),
            MARCH,
            [unit],
            "online",
            today=TODAY,
            procedure="counted",
            after=after,
            limit=2,
        )
        assert page is not None
        seen += [each.reference for each in page.rows]
        if page.after is None:
            break
        after = page.after
    assert seen == ["C3", "C1", "C4", "C2", "C0"]


@pytest.fixture
def crowded(session: Session, town: Town) -> Town:
    """Ten thousand dossiers of ten years in two units, so that the planner has a choice."""
    row(town, 0)
    session.flush()
    session.execute(
        text(
            """insert into dossiers (filing_number, code, version_id, procedure_key, case_type, channel, unit_id,
                 solving_unit_id, applicant, applicant_folded, locale, status, state, events, submitted_at,
                 received_at, due_at, finished_at)
               select 'M' || n, 'M' || n, version_id, 'p' || n % 20, case_type, channel, unit_id,
                 case when n % 2 = 0 then unit_id else unit_id + 1 end, applicant, applicant_folded, locale,
                 'returned', state, 0, at, at, at + interval '5 days', at + interval '3 days'
               from dossiers, generate_series(1, 10000) n,
                 lateral (select timestamptz '2016-01-01 09:00+07' + n * interval '8 hours' as at) as t
               where filing_number = 'N0'"""
        )
    )
    return town


def test_a_period_is_counted_without_reading_ten_years(crowded: Town) -> None:
    plan = explained(crowded.session, free(date(2024, 3, 1), date(2024, 3, 31)), crowded.units["tan_an"].id)
    assert "ix_dossiers_figures" in plan
    assert "Seq Scan on dossiers" not in plan


def explained(session: Session, period: Period, unit: int) -> str:
    """How the database would count the period."""
    statement = select(func.count()).where(population(period, [unit]))
    asked = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    return "\n".join(session.connection().exec_driver_sql(f"explain {asked}").scalars())

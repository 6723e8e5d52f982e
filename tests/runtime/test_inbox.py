"""What waits for whom, by due date, and how urgent it is."""

from datetime import datetime, timedelta

from sqlalchemy import text

from common.clock import ZONE
from common.text import Text
from runtime import dossiers, queries, tasks
from runtime.inbox import Counts
from runtime.pages import After
from tests.runtime.small import MONDAY
from tests.runtime.town import Town

DAY = timedelta(days=1)


def test_the_most_urgent_stands_first_and_pages_follow_each_other(town: Town) -> None:
    received = [town.received(MONDAY + DAY * n) for n in (3, 0, 2, 1)]
    officer = town.official("case_officer")
    expected = sorted(received, key=lambda d: d.received_at or MONDAY)
    seen, after = [], None
    for _ in range(3):
        page = queries.inbox(town.session, officer, at=MONDAY, after=after, limit=2)
        seen += [row.reference for row in page.rows]
        after = page.after and After.read(str(page.after))
        if after is None:
            break
    assert seen == [d.code for d in expected]


def test_a_row_says_what_it_is_in_words(town: Town) -> None:
    dossier = town.received()
    (row,) = queries.inbox(town.session, town.official("case_officer"), at=MONDAY).rows
    assert row.step == Text("Bước examine", "Step examine")
    assert row.procedure == Text("Cấp giấy xác nhận", "Letter of good standing")
    assert (row.reference, row.applicant) == (dossier.code, "Nguyễn Thị Thuỳ Linh")
    assert (row.progress, row.claimed_by, row.is_mine) == ("due_soon", "", False)


def test_only_posts_of_the_official_are_shown(town: Town) -> None:
    town.received()
    town.filed()
    for role, unit, kinds in (
        ("case_officer", "tan_an", ["step"]),
        ("reception", "tan_an", ["reception"]),
        ("approver", "tan_an", []),
        ("case_officer", "hoa_binh", []),
    ):
        rows = queries.inbox(town.session, town.official(role, unit), at=MONDAY).rows
        assert [row.kind for row in rows] == kinds
    assert queries.inbox(town.session, town.citizen(), at=MONDAY).rows == ()


def test_claimed_work_is_mine_and_still_in_the_pool(town: Town) -> None:
    dossier = town.received()
    first, second = (town.official("case_officer", nth=n) for n in (0, 1))
    tasks.claim(town.session, town.task(dossier), by=first, at=MONDAY)
    (mine,) = queries.inbox(town.session, first, at=MONDAY, mine=True).rows
    assert (mine.is_mine, mine.claimed_by) == (True, "Nguyễn Văn Bình")
    (pool,) = queries.inbox(town.session, second, at=MONDAY).rows
    assert (pool.is_mine, pool.claimed_by) == (False, "Nguyễn Văn Bình")
    assert queries.inbox(town.session, second, at=MONDAY, mine=True).rows == ()


def test_counts_follow_the_classes_of_the_board(town: Town) -> None:
    officer = town.official("case_officer")
    for n in (0, 2, 3):
        town.received(MONDAY + DAY * n)
    tasks.claim(town.session, town.task(town.received(MONDAY + DAY * 3)), by=officer, at=MONDAY + DAY * 3)
    # On Wednesday: Monday's budget ended on Tuesday, Wednesday's ends on Thursday, Thursday's on Friday.
    counted = queries.counts(town.session, officer, at=MONDAY + DAY * 2)
    assert counted == Counts(overdue=1, due_soon=1, in_limit=2, no_date=0, mine=1)
    rows = queries.inbox(town.session, officer, at=MONDAY + DAY * 2).rows
    assert [row.progress for row in rows] == ["overdue", "due_soon", "in_limit", "in_limit"]


def test_a_task_without_any_date_stands_last(town: Town) -> None:
    late = datetime(2026, 12, 31, 9, 0, tzinfo=ZONE)
    town.received(late)
    (row,) = queries.inbox(town.session, town.official("case_officer"), at=late).rows
    assert (row.due_at, row.progress) == (None, "no_date")
    assert queries.counts(town.session, town.official("case_officer"), at=late).no_date == 1


def test_a_result_that_nobody_has_fetched_is_not_the_offices_delay(town: Town) -> None:
    """Decided in time; a week after the promised day it still waits for the applicant, and nothing is overdue."""
    dossier, reception = town.finished(), town.official("reception")
    week_later = MONDAY + DAY * 9
    (row,) = queries.inbox(town.session, reception, at=week_later).rows
    assert (row.kind, row.progress, row.due_at) == ("hand_over", "no_date", None)
    assert row.promised_at == dossier.appointment_at
    assert queries.counts(town.session, reception, at=week_later) == Counts(0, 0, 0, no_date=1, mine=0)


def test_work_without_a_budget_follows_the_deadline_of_the_dossier(town: Town) -> None:
    dossier = town.received()
    town.complete(dossier, "fit")
    assert town.task(dossier).due_at is None
    assert town.task(dossier).sort_at == dossier.due_at


def test_reading_the_inbox_does_not_read_closed_work(town: Town) -> None:
    """The partial indexes answer, however many tasks are done."""
    for _ in range(3):
        town.finished()
    # Of a few rows any way is as quick; only these indexes give them in the order of the page.
    for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
        town.session.execute(text(f"set local enable_{way} = off"))
    plans = []
    for condition in (
        "unit_id = 1 and role = 'case_officer' and status in ('open', 'claimed')",
        "claimed_by = 1 and status = 'claimed'",
    ):
        asked = f"explain select * from tasks where {condition} order by sort_at, id limit 50"
        plans.append("\n".join(town.session.scalars(text(asked))))
    assert "ix_tasks_inbox" in plans[0]
    assert "ix_tasks_mine" in plans[1]


def test_search_finds_by_code_number_and_beginning_of_the_name(town: Town) -> None:
    dossier = town.received()
    reception = town.official("reception")
    for typed in (dossier.code, dossier.filing_number, "038190001234", "nguyen thi thuy", "NGUYỄN"):
        assert [d.code for d in queries.search(town.session, reception, str(typed)).rows] == [dossier.code]
    assert queries.search(town.session, reception, "thuy linh").rows == ()
    assert queries.search(town.session, reception, "100%").rows == ()
    assert queries.search(town.session, town.official("reception", "hoa_binh"), str(dossier.code)).rows == ()


def test_a_dossier_shows_its_history_in_words(town: Town) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason="Thiếu chữ ký")
    view = queries.dossier_for(town.session, str(dossier.code), town.citizen(), at=MONDAY)
    assert view is not None
    told = [
        (h.act, h.acting_as, h.who, h.outcome.vi, h.reason) for h in queries.history_of(town.session, view)
    ]
    assert told == [
        ("submit", "applicant", "", "", ""),
        ("accept", "reception", "Trần Thu Hà", "", ""),
        ("complete", "case_officer", "Nguyễn Văn Bình", "Chọn incomplete", "Thiếu chữ ký"),
    ]
    assert view.acts == ("answer_supplement", "withdraw")
    assert view.may_work == ()


def test_a_view_tells_who_may_do_what_next(town: Town) -> None:
    dossier = town.received()

    def acts(role: str) -> tuple[str, ...]:
        view = queries.dossier_for(town.session, str(dossier.code), town.official(role), at=MONDAY)
        assert view is not None
        return (*view.acts, *(f"task {task.step}" for task in view.may_work))

    assert acts("reception") == ("withdraw",)
    assert acts("case_officer") == ("task examine",)
    assert acts("leader") == ("reappoint", "suspend", "stop", "move")
    dossiers.stop(town.session, dossier, reason="Không đủ căn cứ", by=town.official("leader"), at=MONDAY)
    assert acts("leader") == ()

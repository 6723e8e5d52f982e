"""A ledger as a file has it, and what happens at the very minute."""

from datetime import time, timedelta
from typing import Any

import pytest

from rules_dsl.ledger import LedgerEntry, read_ledger
from rules_dsl.terms import Allowance, Deadline, derive
from tests.rules_dsl.world import calendar, local

STARTED = {"kind": "started", "at": "2026-03-02T09:00:00+07:00"}
EXTENDED = {"kind": "extended", "at": "2026-03-04T02:00:00+00:00", "amount": 2}


def test_a_ledger_is_read_the_earliest_event_first() -> None:
    started, extended = read_ledger([EXTENDED, STARTED])
    assert started == LedgerEntry("started", local("2026-03-02 09:00"))
    assert extended == LedgerEntry("extended", local("2026-03-04 09:00"), 2)
    assert read_ledger(()) == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"kind": "started"}, r"\[…\]\?"),
        (["started"], "kind: started, suspended, resumed, restarted, extended, start_corrected, stopped"),
        (
            [{**STARTED, "kind": "begun"}],
            "kind: started, suspended, resumed, restarted, extended, start_corrected, stopped",
        ),
        ([{"kind": "started"}], "Invalid isoformat string: 'None'"),
        ([{**STARTED, "at": "2026-03-02T09:00:00"}], r"2026-03-02T09:00:00: \+07:00\?"),
        ([{**EXTENDED, "amount": "2"}], "amount: '2'"),
        ([{**EXTENDED, "amount": True}], "amount: True"),
    ],
)
def test_what_is_no_ledger_says_what_it_should_be(body: Any, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}"):
        read_ledger(body)


@pytest.mark.parametrize(
    ("term", "due_at"),
    [
        (Allowance(12, "hour"), "2026-03-02 21:00"),
        (Allowance(2, "working_hour", method="M-HOUR"), "2026-03-02 11:00"),
        (Allowance(1, "working_day", method="M-HOUR"), "2026-03-03 09:00"),
    ],
)
def test_a_clock_that_is_stopped_the_minute_it_runs_out_has_run_out(term: Allowance, due_at: str) -> None:
    started = LedgerEntry("started", local("2026-03-02 09:00"))
    found = derive(term, (started, LedgerEntry("suspended", local(due_at))), calendar())
    assert isinstance(found, Deadline)
    assert found.due_at == local(due_at)
    stopped = LedgerEntry("suspended", local(due_at) - timedelta(minutes=1))
    assert not isinstance(derive(term, (started, stopped), calendar()), Deadline)


@pytest.mark.parametrize(
    ("received", "due_at"),
    [("2026-03-02 15:00", "2026-03-03 08:00"), ("2026-03-02 15:01", "2026-03-03 10:30")],
)
def test_working_hours_begin_the_next_day_after_the_cut_off(received: str, due_at: str) -> None:
    term = Allowance(3, "working_hour", method="M-HOUR", cut_off=time(15))
    found = derive(term, (LedgerEntry("started", local(received)),), calendar())
    assert isinstance(found, Deadline)
    assert found.due_at == local(due_at)

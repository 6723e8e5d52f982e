"""Days as people type them."""

from datetime import date

import pytest

from runtime.views.typed_day import typed_day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21/11/2026", date(2026, 11, 21)),
        (" 1/2/2026 ", date(2026, 2, 1)),
        ("21-11-2026", date(2026, 11, 21)),
        ("21.11.2026", date(2026, 11, 21)),
        ("31/02/2026", None),
        ("2026-11-21", None),
        ("ngày mai", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_on_the_papers(typed: str, day: date | None) -> None:
    assert typed_day(typed) == day

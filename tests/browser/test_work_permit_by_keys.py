"""The same procedure by the list of steps and the keyboard alone, to the same graph and the same permit."""

import inspect
from collections.abc import Callable

from tests.browser import asking, work_permit_list
from tests.browser import work_permit as permit
from tests.browser import work_permit_faults as faults
from tests.browser import work_permit_life as life
from tests.browser.keys import Keys
from tests.browser.work_permit_office import STORED, Enter, drawn, enter  # noqa: F401 — fixtures


def test_a_work_permit_is_made_and_issued_without_a_mouse(
    enter: Enter,  # noqa: F811
    drawn: Callable[[], permit.Graph],  # noqa: F811
    worker: Callable[[], None],
) -> None:
    hand = Keys(enter("quantri"))
    draft = permit.describe(hand)
    work_permit_list.draw(hand, draft)
    work_permit_list.mend(hand, draft)
    assert drawn() == permit.graph(STORED.read_bytes())
    faults.mend_the_letter(hand, draft)
    work_permit_list.mend_rules(hand, draft)
    life.publish(hand, draft, lambda login: Keys(enter(login)))
    life.issue(lambda login: Keys(enter(login)), worker)


def test_it_touches_no_mouse() -> None:
    """Neither a click nor a shortcut of the tests: whatever it does, keys do."""
    parts = (permit, asking, work_permit_list, faults.mend_the_letter, life, Keys)
    for touch in (".click(", ".fill(", ".check(", ".select_option(", ".mouse", ".set_input_files("):
        assert [each for each in parts if touch in inspect.getsource(each)] == [], touch

"""Cấp giấy phép lao động made wholly in the browser: drawn, mended by what the checks find, published, run."""

from collections.abc import Callable

from tests.browser import work_permit as permit
from tests.browser import work_permit_faults as faults
from tests.browser import work_permit_life as life
from tests.browser import work_permit_steps
from tests.browser.mouse import Mouse
from tests.browser.work_permit_office import STORED, Enter, drawn, enter  # noqa: F401 — fixtures


def test_a_work_permit_is_drawn_mended_published_and_issued(
    enter: Enter,  # noqa: F811
    drawn: Callable[[], permit.Graph],  # noqa: F811
    worker: Callable[[], None],
) -> None:
    hand = Mouse(enter("quantri"))
    draft = permit.describe(hand)
    work_permit_steps.draw(hand.page, draft)
    faults.mend_the_drawing(hand.page)
    assert drawn() == permit.graph(STORED.read_bytes())
    faults.mend_the_letter(hand, draft)
    faults.mend_the_rules(hand.page, draft)
    life.publish(hand, draft, lambda login: Mouse(enter(login)))
    life.issue(lambda login: Mouse(enter(login)), worker)

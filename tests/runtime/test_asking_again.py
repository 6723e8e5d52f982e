"""Right after a move the applicant may be asked for what the new form does not take, by an act of its own."""

import pytest

from common.problems import Refusal
from runtime.engine.advance import Advance
from runtime.engine.effects import CloseTaskRow, IssueLetter, Notify
from runtime.engine.events import AnswerSupplement, AskAgain
from runtime.engine.fold import fold_all
from tests.runtime.small import APPLICANT, Desk, official
from tests.runtime.test_moves import BASIS, LATER, moved, now_under, stood


def asked_again(desk: Desk, role: str = "leader") -> Advance | Refusal:
    return desk.ask(AskAgain(by=official(role), at=LATER, reason=BASIS))


def test_right_after_a_move_the_applicant_is_asked_for_what_the_form_does_not_take() -> None:
    desk = stood("examine")
    now_under(desk, "question")
    assert isinstance(moved(desk), Advance)
    answer = asked_again(desk)
    assert isinstance(answer, Advance), answer
    assert (desk.state.status, desk.state.asked) == ("awaiting_supplement", ("person",))
    assert [entry.kind for entry in desk.state.ledger] == ["started", "suspended"]
    assert {IssueLetter("supplement_request"), Notify("awaiting_supplement")} <= set(answer.effects)
    assert [each.closed.how for each in answer.effects if isinstance(each, CloseTaskRow)] == ["cancelled"]
    again = asked_again(desk)
    assert isinstance(again, Refusal)
    assert again.code == "dossiers.not_now.ask_again"
    assert isinstance(desk.ask(AnswerSupplement(by=APPLICANT, at=LATER)), Advance)
    assert [task.step for task in desk.state.tasks] == ["examine"]
    assert fold_all(desk.records) == desk.state


@pytest.mark.parametrize(
    ("where", "change", "role", "code"),
    [
        ("examine", "fee", "leader", "dossiers.move.nothing_to_ask"),
        ("examine", "question", "approver", "dossiers.not_yours"),
        # The approver has no way to the applicant.
        ("sign", "question", "leader", "dossiers.move.no_supplement"),
    ],
)
def test_nobody_is_asked_where_the_procedure_has_no_way_to_ask(
    where: str, change: str, role: str, code: str
) -> None:
    desk = stood(where)
    now_under(desk, change)
    assert isinstance(moved(desk), Advance)
    answer = asked_again(desk, role)
    assert isinstance(answer, Refusal)
    assert answer.code == code

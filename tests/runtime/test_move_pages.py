"""The pages of moves, without JavaScript: ask, look, choose steps, order with a basis, undo; nobody else comes in."""

from collections.abc import Callable
from datetime import date, datetime
from html import unescape

import pytest
from flask.testing import FlaskClient

from common.jobs import Work
from config import Settings
from runtime.demo.accounts import PASSWORD
from runtime.models.dossiers import Dossier
from runtime.models.moves import Move
from runtime.moves import asking, carrying_out
from runtime.office import Office
from tests.runtime.small import MONDAY
from tests.runtime.test_moves import BASIS, CHECKING
from tests.runtime.town import SMALL, Town, publish_small
from tests.web.people import send, sign_in

NEW = f"/desk/moves/new?procedure={SMALL}"


@pytest.fixture
def waiting(town: Town) -> Dossier:
    """A dossier of a version that another has followed."""
    publish_small(town.session, MONDAY, date(2026, 1, 2))
    dossier = town.received()
    publish_small(town.session, MONDAY, date(2026, 3, 2), **CHECKING)
    return dossier


@pytest.fixture
def worked_off(
    town: Town, office: Office, settings: Settings
) -> Callable[[Callable[[Work, int], bool]], Move]:
    def work(job: Callable[[Work, int], bool]) -> Move:
        town.session.expire_all()
        move: Move = town.all(Move)[-1]
        at: datetime = move.ordered_at or move.asked_at
        while job(Work(town.session, at, office.files, settings), move.id):
            pass
        town.session.flush()
        return move

    return work


def test_a_leader_looks_then_orders_then_takes_back(
    town: Town, client: FlaskClient, waiting: Dossier, worked_off: Callable[..., Move]
) -> None:
    old, new = waiting.version_id, waiting.version_id + 1
    sign_in(client, "lanhdao", PASSWORD)
    asked = {"procedure": SMALL, "to": str(new), "from": str(old)}
    assert send(client, "/desk/moves", NEW, **asked).status_code == 303
    here = f"/desk/moves/{town.all(Move)[-1].id}"
    assert client.get(here).headers["Refresh"]

    worked_off(asking.look_further)
    page = client.get(here)
    assert "Refresh" not in page.headers
    assert "Bước không còn ở phiên bản mới" in unescape(page.text)
    assert send(client, f"{here}/steps", here, **{"step.examine": "check"}).status_code == 303

    move = worked_off(asking.look_further)
    here = f"/desk/moves/{move.id}"
    assert waiting.code in client.get(here).text
    assert send(client, f"{here}/order", here, basis=" ").status_code == 422
    assert send(client, f"{here}/order", here, basis=BASIS).status_code == 303
    assert send(client, f"{here}/order", here, basis=BASIS).status_code == 422

    worked_off(carrying_out.move_further)
    town.session.refresh(waiting)
    assert (waiting.version_id, town.task(waiting).step) == (new, "check")
    assert BASIS in unescape(client.get(f"/desk/dossiers/{waiting.code}").text)
    one = client.get(f"{here}?only={waiting.id}").text
    assert f'name="dossier" value="{waiting.id}"' in one
    undo = {"reason": "Nhầm phiên bản", "dossier": str(waiting.id)}
    assert send(client, f"{here}/undoing", here, **undo).status_code == 303

    worked_off(carrying_out.undo_further)
    town.session.refresh(waiting)
    assert (waiting.version_id, town.task(waiting).step) == (old, "examine")
    assert "Đã hoàn tác" in unescape(client.get("/desk/moves").text)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"to": "0"}, "Chưa chọn được phiên bản"),
        ({"from": ""}, "Chưa chọn được phiên bản"),
        ({"since": "32/13/2026"}, "không phải là ngày"),
        ({"unit": "987654"}, "không có quyền"),
    ],
)
def test_what_cannot_be_asked_is_said_and_what_was_typed_stays(
    town: Town, client: FlaskClient, waiting: Dossier, typed: dict[str, str], said: str
) -> None:
    sign_in(client, "lanhdao", PASSWORD)
    form = {
        "procedure": SMALL,
        "to": str(waiting.version_id + 1),
        "from": str(waiting.version_id),
        "until": "31/03/2026",
        **typed,
    }
    answer = send(client, "/desk/moves", NEW, **form)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert 'value="31/03/2026"' in answer.text
    assert town.all(Move) == []


@pytest.mark.parametrize("login", ["tiepnhan", "thuly", "pheduyet", "congdan"])
def test_nobody_but_leaders_comes_in(client: FlaskClient, waiting: Dossier, login: str) -> None:
    sign_in(client, login, PASSWORD)
    assert client.get("/desk/moves").status_code == 403

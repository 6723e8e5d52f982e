"""What happens beside linked dossiers: moves, corrections, orders, leaders' mails, two workers at once."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from common.clock import ZONE
from common.db import Database
from common.identity.models import Account
from common.jobs import Work
from common.problems import Refusal
from config import Settings
from runtime import corrections, dossiers
from runtime.acts import happen
from runtime.engine.events import Move
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.happening import Said
from runtime.holding import hold
from runtime.limits import pass_due
from runtime.linking import opening
from runtime.models.applications import Application
from runtime.models.dossiers import Dossier
from runtime.models.money import Charge
from runtime.models.tasks import Task
from runtime.office import Office
from runtime.telling import tell_late
from tests.runtime.calling import callable_small, calling
from tests.runtime.linked import Post, published
from tests.runtime.small import MONDAY
from tests.runtime.smtp import mail_server
from tests.runtime.test_linked import BEFORE, begin, finish, sound
from tests.runtime.town import FORM, Town, publish_small, town_in

LATER = datetime(2026, 3, 5, 9, 0, tzinfo=ZONE)


@pytest.fixture
def post(town: Town, office: Office, settings: Settings) -> Post:
    town.units["police"].functions, town.units["hoa_binh"].functions = "", "police"
    published(town, replace(callable_small(), form=FORM))
    return Post(town, office, settings)


def test_a_dossier_that_awaits_its_part_stays_under_its_version(post: Post) -> None:
    parent = begin(post)
    body = calling()
    newer = publish_small(
        post.town.session, BEFORE, MONDAY.date(), steps=body.steps, transitions=body.transitions
    )
    event = Move(by=post.town.official("leader"), at=MONDAY, basis="Quyết định 5/QĐ-UBND")
    held = hold(post.town.session, parent.id)
    waits = Refusal("dossiers.move.waits", {"step": "residence"})
    assert happen(post.town.session, held, event, version_id=newer.id) == waits
    finish(post, post.child(parent))
    held = hold(post.town.session, parent.id)
    assert happen(post.town.session, held, event, Said(reason=event.basis), version_id=newer.id) is None
    assert parent.version_id == newer.id
    assert [child.ended for child in from_plain(State, parent.state).children] == ["granted"]
    sound(post, parent, post.child(parent))


def test_a_correction_of_the_whole_corrects_its_parts_at_no_cost(post: Post) -> None:
    parent = begin(post)
    finish(post, post.child(parent))
    assert isinstance(post.town.complete(parent, "granted"), Task)
    by = post.town.official("reception")
    assert isinstance(dossiers.hand_over(post.town.session, parent, by=by, at=MONDAY), Dossier)
    key = "a-key-of-the-page-7"
    begun = corrections.begin(post.town.session, parent, reason="Ghi sai tên", key=key, by=by, at=LATER)
    assert isinstance(begun, Application), begun
    again = dossiers.enter_at_counter(post.town.session, begun, by=by, at=LATER)
    assert isinstance(again, Dossier), again
    post.carry(LATER)
    part = post.child(again)
    assert from_plain(State, part.state).corrects == post.child(parent).filing_number
    assert post.town.all(Charge, dossier_id=part.id) == []
    sound(post, again, part)


def test_leaders_get_one_mail_when_a_part_is_late(post: Post, settings: Settings) -> None:
    parent = begin(post)
    leader = post.town.session.get_one(Account, post.town.official("leader").account_id)
    leader.email = "lanhdao@example.vn"
    pass_due(post.work_at(LATER))
    pass_due(post.work_at(LATER + timedelta(days=1)))
    assert [limit.step for limit in from_plain(State, parent.state).limits] == []
    with mail_server() as (address, received):
        reached = replace(settings, mail_server=address, mail_sender="motcua@lamson.example")
        tell_late(Work(post.town.session, LATER, post.office.files, reached), parent.id, "residence")
    assert [(mail["To"], mail["Subject"]) for mail in received] == [
        ("lanhdao@example.vn", f"Hồ sơ {parent.code}: phần liên thông «Bước residence» quá hạn")
    ]


def test_two_workers_open_one_child(database: Database, office: Office, settings: Settings) -> None:
    with database.transaction() as session:
        town = town_in(session)
        town.units["police"].functions, town.units["hoa_binh"].functions = "", "police"
        published(town, replace(callable_small(), form=FORM))
        body = calling()
        publish_small(session, BEFORE, MONDAY.date(), steps=body.steps, transitions=body.transitions)
        parent_id = town.received().id
    start = threading.Barrier(2)

    def work() -> None:
        with database.transaction() as session:
            start.wait(60)
            opening.open_once(Work(session, MONDAY, office.files, settings), parent_id, 1)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    with database.transaction() as session:
        assert len(session.scalars(select(Dossier).where(Dossier.parent_id == parent_id)).all()) == 1

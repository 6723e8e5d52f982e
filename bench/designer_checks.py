"""How soon an author knows: soundness of sixty steps, and the answer of the checks after one step was edited."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import create_app
from bench import measures, median_seconds, median_work
from bench.sixty_steps import sixty_steps
from bench.storage import migrated
from common.clock import system_clock
from common.db import Database
from common.identity.actor import machine
from common.identity.models import Account, Assignment, Unit
from common.operations.database import application_url
from common.text import Text
from designer.drafts import begin_new, file_of, save_all
from designer.models import Draft
from procedure_library.checks import soundness
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition
from procedure_library.loading import load_library
from procedure_library.package import STEPS, package_files, read_package
from procedure_library.ready_made import packages

LARGEST = "lien_thong_khai_sinh"
LOGIN, PASSWORD = "tac_gia", "cây đa bến nước"
AUTHOR = machine("bench")


@measures("designer.soundness_60_steps_ms", "ms", "<= 200")
def soundness_of_sixty_steps() -> float:
    """The slower of two: a sound drawing, and one whose last ways are not joined, told with the shortest walk."""
    sound, unsound = sixty_steps(_largest()), sixty_steps(_largest(), joined=False)
    assert len(sound.steps) >= 60
    assert _faults(unsound)
    assert not _faults(sound)
    return 1000 * max(median_work(lambda: _faults(sound)), median_work(lambda: _faults(unsound)))


def _faults(definition: Definition) -> bool:
    return bool([*soundness.check(Subject(definition))])


@measures("designer.findings_after_edit_ms", "ms", "<= 250")
def findings_after_edit() -> float:
    """From sending the drawing of the largest ready-made procedure, with one step called otherwise each time, until the
    list of findings has come: form and rules were judged and proved when the page was opened."""
    with _drawing() as send:
        return 1000 * median_seconds(send, times=9)


@contextmanager
def _drawing() -> Iterator[Callable[[], None]]:
    """An author at the drawing of a draft; each call saves another name of its first step."""
    with migrated() as settings:
        database = Database(application_url(settings))
        with database.transaction() as session:
            number, drawn = _begun(session)
        client = _signed_in(create_app(settings, database=database).test_client())
        # The first revision is the blank one, the second the drawing.
        address, names = f"/designer/drafts/{number}/steps", iter(range(1_000))
        assert client.get(address).status_code == 200
        revision = iter(range(2, 1_000))

        def send() -> None:
            content = drawn.replace(' name="', f' name="Sửa {next(names)} ', 1)
            sent = client.post(address, data={"content": content, "revision": str(next(revision))})
            assert sent.status_code == 200, sent.text

        send()
        yield send
        database.engine.dispose()


def _begun(session: Session) -> tuple[int, str]:
    """The draft, and its drawing."""
    at = system_clock()
    load_library(session, at=at)
    _employ(session)
    definition = _largest()
    draft = begin_new(session, "copied", Text("Bản chép"), by=AUTHOR, at=at)
    assert isinstance(draft, Draft)
    files = {path: content.decode() for path, content in package_files(definition)}
    known = {path: 1 for path in files if file_of(session, draft, path)}
    assert isinstance(save_all(session, draft, files, revisions=known, by=AUTHOR, at=at), tuple)
    return draft.id, files[STEPS]


def _employ(session: Session) -> None:
    unit = Unit(key="province", code="H40", name_vi="Tỉnh", level="province", valid_from=date(2025, 7, 1))
    account = Account(
        kind="official",
        login=LOGIN,
        full_name="Lê Văn Tác",
        password_hash=PasswordHasher().hash(PASSWORD),
        created_at=system_clock(),
    )
    session.add_all([unit, account])
    session.flush()
    post = Assignment(account_id=account.id, unit_id=unit.id, role="administrator", since=date(2025, 7, 1))
    session.add(post)


def _signed_in(client: FlaskClient) -> FlaskClient:
    client.application.config["WTF_CSRF_ENABLED"] = False
    client.post("/sign-in", data={"login": LOGIN, "password": PASSWORD})
    return client


def _largest() -> Definition:
    found = read_package(next(each for each in packages() if each.name == LARGEST))
    assert isinstance(found, Definition)
    return found

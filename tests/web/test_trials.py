"""A trial through its pages: begun, played with a settable clock, taken back, played anew, recorded."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.problems import Refusal
from designer.drafts import files_of, revisions_of, save
from designer.models import Draft
from designer.trials.keeping import forget
from designer.trials.models import Trial
from procedure_library.canonical import parsed
from procedure_library.package import RULES
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.drafting import AT, LAN, boxes

BEGIN = {"channel": "counter", "on": "09/03/2026", "hour": "9:00"}


def begun(author: Any, session: Session, **changes: str) -> Trial:
    page = author.get(f"{AT}/trials").text
    sent = {**boxes(page), **BEGIN, **changes, "csrf_token": people.token(author, f"{AT}/trials")}
    answered = author.post(f"{AT}/trials", data=sent)
    assert answered.status_code == 303, answered.text
    return session.scalars(select(Trial).order_by(Trial.id.desc())).first() or _none()


def _none() -> Any:
    raise AssertionError("no trial")


def post(author: Any, trial: Trial, door: str, **sent: Any) -> Any:
    here = f"{AT}/trials/{trial.id}"
    token = people.token(author, here)
    return author.post(f"{here}/{door}", data={"revision": trial.revision, "csrf_token": token, **sent})


def test_a_trial_begins_on_a_day_of_ones_own(author: Any, session: Session) -> None:
    trial = begun(author, session)
    page = author.get(f"{AT}/trials/{trial.id}").text
    assert "2026-03-09T09:00:00+07:00" in page


def filled(author: Any, trial: Trial, act: str, wanted: str = "sample", **query: str) -> dict[str, Any]:
    """The page of an act with its questions filled in by one press."""
    page = author.get(f"{AT}/trials/{trial.id}/acts/{act}", query_string={"from": wanted, **query})
    assert page.status_code == 200, page.text
    return boxes(page.text)


def test_a_dossier_is_filed_received_and_worked_on(author: Any, session: Session) -> None:
    trial = begun(author, session)
    assert post(author, trial, "acts", **filled(author, trial, "submit"), act="submit").status_code == 303
    session.refresh(trial)
    assert [act["act"] for act in trial.acts] == ["submit"]
    assert post(author, trial, "acts", act="accept").status_code == 303
    session.refresh(trial)
    page = author.get(f"{AT}/trials/{trial.id}").text
    assert "Đang xử lý" in page
    assert "hồ sơ đang ở đây" in page


def test_the_clock_goes_on_by_one_press(author: Any, session: Session) -> None:
    trial = begun(author, session)
    assert post(author, trial, "clock", to="weekend").status_code == 303
    assert "14/03/2026" in author.get(f"{AT}/trials/{trial.id}").text


def test_a_second_click_does_nothing_twice(author: Any, session: Session) -> None:
    trial = begun(author, session)
    first = post(author, trial, "clock", to="hour")
    again = post(author, trial, "clock", to="hour", revision=1)
    session.refresh(trial)
    assert (first.status_code, again.status_code, len(trial.acts)) == (303, 422, 1)
    assert "đã đi tiếp từ khi trang được mở" in again.text


def test_the_last_act_is_taken_back(author: Any, session: Session) -> None:
    trial = begun(author, session)
    post(author, trial, "clock", to="hour")
    session.refresh(trial)
    assert post(author, trial, "undoing").status_code == 303
    session.refresh(trial)
    assert (trial.acts, trial.revision) == ([], 3)


def test_a_trial_is_recorded_and_holds(author: Any, session: Session, draft: Draft) -> None:
    trial = begun(author, session)
    post(author, trial, "acts", **filled(author, trial, "submit"), act="submit")
    session.refresh(trial)
    post(author, trial, "acts", act="accept")
    session.refresh(trial)
    assert post(author, trial, "example", name_vi="Nhận rồi thôi").status_code == 303
    recorded = parsed(files_of(session, draft)["examples/nhan_roi_thoi.json"])
    assert [act["act"] for act in recorded["course"]] == ["submit", "accept"]
    assert recorded["course"][1]["expect"]["status"] == "in_process"
    row = author.get(f"{AT}/examples").text.partition("nhan_roi_thoi")[2].partition("</tr>")[0]
    assert "Đúng" in row, row


def test_a_changed_draft_is_played_anew_as_far_as_it_goes(
    author: Any,
    session: Session,
    draft: Draft,
) -> None:
    trial = begun(author, session)
    post(author, trial, "acts", **filled(author, trial, "submit"), act="submit")
    session.refresh(trial)
    rules = files_of(session, draft)[RULES]
    known = {RULES: revisions_of(session, draft)[RULES]}
    new = rules.replace("2_000 VND", "2_500 VND")
    assert new != rules
    saved = save(session, draft, RULES, new, revision=known[RULES], by=LAN, at=MONDAY_MORNING)
    assert not isinstance(saved, Refusal), saved
    assert "Bản soạn thảo đã sửa" in author.get(f"{AT}/trials/{trial.id}").text
    before = trial.digest
    assert post(author, trial, "new-edition").status_code == 303
    session.refresh(trial)
    assert trial.digest != before
    assert len(trial.acts) == 1


def test_a_trial_of_another_draft_is_not_found(author: Any, session: Session, draft: Draft) -> None:
    trial = begun(author, session)
    other = Draft(procedure_key="other", state="abandoned", created_at=MONDAY_MORNING, created_by="Lan")
    session.add(other)
    session.flush()
    assert author.client.get(f"/designer/drafts/{other.id}/trials/{trial.id}").status_code == 404


def test_old_trials_are_forgotten(author: Any, session: Session) -> None:
    begun(author, session)
    forget(session, at=MONDAY_MORNING + timedelta(days=29))
    assert session.scalars(select(Trial)).all()
    forget(session, at=MONDAY_MORNING + timedelta(days=31))
    assert session.scalars(select(Trial)).all() == []


def test_a_dossier_that_one_may_not_see_is_not_told_anew(author: Any) -> None:
    page = author.get(f"{AT}/trials").text
    key = boxes(page)["once"]
    sent = {
        "real-code": "000.00.01.H01-260310-0001",
        "once": key,
        "csrf_token": people.token(author, f"{AT}/trials"),
    }
    answered = author.post(f"{AT}/trials/real", data=sent)
    assert answered.status_code == 422
    assert "Không tìm thấy hồ sơ «000.00.01.H01-260310-0001»" in answered.text


def test_who_only_reads_does_nothing_in_a_trial(author: Any, session: Session) -> None:
    trial = begun(author, session)
    unit = people.unit(session, key="elsewhere", code="H99")
    people.official(session, unit, "publisher", login="duyet")
    people.sign_in(author.client, "duyet")
    page = author.get(f"{AT}/trials/{trial.id}")
    assert page.status_code == 200
    assert "Hoàn tác" not in page.text
    token = people.token(author, f"{AT}/trials/{trial.id}")
    sent = {"revision": trial.revision, "csrf_token": token, "to": "hour"}
    assert author.post(f"{AT}/trials/{trial.id}/clock", data=sent).status_code == 403

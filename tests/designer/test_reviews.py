"""Publishing in three acts: three people, one digest, nothing overlooked on the way."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.audit import AuditRow
from common.problems import Problem, Refusal
from common.text import Text
from designer.drafts import file_of, save
from designer.reviews.deciding import agree, publish_submission, recall, send_back
from designer.reviews.models import ReviewAct
from designer.reviews.queries import last_submission, of_versions, waiting_for
from designer.reviews.submitting import Blocked, submit
from procedure_library.codec import digest
from procedure_library.definition import Letter
from procedure_library.package import HEAD, RULES, package_files
from procedure_library.queries import version_in_force, versions_of
from procedure_library.transition import TransitionClause
from runtime.letters.proof import trial
from runtime.trial.player import play
from tests.designer.office import BEFORE, NOW, REQUEST, ROLES, SCAN, TODAY, Office, renamed
from tests.procedure_library.samples import definition


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def refusal(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def test_three_people_publish_what_was_submitted(office: Office, session: Session) -> None:
    submission = office.agreed()
    done = publish_submission(session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW)
    assert isinstance(done, ReviewAct)
    version = done.version
    assert version is not None
    assert (version.number, version.digest, version.effective_from) == (2, submission.digest, TODAY)
    assert version.publication.basis_file == SCAN
    assert version.publication.note == "Thu theo mức mới."
    assert office.draft.state == "published"
    assert [act.acted_by for act in submission.acts] == ["procedure_controller", "publisher"]
    assert of_versions(session, [version.id]) == {version.id: submission}


def test_the_transition_clause_is_published_as_it_was_submitted(office: Office, session: Session) -> None:
    clause = TransitionClause("stay_before", TODAY)
    submission = office.agreed(transition=clause)
    done = publish_submission(session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW)
    assert isinstance(done, ReviewAct)
    assert done.version is not None
    assert TransitionClause.of(done.version.publication) == clause


@pytest.mark.parametrize("clause", [TransitionClause("stay_before"), TransitionClause("move_all", TODAY)])
def test_a_clause_names_a_day_exactly_where_it_speaks_of_one(
    office: Office, session: Session, clause: TransitionClause
) -> None:
    asked = replace(REQUEST, transition=clause)
    wrong = submit(session, office.draft, asked, trial=trial, player=play, by=office.author, at=NOW)
    assert wrong == (Problem("reviews.transition_day", "transition_before"),)


def test_each_act_leaves_its_audit_row(office: Office, session: Session) -> None:
    submission = office.agreed()
    publish_submission(session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW)
    acts = session.scalars(select(AuditRow.act).where(AuditRow.subject_kind == "draft").order_by(AuditRow.id))
    assert list(acts) == ["draft.begun", "draft.saved", "draft.submitted", "draft.agreed", "draft.published"]


@pytest.mark.parametrize("roles", [ROLES, ("administrator", "procedure_controller")])
def test_nobody_controls_what_they_submitted(office: Office, session: Session, roles: Any) -> None:
    submission = office.submitted()
    everything = replace(office.author, posts=frozenset((office.unit.id, role) for role in roles))
    assert refusal(agree(session, submission, "", by=everything, at=NOW)) == "reviews.own_work"
    assert refusal(send_back(session, submission, "Sửa", by=everything, at=NOW)) == "reviews.own_work"


def test_nobody_controls_what_they_wrote_though_another_submitted_it(
    office: Office, session: Session
) -> None:
    writer = office.person("both", "administrator", "procedure_controller")
    office.write("Giấy xác nhận khác", by=writer)
    assert refusal(agree(session, office.submitted(), "", by=writer, at=NOW)) == "reviews.own_work"


def test_nobody_publishes_what_they_controlled_or_wrote(office: Office, session: Session) -> None:
    both = office.person("both", "procedure_controller", "publisher")
    submission = office.submitted()
    assert isinstance(agree(session, submission, "", by=both, at=NOW), ReviewAct)
    assert (
        refusal(publish_submission(session, submission, "", trial=trial, player=play, by=both, at=NOW))
        == "reviews.controlled_it"
    )
    author = replace(office.author, posts=office.author.posts | {(office.unit.id, "publisher")})
    assert (
        refusal(publish_submission(session, submission, "", trial=trial, player=play, by=author, at=NOW))
        == "reviews.own_work"
    )


def test_each_act_needs_its_role_and_its_turn(office: Office, session: Session) -> None:
    submission = office.submitted()
    assert refusal(agree(session, submission, "", by=office.publisher, at=NOW)) == "reviews.not_your_role"
    publishing = publish_submission(
        session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW
    )
    assert refusal(publishing) == "reviews.not_at_this_act"
    agree(session, submission, "", by=office.controller, at=NOW)
    assert refusal(agree(session, submission, "", by=office.controller, at=NOW)) == "reviews.not_at_this_act"
    publish_submission(session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW)
    again = publish_submission(session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW)
    assert refusal(again) == "reviews.decided_already"
    assert len(versions_of(session, "good_standing")) == 2


def test_a_draft_in_review_cannot_be_changed_and_a_returned_one_needs_a_new_submission(
    office: Office, session: Session
) -> None:
    first = office.agreed()
    head = file_of(session, office.draft, HEAD)
    assert head is not None
    late = save(session, office.draft, HEAD, "x", revision=head.revision, by=office.author, at=NOW)
    assert refusal(late) == "drafts.not_open"
    returned = send_back(session, first, "Tên chưa đúng văn bản.", by=office.publisher, at=NOW)
    assert isinstance(returned, ReviewAct)
    office.write("Giấy xác nhận theo văn bản")
    assert (
        refusal(publish_submission(session, first, "", trial=trial, player=play, by=office.publisher, at=NOW))
        == "reviews.decided_already"
    )
    second = office.submitted()
    assert second.digest != first.digest
    assert second.waits_for == "procedure_controller"
    assert last_submission(session, office.draft) == second


def test_returning_says_why(office: Office, session: Session) -> None:
    submission = office.submitted()
    blank = send_back(session, submission, "  ", by=office.controller, at=NOW)
    assert refusal(blank) == "reviews.return_without_comment"
    assert submission.waits_for == "procedure_controller"


def test_its_author_takes_it_back(office: Office, session: Session) -> None:
    submission = office.submitted()
    assert refusal(recall(session, submission, by=office.controller, at=NOW)) == "reviews.not_yours"
    assert isinstance(recall(session, submission, by=office.author, at=NOW), ReviewAct)
    assert office.draft.state == "open"
    assert refusal(agree(session, submission, "", by=office.controller, at=NOW)) == "reviews.decided_already"


def test_an_error_blocks_submission(office: Office, session: Session) -> None:
    rules = file_of(session, office.draft, RULES)
    assert rules is not None
    assert rules.content is not None
    wrong = rules.content.replace(
        "ngôn_ngữ vi",
        'ngôn_ngữ vi\n\nđiều_kiện grown_up "Đủ tuổi"\n  căn_cứ "Luật 1"\n  yêu_cầu tuoi_khai lớn_hơn 18',
        1,
    )
    assert wrong != rules.content
    save(session, office.draft, RULES, wrong, revision=rules.revision, by=office.author, at=NOW)
    blocked = submit(session, office.draft, REQUEST, trial=trial, player=play, by=office.author, at=NOW)
    assert isinstance(blocked, Blocked)
    assert {finding.where for finding in blocked.findings} == {"rules.motcua"}
    assert office.draft.state == "open"


def test_a_letter_that_cannot_be_made_blocks_submission(office: Office, session: Session) -> None:
    broken = Letter("paper", Text("Giấy xác nhận"), '#set document(title: "x")\n#d.nothing', "granted")
    files = dict(package_files(definition(letters=(broken,))))
    for path in (HEAD, "letters/paper.typ"):
        known = file_of(session, office.draft, path)
        revision = known.revision if known else 0
        content = files[path].decode()
        save(session, office.draft, path, content, revision=revision, by=office.author, at=NOW)
    blocked = submit(session, office.draft, REQUEST, trial=trial, player=play, by=office.author, at=NOW)
    assert isinstance(blocked, Blocked)
    assert [(f.code, f.where, f.line) for f in blocked.findings] == [
        ("procedures.letter.broken", "letters/paper.typ", 2)
    ]
    assert office.draft.state == "open"


@pytest.mark.parametrize(
    ("changes", "where", "code"),
    [
        ({"basis_number": " "}, "basis_number", "reviews.without_basis"),
        ({"basis_number": "Q" * 201}, "basis_number", "reviews.basis_too_long"),
        ({"basis_signed_on": TODAY + timedelta(1)}, "basis_signed_on", "reviews.basis_not_signed_yet"),
        ({"basis_file": ""}, "basis_file", "reviews.without_file"),
        ({"effective_from": TODAY - timedelta(1)}, "effective_from", "reviews.effective_in_the_past"),
        ({"note": "x" * 4001}, "note", "reviews.note_too_long"),
    ],
)
def test_a_request_says_on_which_basis_and_from_when(
    office: Office, session: Session, changes: dict[str, Any], where: str, code: str
) -> None:
    wrong = submit(
        session, office.draft, replace(REQUEST, **changes), trial=trial, player=play, by=office.author, at=NOW
    )
    assert isinstance(wrong, tuple)
    assert [(problem.where, problem.code) for problem in wrong if isinstance(problem, Problem)] == [
        (where, code)
    ]
    assert office.draft.state == "open"


def test_what_says_nothing_new_is_not_submitted(office: Office, session: Session) -> None:
    office.write(BEFORE)
    same = submit(session, office.draft, REQUEST, trial=trial, player=play, by=office.author, at=NOW)
    assert refusal(same) == "reviews.nothing_changed"


def test_a_version_of_tomorrow_leaves_today_to_the_old_one(office: Office, session: Session) -> None:
    tomorrow = TODAY + timedelta(1)
    submission = office.agreed(effective_from=tomorrow)
    publish_submission(session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW)
    numbers = [version_in_force(session, "good_standing", day) for day in (TODAY, tomorrow)]
    assert [version and version.number for version in numbers] == [1, 2]


def test_a_day_that_passed_while_it_waited_is_not_published(office: Office, session: Session) -> None:
    submission = office.agreed(effective_from=TODAY)
    late = publish_submission(
        session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW + timedelta(1)
    )
    assert refusal(late) == "reviews.effective_day_passed"
    assert office.draft.state == "in_review"


def test_without_a_day_it_is_in_force_from_its_publication(office: Office, session: Session) -> None:
    done = publish_submission(
        session, office.agreed(), "", trial=trial, player=play, by=office.publisher, at=NOW + timedelta(3)
    )
    assert isinstance(done, ReviewAct)
    assert done.version is not None
    assert done.version.effective_from == TODAY + timedelta(3)


def test_what_waits_is_shown_to_those_whose_turn_it_is(office: Office, session: Session) -> None:
    everybody = (office.author, office.controller, office.publisher)
    submission = office.submitted()
    assert [waiting_for(session, person) for person in everybody] == [(), (submission,), ()]
    agree(session, submission, "", by=office.controller, at=NOW)
    assert [waiting_for(session, person) for person in everybody] == [(), (), (submission,)]
    publish_submission(session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW)
    assert [waiting_for(session, person) for person in everybody] == [(), (), ()]


def test_only_the_digest_agreed_is_published(office: Office, session: Session) -> None:
    submission = office.agreed()
    done = publish_submission(session, submission, "", trial=trial, player=play, by=office.publisher, at=NOW)
    assert isinstance(done, ReviewAct)
    assert done.version is not None
    assert done.version.digest == submission.digest == digest(renamed("Giấy xác nhận mới"))

"""Nobody sees or touches what is not theirs: the queries themselves say so."""

from common.problems import Refusal
from runtime import applications, dossiers, queries, tasks
from runtime.handed_in import attach
from runtime.models.papers import Document, Letter
from tests.runtime.small import MONDAY
from tests.runtime.town import SMALL, Town, scan


def test_an_official_of_another_unit_does_not_find_the_dossier(town: Town) -> None:
    dossier = town.received()
    code = str(dossier.code)
    assert queries.dossier_for(town.session, code, town.official("reception"), at=MONDAY) is not None
    for role in ("reception", "case_officer", "leader"):
        assert queries.dossier_for(town.session, code, town.official(role, "hoa_binh"), at=MONDAY) is None
    assert (
        queries.dossier_for(town.session, code, town.official("administrator", "province"), at=MONDAY) is None
    )


def test_an_applicant_finds_only_her_own(town: Town) -> None:
    dossier = town.received()
    assert queries.dossier_for(town.session, str(dossier.code), town.citizen(), at=MONDAY) is not None
    assert queries.dossier_for(town.session, str(dossier.code), town.citizen("congdan2"), at=MONDAY) is None
    assert [d.code for d in queries.dossiers_of(town.session, town.citizen()).rows] == [dossier.code]
    assert queries.dossiers_of(town.session, town.citizen("congdan2")).rows == ()


def test_letters_and_documents_follow_their_dossier(town: Town) -> None:
    citizen, stranger = town.citizen(), town.citizen("congdan2")
    application = town.begun(citizen)
    document = attach(
        town.session, application, component="", name="a.pdf", source=scan(), limit=999, by=citizen, at=MONDAY
    )
    assert isinstance(document, Document)
    reception, elsewhere = town.official("reception"), town.official("reception", "hoa_binh")
    # Before it is sent, not even reception sees what an applicant is filling in.
    assert queries.document_for(town.session, document.id, citizen) is document
    assert queries.document_for(town.session, document.id, reception) is None
    applications.submit(town.session, application, by=citizen, at=MONDAY)
    letter = town.all(Letter)[0]
    for actor, sees in ((citizen, True), (reception, True), (stranger, False), (elsewhere, False)):
        assert (queries.document_for(town.session, document.id, actor) is not None) == sees
        assert (queries.letter_for(town.session, letter.id, actor) is not None) == sees


def test_an_application_belongs_to_who_fills_it_in(town: Town) -> None:
    own = town.begun(town.citizen())
    at_counter = town.begun(town.official("reception"))
    assert queries.application_for(town.session, own.id, town.citizen()) is own
    assert queries.application_for(town.session, own.id, town.citizen("congdan2")) is None
    assert queries.application_for(town.session, own.id, town.official("reception")) is None
    assert queries.application_for(town.session, at_counter.id, town.official("reception")) is at_counter
    assert (
        queries.application_for(town.session, at_counter.id, town.official("reception", "hoa_binh")) is None
    )
    assert queries.application_for(town.session, at_counter.id, town.citizen()) is None
    assert queries.application_for(town.session, 999_999, town.citizen()) is None


def test_a_task_is_found_by_the_posts_that_cover_it(town: Town) -> None:
    task = town.task(town.received())
    assert queries.task_for(town.session, task.id, town.official("case_officer")) is task
    assert queries.task_for(town.session, task.id, town.official("approver")) is None
    assert queries.task_for(town.session, task.id, town.official("case_officer", "hoa_binh")) is None


def test_verbs_refuse_who_may_not_even_if_a_page_let_them_through(town: Town) -> None:
    dossier = town.filed()
    elsewhere = town.official("reception", "hoa_binh")
    assert dossiers.accept(town.session, dossier, by=elsewhere, at=MONDAY) == Refusal("dossiers.not_yours")
    dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY)
    by = town.official("case_officer", "hoa_binh")
    assert tasks.claim(town.session, town.task(dossier), by=by, at=MONDAY) == Refusal(
        "dossiers.task_of_another_role"
    )


def test_look_up_tells_code_procedure_and_how_far_and_nothing_else(town: Town) -> None:
    dossier = town.received()
    found = queries.look_up(town.session, f" {str(dossier.code).lower()} ", "038 190 001 234")
    assert found is not None
    assert (found.code, found.procedure.vi, found.status) == (dossier.code, "Cấp giấy xác nhận", "in_process")
    assert queries.look_up(town.session, dossier.filing_number, "038190001234") is not None
    for code, number in ((dossier.code, "038190000777"), ("000.21.01.H99-260302-0002", "038190001234")):
        assert queries.look_up(town.session, str(code), number) is None
    assert queries.look_up(town.session, str(dossier.code), "no number") is None


def test_the_degree_of_completion_only_grows(town: Town) -> None:
    told = []
    dossier = town.filed()
    steps = [None, "fit", "granted", "collected"]
    told.append(_completion(town, dossier.filing_number))
    for outcome in steps:
        if outcome is None:
            dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY)
        else:
            town.complete(dossier, outcome)
        told.append(_completion(town, dossier.filing_number))
    dossiers.hand_over(town.session, dossier, by=town.official("reception"), at=MONDAY)
    told.append(_completion(town, dossier.filing_number))
    assert told == [10, 20, 43, 66, 90, 100]


def test_what_may_be_begun_and_by_whom(town: Town) -> None:
    def begin(**changes: object) -> object:
        asked = {
            "procedure_key": SMALL,
            "case_type": "ordinary",
            "unit_id": town.units["tan_an"].id,
            "channel": "online",
            "by": town.citizen(),
            "at": MONDAY,
        }
        return applications.begin(town.session, **{**asked, **changes})  # type: ignore[arg-type]

    def code(**changes: object) -> str:
        refused = begin(**changes)
        assert isinstance(refused, Refusal)
        return refused.code

    assert code(procedure_key="invented") == "dossiers.no_such_procedure"
    assert code(case_type="invented") == "dossiers.no_such_case_type"
    assert code(channel="post") == "dossiers.channel_not_offered"
    assert code(unit_id=town.units["province"].id) == "dossiers.unit_does_not_receive"
    assert code(unit_id=0) == "dossiers.unit_does_not_receive"
    assert code(channel="counter") == "dossiers.counter_is_for_reception"
    assert code(by=town.official("approver"), channel="counter") == "dossiers.not_yours"


def _completion(town: Town, reference: str) -> int:
    found = queries.look_up(town.session, reference, "038190001234")
    assert found is not None
    return found.completion

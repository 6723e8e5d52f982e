"""A fault of the graph shows the shortest walk that comes to it, by every step and transition that it passes."""

from dataclasses import replace

from procedure_library.checks import decision, soundness
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition
from procedure_library.spoken_ways import walked
from tests.procedure_library.faults import FAULTS, parallel
from tests.procedure_library.samples import step, task, to


def path_of(procedure: Definition, code: str) -> str:
    subject = Subject(procedure)
    found = [f for check in (soundness.check, decision.check) for f in check(subject) if f.code == code]
    return " ".join(found[0].path)


def test_an_end_that_leaves_work_behind() -> None:
    procedure, _ = FAULTS["procedures.end.leaves_work"]
    assert path_of(procedure, "procedures.end.leaves_work") == (
        "started started_fork fork fork_police police fork_insurance insurance police police_granted granted"
    )


def test_a_step_that_two_ways_meet_at() -> None:
    procedure, _ = FAULTS["procedures.split.not_joined"]
    path = path_of(procedure, "procedures.split.not_joined").split()
    assert path[0] == "started"
    assert path.count(path[-1]) == 2


def meeting_in_a_branch() -> Definition:
    """police, insurance → meet → sign → decided → paid → end."""
    more = (step("meet", "branch"), step("decided", "branch"), task("paid"))
    ways = (
        to("police", "meet"),
        to("insurance", "meet"),
        to("meet", "sign", default=True),
        to("sign", "decided"),
        to("decided", "paid", default=True),
        to("paid", "granted"),
    )
    gone = ("police_gather", "insurance_gather", "gather_sign", "sign_granted")
    whole = parallel(*more, *ways, without=gone)
    known = {each.key: each for each in whole.steps}
    # Of several waiting steps the first is completed: one token is at «paid» before the other leaves «insurance».
    order = ("started", "fork", "police", "meet", "sign", "insurance", "decided", "paid", "granted")
    return replace(whole, steps=tuple(known[key] for key in order))


def test_ways_that_meet_are_told_where_they_meet_and_not_where_the_walk_piles_up() -> None:
    (found,) = (f for f in soundness.check(Subject(meeting_in_a_branch())) if "not_joined" in f.code)
    assert found.where == "meet"
    assert found.path[-2:] == ("meet_sign", "sign")


def test_a_token_that_goes_back_for_another_meets_the_one_left_where_that_waits() -> None:
    more = (task("again", "more", "enough"), step("asked", "branch"))
    ways = (
        to("police", "again"),
        to("again", "asked"),
        to("asked", "fork", "more"),
        to("asked", "gather", "enough"),
    )
    procedure = parallel(*more, *ways, without=("police_gather",))
    places = {f.where for f in soundness.check(Subject(procedure)) if "not_joined" in f.code}
    assert places == {"insurance"}


def test_a_join_that_waits_for_ever() -> None:
    procedure, _ = FAULTS["procedures.join.waits_forever"]
    assert path_of(procedure, "procedures.join.waits_forever").endswith(" gather")


def test_a_circle_where_nobody_works_ends_with_the_way_it_began_with() -> None:
    procedure, _ = FAULTS["procedures.step.circle_without_work"]
    path = path_of(procedure, "procedures.step.circle_without_work").split()
    assert path.count(path[-1]) == path.count(path[-2]) == 2


def test_two_tokens_that_meet_without_rest_are_not_called_a_circle() -> None:
    ends = (to("fork", "meet"),)
    both = (step("meet", "branch"), step("also", "split"), to("also", "meet"), to("also", "insurance"))
    procedure = parallel(
        *both, *ends, to("fork", "also"), to("meet", "sign", default=True), without=("fork_insurance",)
    )
    found = {(f.code, f.where) for f in soundness.check(Subject(procedure))}
    assert ("procedures.split.not_joined", "meet") in found
    assert "procedures.step.circle_without_work" not in {code for code, _ in found}


def test_an_arrival_that_comes_again_and_again_is_found_and_not_counted_up() -> None:
    """A way back round the split would heap up arrivals at the join for ever."""
    more = (task("again", "more", "enough"), step("asked", "branch"))
    ways = (
        to("police", "again"),
        to("again", "asked"),
        to("asked", "fork", "more"),
        to("asked", "gather", "enough"),
    )
    procedure = parallel(*more, *ways, without=("police_gather",))
    assert "procedures.steps.too_many_ways" not in {f.code for f in soundness.check(Subject(procedure))}


def test_a_split_whose_ways_end_at_once_ends_the_dossier_twice() -> None:
    procedure = parallel(
        to("fork", "granted"), to("fork", "refused"), step("refused", "end", ending="refused")
    )
    codes = {(f.code, f.where) for f in soundness.check(Subject(procedure))}
    assert ("procedures.split.not_joined", "refused") in codes


def test_no_act_on_the_walk_is_beside_the_point() -> None:
    """Work of another way, which comes first in the definition, is not done on the way to the fault."""
    procedure = parallel(to("insurance", "granted"), without=("insurance_gather",))
    path = path_of(procedure, "procedures.end.leaves_work")
    assert "police_gather" not in path


def test_the_walk_is_told_by_the_steps_that_are_left() -> None:
    procedure, _ = FAULTS["procedures.end.leaves_work"]
    path = path_of(procedure, "procedures.end.leaves_work").split()
    told = walked(procedure, path)
    assert told is not None
    assert told.vi == "Bước started → Bước fork → Bước police → Bước granted"
    assert told.en == "Step started → Step fork → Step police → Step granted"


def test_a_walk_of_which_nothing_has_a_name_is_not_told() -> None:
    procedure = parallel()
    unnamed = tuple(replace(each, name=replace(each.name, vi="", en="")) for each in procedure.steps)
    assert walked(replace(procedure, steps=unnamed), ("started", "started_fork", "fork")) is None


def test_a_decision_that_is_missing_shows_its_walk() -> None:
    procedure, _ = FAULTS["procedures.end.no_decision"]
    assert path_of(procedure, "procedures.end.no_decision").endswith(" signed signed_granted_granted granted")

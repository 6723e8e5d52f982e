"""Any people asking for any verbs, in any order, at any time: what must hold after each act."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy.orm import Session

from common.clock import ZONE
from common.identity.actor import Actor
from common.problems import Refusal
from runtime import applications, dossiers
from runtime.calling import call
from runtime.deadlines import derive_undated
from runtime.engine.plain import from_plain
from runtime.engine.rights import possible
from runtime.engine.state import OpenTask, State
from runtime.engine.status import Act
from runtime.limits import pass_due
from runtime.models.dossiers import Dossier
from runtime.replay import verify
from runtime.watch.looking import LISTS
from runtime.watch.mails import write_mails
from runtime.watch.watching import Watch
from runtime.worlds import parties_of
from tests.runtime.machine import orders, promises
from tests.runtime.machine.happenings import HAPPENINGS, MOST_DOSSIERS, NTH
from tests.runtime.machine.house import House, Rows
from tests.runtime.machine.procedures import Offered, answer, drawn_definitions, published, ready_made
from tests.runtime.machine.verbs import OF_OTHER_SYSTEMS, VERBS, Asked, Asking, Choice

TET = datetime.combine(date(2026, 2, 13), time(16, 30), ZONE)
# Names of engine acts that are verbs of another name here.
VERB_OF: dict[Act, str] = {"resubmit": "submit"}
ENDING = {"withdraw", "stop", "refuse"}
OFFERS = set(VERBS) - OF_OTHER_SYSTEMS


class AnyActs(RuleBasedStateMachine):
    """One to three dossiers of one procedure. `last` is what was asked last, to be asked again."""

    def __init__(self, house: Callable[[], House]) -> None:
        super().__init__()
        self.house = house()
        self.last: Asked | None = None
        self.pages = 0
        self.offered = Offered("", "")

    def teardown(self) -> None:
        try:
            self.house.read(self._all_kept)
            self.house.read(self._today_decides_the_same)
        finally:
            self.house.close()

    @rule(happenings=st.lists(HAPPENINGS, min_size=2, max_size=8))
    def a_day_at_the_office(self, happenings: list[tuple[Any, ...]]) -> None:
        for name, *arguments in happenings:
            getattr(self, name)(*arguments)

    # Filing

    def somebody_files(self, by: str, seed: int, at_counter: bool) -> None:
        if len(self.house.dossiers()) == MOST_DOSSIERS:
            return
        person = self.house.people["reception" if at_counter else by]
        answered = self.house.do(lambda session: self._filed(session, person, seed, at_counter=at_counter))
        if not isinstance(answered, Dossier):
            promises.told_well(answered)
        self.house.read(self._all_kept)

    def _filed(self, session: Session, person: Actor, seed: int, *, at_counter: bool) -> Any:
        begun = applications.begin(
            session,
            procedure_key=self.offered.key,
            case_type=self.offered.case_type,
            unit_id=self.house.unit_id,
            channel="counter" if at_counter else "online",
            by=person,
            at=self.house.at,
        )
        if isinstance(begun, Refusal):
            return begun
        papers = answer(session, begun, self.house.at, Random(seed))
        verb: Any = dossiers.enter_at_counter if at_counter else applications.submit
        return verb(session, begun, papers=papers, by=person, at=self.house.at)

    # People

    def ask(self, number: int, verb: str, by: Actor, choice: Choice) -> None:
        """One act: done with one record, or refused with a reason and nothing changed."""
        before, events = self.house.rows(), self._events(number)
        self.pages += 1
        asked = Asked(number, verb, by, choice, once=f"{events}-page-{self.pages:08d}.typed")
        answered = self.house.do(lambda session: self._answered(session, asked))
        self.last = replace(asked, is_done=not isinstance(answered, Refusal | tuple))
        if not self.last.is_done:
            promises.told_well(answered)
            assert _changed(before, self.house.rows()) == set(), (verb, answered)
            return
        if verb != "correct":
            assert self._events(number) == events + 1, verb
        self.house.read(lambda session: self._kept(session, number))

    def _answered(self, session: Session, asked: Asked) -> Any:
        dossier = session.get_one(Dossier, asked.number)
        asking = Asking(session, dossier, asked.by, self.house.at, asked.choice, asked.once)
        return VERBS[asked.verb](asking)

    def _events(self, number: int) -> int:
        count: int = self.house.read(lambda session: session.get_one(Dossier, number).events)
        return count

    def one(self, which: int) -> int | None:
        numbers = self.house.dossiers()
        return numbers[which % len(numbers)] if numbers else None

    def anybody_asks_for_anything(self, which: int, verb: str, who: str, choice: Choice) -> None:
        if (number := self.one(which)) is not None:
            self.ask(number, verb, self.house.people[who], choice)

    def somebody_does_what_is_offered(self, which: int, nth: int, choice: Choice) -> None:
        """One of the buttons that somebody in the house sees; one that ends the dossier is pressed rarely."""
        if (number := self.one(which)) is None:
            return
        offers = self.house.read(lambda session: self._offers(session, number))
        going_on = [offer for offer in offers if offer[1] not in ENDING]
        offers = offers if choice.pick == choice.way else going_on
        if offers:
            who, verb, task = offers[nth % len(offers)]
            self.ask(
                number, verb, self.house.people[who], choice if task is None else replace(choice, pick=task)
            )

    def _offers(self, session: Session, number: int) -> list[tuple[str, str, int | None]]:
        """Who, which verb, and on which task, counted from the latest."""
        dossier = session.get_one(Dossier, number)
        state, parties = from_plain(State, dossier.state), parties_of(dossier)
        whole = {
            VERB_OF.get(act, act): who
            for who, person in self.house.people.items()
            for act in possible(state, person, parties)
        }
        on_tasks = [
            (who, verb, state.opened - task.number)
            for task in state.tasks
            for who, person in self.house.people.items()
            for verb in _on_task(task, person, parties.unit_of(task))
        ]
        return [*((who, verb, None) for verb, who in whole.items() if verb in OFFERS), *on_tasks]

    def an_official_does_the_work(self, which: int, nth: int, way: int) -> None:
        """Completes an open task, as whoever has it or may take it."""
        if (number := self.one(which)) is None:
            return
        found = self.house.read(lambda session: self._work(session, number, nth))
        if found is not None:
            who, pick = found
            self.ask(number, "complete", who, Choice(pick=pick, way=way))

    def _work(self, session: Session, number: int, nth: int) -> tuple[Actor, int] | None:
        """An official for an open task, and which one that is, counted from the latest."""
        state = from_plain(State, session.get_one(Dossier, number).state)
        steps = [task for task in state.tasks if task.kind == "step"]
        if not steps:
            return None
        task = steps[nth % len(steps)]
        unit = parties_of(session.get_one(Dossier, number)).unit_of(task)
        able = [person for person in self.house.people.values() if person.holds(task.role, unit)]
        theirs = [person for person in able if person.account_id == task.claimed_by]
        return ((theirs or able)[0], state.opened - task.number) if able else None

    def the_same_is_asked_again(self) -> None:
        """By another page."""
        if self.last is not None:
            self.ask(self.last.number, self.last.verb, self.last.by, self.last.choice)

    def the_same_form_is_sent_again(self) -> None:
        """A second click, or a form that is sent again much later: what it did is answered, not done."""
        last = self.last
        if last is None or not last.is_done:
            return
        before = self.house.rows()
        answered = self.house.do(lambda session: self._answered(session, last))
        assert _changed(before, self.house.rows()) == set(), last
        assert isinstance(answered, Refusal) == (last.verb in OF_OTHER_SYSTEMS), (last, answered)

    def a_leader_moves_dossiers(self, who: str, back: bool) -> None:
        refused = orders.move(self.house, self.offered.key, self.house.people[who], back=back)
        if refused is not None:
            promises.told_well(refused)
        self.house.read(self._all_kept)

    def work_goes_over(self, there: bool) -> None:
        """From the ward to a commune, or back."""
        way = ("tan_an", "hoa_binh") if there else ("hoa_binh", "tan_an")
        refused = orders.hand_on(self.house, *way, self.house.people["administrator"])
        if refused is not None:
            promises.told_well(refused)
        self.house.read(self._all_kept)

    # The clock, other systems, the machine

    def time_passes(self, hours: int) -> None:
        self.house.later(hours=hours)

    def the_clock_looks(self) -> None:
        """Twice in a row: the second finds nothing to do; it may note that something matters no more."""
        self._look()
        before = self.house.rows()
        self._look()
        after = self.house.rows()
        assert _changed(before, after) <= {"reminders"}
        assert before["reminders"][0] == after["reminders"][0]
        self.house.read(self._all_kept)

    def _look(self) -> None:
        self.house.do(lambda session: pass_due(self.house.work(session)))
        self.house.do(lambda session: derive_undated(self.house.work(session)))
        for look in LISTS.values():
            self.house.do(lambda session, look=look: look(Watch(session, self.house.at), None))
        self.house.do(lambda session: write_mails(self.house.work(session)))

    def connectors_are_called(self, which: int, is_up: bool) -> None:
        """The jobs of all attempts that were ever asked for: those that are over change nothing."""
        if (number := self.one(which)) is None:
            return
        self.house.register.is_up = is_up
        for run in range(1, self._started(number) + 1):
            self.house.do(lambda session, run=run: call(self.house.work(session), number, run))
        self.house.read(lambda session: self._kept(session, number))

    def _started(self, number: int) -> int:
        def started(session: Session) -> int:
            return from_plain(State, session.get_one(Dossier, number).state).started

        count: int = self.house.read(started)
        return count

    # Promises

    def _kept(self, session: Session, number: int) -> None:
        here = promises.Looked(session, session.get_one(Dossier, number))
        for promise in promises.OF_A_DOSSIER:
            promise(here)
        promises.numbers_have_no_gaps(session)

    def _all_kept(self, session: Session) -> None:
        for number in self.house.dossiers():
            self._kept(session, number)

    def _today_decides_the_same(self, session: Session) -> None:
        for number in self.house.dossiers():
            assert verify(session, session.get_one(Dossier, number)) == ()


class AnyGraph(AnyActs):
    """A procedure whose graph was drawn at random."""

    @initialize(body=drawn_definitions(), seed=NTH, at_counter=st.booleans())
    def begin(self, body: dict[str, Any], seed: int, at_counter: bool) -> None:
        self.offered = self.house.do(lambda session: published(session, body))
        self.somebody_files("applicant", seed, at_counter)


class AnyReadyMade(AnyActs):
    """A procedure of the catalogue; some begin before Tết."""

    @initialize(
        offered=st.sampled_from(ready_made()), seed=NTH, at_counter=st.booleans(), before_tet=st.booleans()
    )
    def begin(self, offered: Offered, seed: int, at_counter: bool, before_tet: bool) -> None:
        self.house.at = TET if before_tet else self.house.at
        self.offered = offered
        self.somebody_files("applicant", seed, at_counter)


def _on_task(task: OpenTask, person: Actor, unit: int) -> list[str]:
    """What the page of the dossier offers this person to do with the task."""
    its = ("release" if task.claimed_by else "claim", "escalate") if person.holds(task.role, unit) else ()
    return [*its, *(("reassign",) if person.holds("leader", unit) else ())]


def _changed(before: Rows, after: Rows) -> set[str]:
    """The tables that say something else now."""
    return {table for table in before if before[table] != after[table]}

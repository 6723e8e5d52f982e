"""Trials by chance: any legal act, with answers that fit."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from common.calendar import WorkingCalendar
from common.clock import ZONE
from form_builder.sampling import sample
from procedure_library.compiled import Compiled, compiled
from procedure_library.course import WAIT, CourseAct
from procedure_library.definition import Channel, Definition, Example
from procedure_library.package import read_package
from procedure_library.playing import Offer, Played, Supposed
from procedure_library.ready_made import local_amounts, packages
from procedure_library.shipped_places import national_places
from rules_dsl.values import encode
from runtime.engine.event import Paper
from runtime.trial.player import play, table_of

REASON = "Hồ sơ còn thiếu giấy tờ."
ENDING = ("withdraw", "stop", "refuse")


def catalogue() -> list[Definition]:
    found = [read_package(folder) for folder in packages()]
    assert all(isinstance(each, Definition) for each in found)
    return [each for each in found if isinstance(each, Definition)]


def supposed(definition: Definition, case: str, channel: Channel, calendar: WorkingCalendar) -> Supposed:
    """With the amounts that the demonstration province has set."""
    amounts = {
        each.name: encode(each.value.value)
        for each in local_amounts()
        if each.procedure == definition.key and not each.value.keys
    }
    return Supposed(case, channel, calendar, amounts)


class Wanderer:
    """Draws one act after the other; `acts` are those that could be done."""

    def __init__(self, definition: Definition, given: Supposed, at: datetime, rng: Random) -> None:
        self.definition, self.supposed, self.at, self.rng = definition, given, at, rng
        self.compiled: Compiled = compiled(definition).with_places(national_places())
        self.acts: list[CourseAct] = []
        self.played: Played = play(self.compiled, given, (), at=at)

    def file(self) -> None:
        """The filing, with the answers of the example."""
        offer = next(each for each in self.played.offers if each.act == "submit")
        acts = (self._act(offer, self.at),)
        self.acts, self.played = list(acts), play(self.compiled, self.supposed, acts, at=self.at)
        assert self.played.halted is None, self.played.halted

    def step(self) -> Played:
        """One more act, kept when it can be done."""
        tried = (*self.acts, self._drawn())
        played = play(self.compiled, self.supposed, tried, at=self.at)
        if played.halted is None:
            self.acts, self.played = list(tried), played
        return played

    @property
    def papers(self) -> tuple[Paper, ...]:
        """What was handed in with the filing."""
        table = table_of(self.compiled, self.supposed, self.acts, at=self.at)
        return table.records[0].papers if table.records else ()

    def _drawn(self) -> CourseAct:
        at = self.played.at or self.at
        if self.rng.random() < 0.3:
            later = at + timedelta(hours=self.rng.choice((1, 5, 24, 24 * 7, 24 * 30)))
            return CourseAct(WAIT, "machine", later.isoformat())
        usual = [offer for offer in self.played.offers if offer.act not in ENDING]
        offers = usual if usual and self.rng.random() < 0.95 else list(self.played.offers)
        if not offers:
            return CourseAct(WAIT, "machine", (at + timedelta(days=1)).isoformat())
        return self._act(self.rng.choice(offers), at)

    def _act(self, offer: Offer, at: datetime) -> CourseAct:
        outcome = self.rng.choice(offer.outcomes).key if offer.outcomes else ""
        return CourseAct(
            offer.act,
            offer.role,
            at.isoformat(),
            offer.step,
            offer.ask,
            outcome,
            REASON,
            self._answers(offer),
            amount=offer.most,
            day=(at + timedelta(days=9)).date().isoformat(),
        )

    def _answers(self, offer: Offer) -> dict[str, Any]:
        if offer.fills == "application":
            form = self.compiled.form_at("filing", self.supposed.case_type)
            example = self._example()
            return sample(form, self.played.answers or example)
        if offer.fills == "work":
            form = self.compiled.work_form(offer.step)
            assert form is not None
            return sample(form, self.played.answers)
        return {}

    def _example(self) -> dict[str, Any]:
        """What the example of the case says: invented answers seldom meet all conditions."""
        found = usual_example(self.definition, self.supposed.case_type)
        return dict(found.facts["answers"]) if found else {}


def usual_example(definition: Definition, case: str) -> Example | None:
    """One whose answers the form takes and the law allows; None: no example of the case is like that."""
    fit = (
        each
        for each in definition.examples
        if each.moment == "filing"
        and "problems" not in each.expect
        and False not in each.expect.get("conditions", {}).values()
        and each.facts["dossier"]["case_type"] == case
        and each.facts["dossier"].get("received_at", "") > "2026"
    )
    return next(fit, None)


def begins_at(definition: Definition, case: str) -> datetime:
    """When that example was received."""
    example = usual_example(definition, case)
    assert example is not None
    return datetime.fromisoformat(example.facts["dossier"]["received_at"]).astimezone(ZONE)

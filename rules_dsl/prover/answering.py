"""Gets one question answered: by the solver, and where it finds a case, by trying the case out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rules_dsl import nodes as n
from rules_dsl.evaluation import Reference
from rules_dsl.moment import RulesNotChecked
from rules_dsl.prover.asked import Asked
from rules_dsl.prover.judging import Judge
from rules_dsl.prover.proof import CounterExample, Proof, Verdict
from rules_dsl.prover.proving import Proving
from rules_dsl.prover.searching import Search, Stopwatch
from rules_dsl.prover.situations import Situation
from rules_dsl.prover.told import case_told
from rules_dsl.prover.trials import Trial
from rules_dsl.prover.wishes import wishes
from rules_dsl.reading import Facts, read_facts
from rules_dsl.reference import read_parameters, read_rates

NO_CALENDAR, NOT_SHOWN = "rules.reason.no_calendar", "rules.reason.not_shown"


@dataclass(frozen=True, slots=True)
class Shown:
    """A case that the form accepts and that came out as it was meant to."""

    example: CounterExample
    trials: tuple[Trial, ...]


@dataclass(slots=True)
class Answering:
    proving: Proving
    judge: Judge

    def answer(self, asked: Asked, rule: n.AnyRule, watch: Stopwatch) -> Proof:
        begun = watch.spent
        verdict, shown, reason = self._decided(asked, rule, watch)
        told = {} if shown is None else {**asked.told(shown.trials[0]), **self._told(shown, rule)}
        example = None if shown is None else shown.example
        return Proof(
            asked.rule,
            asked.question,
            verdict,
            asked.code,
            {**asked.parameters, **told},
            asked.node.place,
            example,
            reason,
            watch.spent - begun,
        )

    def _told(self, shown: Shown, rule: n.AnyRule) -> dict[str, str]:
        """The case in both languages; of a claim that compares two, one after the other."""
        spoken: dict[str, n.Language] = {"case": "vi", "case_en": "en"}
        return {
            name: " → ".join(case_told(trial.facts, rule, self.proving, language) for trial in shown.trials)
            for name, language in spoken.items()
        }

    def _decided(
        self, asked: Asked, rule: n.AnyRule, watch: Stopwatch
    ) -> tuple[Verdict, Shown | None, str | None]:
        if asked.wanted == "sometimes":
            return self._sometimes(asked, rule, watch)
        search = self._search(asked, watch)
        match search.answer():
            case "no":
                return self._settled("proved", rule)
            case "unknown":
                return "not_decided", None, search.reason
        shown = self._shown(asked, search)
        return ("refuted", shown, None) if shown else ("not_decided", None, NOT_SHOWN)

    def _sometimes(
        self, asked: Asked, rule: n.AnyRule, watch: Stopwatch
    ) -> tuple[Verdict, Shown | None, str | None]:
        """A line of a law past or to come is alive although no day of the calendar is one of its days."""
        for any_day in (False, True):
            search = self._search(asked, watch, any_day=any_day)
            match search.answer():
                case "yes":
                    shown = self._shown(asked, search) is not None
                    return ("proved", None, None) if shown else ("not_decided", None, NOT_SHOWN)
                case "unknown":
                    return "not_decided", None, search.reason
        return self._settled("refuted", rule)

    def _search(self, asked: Asked, watch: Stopwatch, *, any_day: bool = False) -> Search:
        """The search in the one world, or in the two of a claim that compares."""
        world = asked.beside or self.proving.world
        spans = () if any_day else (*self.proving.world.span, *world.span)
        factors = list(self.proving.world.factors.values())
        likely = asked.wanted == "sometimes"
        share = 1.0 if asked.question == "always" else 0.5
        return Search(world.planting.unknowns, (asked.truth, *spans), factors, watch, likely, share)

    def _settled(self, verdict: Verdict, rule: n.AnyRule) -> tuple[Verdict, None, str | None]:
        """What depends on working days is settled only for the days of a calendar."""
        if self.proving.world.days is None and self.proving.reads_calendar(rule):
            return "not_decided", None, NO_CALENDAR
        return verdict, None, None

    def _shown(self, asked: Asked, search: Search) -> Shown | None:
        """The plainest case that the form accepts and that comes out as it was meant to."""
        worlds = [self.proving.world] if asked.beside is None else [self.proving.world, asked.beside]
        plain = [wish for world in worlds for wish in wishes(world, asked.wishes)]
        for model in search.cases(plain, plainest_first=asked.wanted == "never"):
            situations = [Situation(model, world) for world in worlds]
            trials = list(self._trials(situations))
            if len(trials) == len(worlds) and _comes_out(asked, trials):
                return Shown(self._example(situations), tuple(trials))
        return None

    def _trials(self, situations: list[Situation]) -> Iterator[Trial]:
        """Each situation ready to be tried out; fewer when the form does not accept one of them."""
        given = self.proving.subject.reference
        for situation in situations:
            body = self._facts(situation)
            facts = read_facts(self.proving.subject.scope, body)
            if not isinstance(facts, Facts) or not self.judge.accepts(body["answers"]):
                return
            supposed = Reference(
                given.calendar,
                {**given.parameters, **read_parameters(situation.parameters())},
                {**given.rates, **read_rates(situation.rates())},
            )
            yield Trial(self.proving.book, self.proving.definitions, facts, supposed)

    def _facts(self, situation: Situation) -> dict[str, Any]:
        body = situation.facts()
        return {**body, "answers": self.judge.fitted(body["answers"])}

    def _example(self, situations: list[Situation]) -> CounterExample:
        first = situations[0]
        after = self._facts(situations[1]) if len(situations) > 1 else None
        return CounterExample(self._facts(first), after, first.parameters(), first.rates())


def _comes_out(asked: Asked, trials: list[Trial]) -> bool:
    try:
        return asked.shown(trials[0], trials[-1])
    except (RulesNotChecked, ArithmeticError):
        # Rules that did not pass their checks, or a day beyond all calendars.
        return False

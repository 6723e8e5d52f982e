"""What a check looks at: the definition with its graph and rules, and how a finding about it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from common.calendar import WorkingCalendar
from common.problems import Finding, Parameter, Severity
from common.text import Text
from form_builder.places import Places
from procedure_library.case_ways import decide_ways, ways_of
from procedure_library.checks.exploration import Exploration, explored
from procedure_library.checks.titles import Titles, page_titles, spoken
from procedure_library.compiled import read_rules
from procedure_library.definition import CaseType, Definition, Step
from procedure_library.every_move import Choices
from procedure_library.moments import Knowledge, page_keys
from procedure_library.neighbours import Neighbours
from procedure_library.semantics import Graph
from procedure_library.shipped_places import national_places
from rules_dsl.facts import scope
from rules_dsl.labels import Labels
from rules_dsl.nodes import Choice, Rule
from rules_dsl.parser import Parsed


@dataclass(frozen=True)
class Subject:
    """One definition under examination; `calendar` is the one its examples are computed with.

    `neighbours` None: what it calls and what calls it is not looked at.
    """

    definition: Definition
    calendar: WorkingCalendar | None = None
    neighbours: Neighbours | None = None

    @property
    def places(self) -> Places:
        """The list that addresses in examples, and in cases found by the prover, are judged by: the one that ships."""
        return national_places()

    @cached_property
    def form_name(self) -> str:
        """What tells this form from every other one: for what is remembered while only the steps change."""
        return sha256(repr(self.definition.form).encode()).hexdigest()

    @cached_property
    def rules_name(self) -> tuple[str, str, tuple[str, ...]]:
        """The same of the rules with all that they can read."""
        kinds = tuple(kind.key for kind in self.definition.case_types)
        return self.definition.rules, self.form_name, kinds

    @cached_property
    def graph(self) -> Graph:
        return Graph.of(self.definition)

    @cached_property
    def exploration(self) -> Exploration:
        """Everything that can happen; asked by checks that run after the single steps were found in order."""
        return explored(self.graph, self.choices, self.walked)

    @cached_property
    def walked(self) -> tuple[str, ...]:
        """The case types that are walked one by one; "" stands for all of them."""
        return decide_ways(self.graph, self.definition.case_types)

    @cached_property
    def ways_of(self) -> Mapping[str, Graph]:
        """By case type the part of the graph that its dossiers may pass."""
        return {kind.key: ways_of(self.graph, kind.key) for kind in self.definition.case_types}

    @cached_property
    def knowledge(self) -> Knowledge:
        """What is filled at every moment."""
        return Knowledge(self.definition, self.graph)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        return page_keys(self.definition)

    @cached_property
    def parsed(self) -> Parsed:
        return read_rules(self.definition.rules)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The named rules of the file."""
        return {rule.name: rule for rule in self.parsed.rules.rules if rule.name}

    @cached_property
    def choices(self) -> Choices:
        """By branch what its choice rule can give, where there is such a rule."""
        known = ((branch.key, self.choices_of(branch)) for branch in self.graph.of_kind("branch"))
        return {key: values for key, values in known if values is not None}

    def choices_of(self, branch: Step) -> frozenset[str] | None:
        """The values that the branch may go by: the case types, or what its choice rule can give; None when there is
        no such choice rule."""
        if branch.by_case_type:
            return frozenset(kind.key for kind in self.definition.case_types)
        rule = self.rules.get(branch.choice or "")
        return frozenset(option.value for option in rule.options) if isinstance(rule, Choice) else None

    @cached_property
    def titles(self) -> Titles:
        """What sentences call the parts of the definition."""
        rules = {name: rule.title for name, rule in self.rules.items()}
        labels = Labels.of(self.parsed.rules, scope(self.definition.form))
        kinds = {kind.key: kind.name for kind in self.definition.case_types}
        return Titles(self.graph, page_titles(self.definition), rules, labels, kinds)

    def about(
        self, thing: Step | CaseType, code: str, severity: Severity = "error", **parameters: Parameter | Text
    ) -> Finding:
        """A finding about a step or a case type, which its sentence calls by name."""
        named = thing.name if isinstance(thing, CaseType) else self.titles.step(thing.key)
        said = {"name": named if named.vi else Text(thing.key), **parameters}
        return Finding(code, thing.key, spoken(said), severity)

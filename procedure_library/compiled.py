"""A definition ready to run: graph, compiled rules, and the form and facts of each moment.

Made once per process and digest, and shared: everything in it is immutable, or a cache of what is.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import Lock
from typing import Any

from common.problems import MotcuaError
from form_builder.form import Form
from form_builder.moments import schema_at
from form_builder.moments import unfinished as lenient
from form_builder.places import Places
from form_builder.schema import read_form
from procedure_library.codec import digest
from procedure_library.definition import CaseType, Definition, Step
from procedure_library.moments import pages_at
from procedure_library.seeing import work_schema
from procedure_library.semantics import Graph
from rules_dsl import nodes as n
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.facts import Scope, scope
from rules_dsl.parser import Parsed, parse
from rules_dsl.walk import expressions_of

Schema = Mapping[str, Any]
Moment = tuple[str, str | None]

# A province runs some 1,800 procedures and two versions of many: a compiled one weighs well under 1 MB.
KEPT = 512


@dataclass(frozen=True, slots=True)
class Compiled:
    """What `Definition` means. Moments are "filing", "reception" and task keys (see moments.py)."""

    digest: str
    definition: Definition
    graph: Graph
    rules: n.RuleFile
    rulebook: Rulebook
    # Every name that some rule reads: what none of them asks for need not be looked up.
    reads: frozenset[str] = frozenset()
    # The list that addresses of its form are asked from and judged by; None: it asks for none, or none is loaded.
    places: Places | None = None
    _schemas: dict[Moment, Schema] = field(default_factory=dict, repr=False, compare=False)
    _forms: dict[Moment, Form] = field(default_factory=dict, repr=False, compare=False)
    _parts: dict[tuple[tuple[str, ...], bool], Form] = field(default_factory=dict, repr=False, compare=False)
    _works: dict[tuple[str, bool], Form | None] = field(default_factory=dict, repr=False, compare=False)
    _scopes: dict[Moment, Scope] = field(default_factory=dict, repr=False, compare=False)
    _with: dict[Places, "Compiled"] = field(default_factory=dict, repr=False, compare=False)

    @property
    def asks_places(self) -> bool:
        """Whether its form asks for an address."""
        return self.whole_form.asks_places

    def with_places(self, places: Places | None) -> "Compiled":
        """The same, its addresses asked from that list; itself where none is asked for."""
        if places is None or places == self.places or not self.asks_places:
            return self
        if places not in self._with:
            self._with[places] = replace(self, places=places, _forms={}, _parts={}, _works={}, _with={})
        return self._with[places]

    def case_type(self, key: str) -> CaseType | None:
        """The kind of the procedure with that key; None when there is none."""
        return next((kind for kind in self.definition.case_types if kind.key == key), None)

    def roles_of(self, step: Step) -> frozenset[str]:
        """Who may have the step to do: its role, or those that its assign rule may name."""
        rule = next((each for each in self.rules.rules if each.name == step.assign), None)
        named = {line.role for line in rule.assignees} if isinstance(rule, n.Assign) else set[str]()
        return frozenset(named | ({step.role} if step.role else set()))

    def step(self, key: str) -> Step:
        return self.graph.steps[key]

    def pages_at(self, moment: str, case_type: str | None) -> tuple[str, ...]:
        """The form pages filled by then, in order."""
        kind = self.case_type(case_type) if case_type else None
        return pages_at(self.definition, self.graph, moment, kind)

    def schema_at(self, moment: str, case_type: str | None = None) -> Schema:
        """The JSON Schema that answers are judged by at that moment."""
        asked = (moment, case_type)
        if asked not in self._schemas:
            self._schemas[asked] = schema_at(self.definition.form, self.pages_at(moment, case_type))
        return self._schemas[asked]

    @property
    def whole_form(self) -> Form:
        """All questions of the procedure, those of officials as well."""
        whole = ("", None)
        if whole not in self._forms:
            self._forms[whole] = read_form(self.definition.form, self.places)
        return self._forms[whole]

    def form_at(self, moment: str, case_type: str | None = None) -> Form:
        """The form of that schema, read once: what shows, takes and judges answers wants it many times a request."""
        asked = (moment, case_type)
        if asked not in self._forms:
            self._forms[asked] = read_form(self.schema_at(*asked), self.places)
        return self._forms[asked]

    def form_of(self, pages: tuple[str, ...], *, unfinished: bool = False) -> Form:
        """The form of these pages alone; `unfinished`: what is said in it must be right, nothing must be said."""
        return self._part(schema_at(self.definition.form, pages), pages, unfinished)

    def work_form(self, step_key: str, *, unfinished: bool = False) -> Form | None:
        """The questions that the task fills in or puts right; None when there are none."""
        asked = (step_key, unfinished)
        if asked not in self._works:
            schema = work_schema(self.definition, self.step(step_key))
            self._works[asked] = None if schema is None else self._part(schema, ("", step_key), unfinished)
        return self._works[asked]

    def _part(self, schema: Schema, name: tuple[str, ...], unfinished: bool) -> Form:
        asked = (name, unfinished)
        if asked not in self._parts:
            self._parts[asked] = read_form(lenient(schema) if unfinished else schema, self.places)
        return self._parts[asked]

    def scope_at(self, moment: str, case_type: str | None = None) -> Scope:
        """The facts that rules may read at that moment, with their types."""
        asked = (moment, case_type)
        if asked not in self._scopes:
            kinds = [kind.key for kind in self.definition.case_types]
            self._scopes[asked] = scope(self.schema_at(*asked), kinds, moment)
        return self._scopes[asked]


def compiled(definition: Definition) -> Compiled:
    """The definition ready to run, from the cache when its digest is known."""
    name = digest(definition)
    return known(name) or keep(name, definition)


def known(name: str) -> Compiled | None:
    """What the process has compiled under that digest."""
    with _lock:
        if found := _kept.get(name):
            _kept.move_to_end(name)
        return found


def keep(name: str, definition: Definition) -> Compiled:
    """Compiles and remembers. `name` is the stored digest, which for an older format is not that of
    `definition`."""
    made = _compile(name, definition)
    with _lock:
        _kept[name] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


@lru_cache(maxsize=64)
def read_rules(text: str) -> Parsed:
    """The rule file, read once: checking, trying and compiling a definition need the same."""
    return parse(text)


def _compile(name: str, definition: Definition) -> Compiled:
    parsed = read_rules(definition.rules)
    if any(finding.severity == "error" for finding in parsed.findings):
        raise MotcuaError(f"the rules of {definition.key} cannot be read: it was never checked")
    rules, graph = parsed.rules, Graph.of(definition)
    rulebook = compile_rules(rules, scope(definition.form, [kind.key for kind in definition.case_types]))
    return Compiled(name, definition, graph, rules, rulebook, frozenset(_names_in(rules)))


def _names_in(rules: n.RuleFile) -> Iterator[str]:
    parts = (part for rule in rules.rules for part in expressions_of(rule))
    return (part.path for part in parts if isinstance(part, n.Name))


_kept: "OrderedDict[str, Compiled]" = OrderedDict()
_lock = Lock()

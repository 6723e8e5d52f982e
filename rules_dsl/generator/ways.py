"""A variable that gets its value on several ways through a function, all of which come to count alike."""

from dataclasses import dataclass, field, replace

from rules_dsl.generator.logbook import shape_of
from rules_dsl.generator.program import Draft
from rules_dsl.generator.source import Line, Source, held
from rules_dsl.generator.term import Term, aligned
from rules_dsl.kind import Kind, joined
from rules_dsl.moment import RulesNotChecked


@dataclass(slots=True)
class Way:
    line: Line
    term: Term
    drafts: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class Ways:
    """`variable` holds a value on every way on which one was put, or an Unknown."""

    source: Source
    variable: str
    ways: list[Way] = field(default_factory=list)
    doubtful: bool = False

    def put(self, term: Term) -> Way:
        """Writes the assignment here; how its number counts is filled in at the end."""
        pending = self.source.pending(term)
        self.doubtful = self.doubtful or bool(pending) or term.raises
        with self.source.unless(pending, self.variable):
            self.ways.append(Way(self.source.assign(self.variable, term), term))
        return self.ways[-1]

    def end(self) -> Term:
        """The variable, whichever way it got its value."""
        kind = self._kind()
        terms = [way.term for way in self.ways]
        alike = list(aligned(*terms)) if kind.is_number or kind.name in ("percentage", "money") else terms
        for way, term in zip(self.ways, alike, strict=True):
            way.line.text = f"{self.variable} = {term.code}"
        low, high = min(term.low for term in alike), max(term.high for term in alike)
        found = held(self.variable, replace(alike[0], kind=kind, low=low, high=high), doubtful=self.doubtful)
        for way in self.ways:
            for draft in way.drafts:
                draft.result = shape_of(found)
        return found

    def _kind(self) -> Kind:
        kind = self.ways[0].term.kind
        for way in self.ways[1:]:
            both = joined(kind, way.term.kind)
            if not both.is_known:
                raise RulesNotChecked(f"{kind.name} and {way.term.kind.name} on two ways")
            kind = both
        return kind

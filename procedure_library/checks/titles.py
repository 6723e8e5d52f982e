"""What the parts of a definition are called in the sentences of findings: by key only where nobody named them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from common.problems import Parameter
from common.text import Text
from procedure_library.definition import Definition, Step
from procedure_library.semantics import Graph
from rules_dsl.labels import Labels

# Branches, splits and joins need no name: the drawing shows them.
UNNAMED = Text("@procedures.unnamed", "@procedures.unnamed")
STRAIGHT = Text("@procedures.straight", "@procedures.straight")


def spoken(parameters: Mapping[str, Parameter | Text]) -> dict[str, Parameter]:
    """The parameters of a sentence; a text stands in both languages, as `name` and `name_en`."""
    said: dict[str, Parameter] = {}
    for name, value in parameters.items():
        if not isinstance(value, Text):
            said[name] = value
        else:
            said[name] = value.vi
            said |= {f"{name}_en": value.en} if value.en else {}
    return said


def page_titles(definition: Definition) -> Mapping[str, Text]:
    """Key of each form page → its title."""
    pages = definition.form.get("x-motcua-pages", ())
    return {page["key"]: Text.from_json(page.get("title") or page["key"]) for page in pages}


@dataclass(frozen=True, slots=True)
class Titles:
    """The names in one definition."""

    graph: Graph
    pages: Mapping[str, Text]
    rules: Mapping[str, Text]
    labels: Labels
    case_types: Mapping[str, Text]

    def step(self, key: str) -> Text:
        """Its name; a step without one is told by the nearest named step before it."""
        step = self.graph.steps[key]
        if step.name.vi:
            return step.name
        before = self._named_before(key)
        if before is None:
            return UNNAMED
        return Text(*(f"@procedures.unnamed_behind|{before.name.in_(speak)}" for speak in ("vi", "en")))

    def steps(self, keys: Iterable[str]) -> Text:
        """Their names in a row."""
        names = [self.graph.steps[key].name if self.graph.steps[key].name.vi else Text(key) for key in keys]
        return _row(names, ", ")

    def way(self, keys: Iterable[str]) -> Text:
        """The steps passed on a way."""
        names = [self.graph.steps[key].name for key in keys]
        return _row([name for name in names if name.vi], " → ") if any(n.vi for n in names) else STRAIGHT

    def value(self, branch: Step, value: str) -> Text:
        """What stands on a way out of the branch: the words of an outcome before it, of its choice's value, or of
        the case type."""
        if branch.by_case_type:
            return self.case_types.get(value, Text(value))
        if branch.choice is not None:
            return self.labels.word(branch.choice, value)
        before = (self.graph.steps[way.source] for way in self.graph.incoming[branch.key])
        outcomes = [outcome for step in before for outcome in step.ways]
        label = next((outcome.label for outcome in outcomes if outcome.key == value), Text(""))
        return label if label.vi else Text(value)

    def page(self, key: str) -> Text:
        return self.pages.get(key, Text(key))

    def rule(self, name: str) -> Text:
        title = self.rules.get(name, Text(""))
        return title if title.vi else Text(name)

    def _named_before(self, key: str) -> Step | None:
        ahead, seen = [key], {key}
        while ahead:
            for way in self.graph.incoming[ahead.pop(0)]:
                source = self.graph.steps.get(way.source)
                if source is not None and source.name.vi:
                    return source
                if source is not None and source.key not in seen:
                    seen.add(source.key)
                    ahead.append(source.key)
        return None


def _row(names: list[Text], between: str) -> Text:
    return Text(between.join(name.vi for name in names), between.join(name.in_("en") for name in names))

"""Components of a case type as a page shows them: what is needed by what was said, and what is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from common.text import Text
from procedure_library.compiled import Compiled
from rules_dsl.evaluation import ComponentNeed, Evaluation
from rules_dsl.nodes import Component
from runtime.engine.event import Paper
from runtime.models.papers import Document


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """One component. `need` None: whether it is needed cannot be told before more has been said.

    `documents` are the files attached for it, `handed_in` what was counted at the counter.
    """

    component: Component
    need: ComponentNeed | None
    documents: tuple[Document, ...]
    handed_in: Paper | None

    @property
    def key(self) -> str:
        return self.component.name

    @property
    def title(self) -> Text:
        return self.component.title

    @property
    def is_there(self) -> bool:
        paper = self.handed_in
        on_paper = paper is not None and (paper.originals or paper.certified or paper.photocopies)
        return bool(self.documents) or bool(on_paper)

    @property
    def is_wanted(self) -> bool:
        """Whether the page names it: needed, perhaps needed, or attached although it no longer is."""
        return self.need is None or self.need.needed or self.is_there


Group = tuple[NeededPaper, ...]


def needed_papers(
    compiled: Compiled,
    case_type: str,
    evaluations: Sequence[Evaluation],
    documents: Sequence[Document],
    papers: Sequence[Paper] = (),
) -> tuple[Group, ...]:
    """The components in the order of the case type; papers of which one is enough stand in one group."""
    values = {each.rule: each.value for each in evaluations}
    kind = compiled.case_type(case_type)
    rules = {rule.name: rule for rule in compiled.rules.rules if isinstance(rule, Component)}
    named = [rules[name] for name in (kind.components if kind else ())]

    def one(component: Component) -> NeededPaper:
        need = values.get(component.name)
        return NeededPaper(
            component=component,
            need=need if isinstance(need, ComponentNeed) else None,
            documents=tuple(d for d in documents if d.component == component.name),
            handed_in=next((p for p in papers if p.component == component.name), None),
        )

    wanted = [paper for paper in map(one, named) if paper.is_wanted]
    return tuple(_grouped(wanted))


def _grouped(papers: Sequence[NeededPaper]) -> Iterator[Group]:
    told: set[str] = set()
    for paper in papers:
        group = paper.component.one_of
        if group is None:
            yield (paper,)
        elif group not in told:
            told.add(group)
            yield tuple(each for each in papers if each.component.one_of == group)

"""What a procedure costs, told before anything was answered: each rule in words, and what the locality decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from common.i18n import language
from common.identity.models import Unit
from common.text import Text
from procedure_library.compiled import Compiled
from procedure_library.definition import CaseType
from procedure_library.reference import decided_in_areas
from rules_dsl.evaluation import ParameterValue
from rules_dsl.fact_types import Scope
from rules_dsl.nodes import AmountRule, AnyRule, Language, Name, Parameter
from rules_dsl.telling import told
from rules_dsl.walk import expressions_of
from rules_dsl.wording import Wording


@dataclass(frozen=True, slots=True)
class Decided:
    """An amount in force that an area has decided. `when`: for which answers, "" for all."""

    value: str
    when: str
    area: str
    since: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class Local:
    """A parameter that each locality decides; `decided` is empty where none has."""

    title: Text
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class ToldAmount:
    """One charge or fee: its lines in words, and the local parameters among them."""

    rule: AmountRule
    lines: tuple[str, ...]
    local: tuple[Local, ...]


def told_amounts(session: Session, compiled: Compiled, kind: CaseType, on: date) -> tuple[ToldAmount, ...]:
    """The amounts of the case type, in its order, with what is in force that day."""
    teller = _Teller(session, compiled, compiled.scope_at("filing", kind.key), on)
    return tuple(teller.told(name) for name in kind.amounts)


class _Teller:
    def __init__(self, session: Session, compiled: Compiled, scope: Scope, on: date) -> None:
        self.session, self.file, self.scope = session, compiled.rules, scope
        self.rules: dict[str, AnyRule] = {rule.name: rule for rule in compiled.rules.rules}
        self.decided = decided_in_areas(session, compiled.definition.key, on)
        self.language: Language = "en" if language() == "en" else "vi"
        self.words = Wording(self.language)

    def told(self, name: str) -> ToldAmount:
        rule = self.rules[name]
        assert isinstance(rule, AmountRule)
        local = dict.fromkeys(self._local(rule))
        lines = told(rule, self.file, self.scope, self.language)
        return ToldAmount(rule, lines, tuple(self._told_local(each) for each in local))

    def _local(self, rule: AnyRule) -> Iterator[Parameter]:
        """The local parameters that the rule reads, itself or by way of another."""
        for node in expressions_of(rule):
            read = self.rules.get(node.path) if isinstance(node, Name) else None
            if isinstance(read, Parameter) and read.local:
                yield read
            elif read is not None and read is not rule:
                yield from self._local(read)

    def _told_local(self, parameter: Parameter) -> Local:
        decided = (
            self._told_row(parameter, area, row)
            for (name, area), rows in self.decided.items()
            if name == parameter.name
            for row in rows
        )
        return Local(parameter.title, tuple(decided))

    def _told_row(self, parameter: Parameter, area: str, row: ParameterValue) -> Decided:
        return Decided(
            value=self.words.value(row.value),
            when=self._when(parameter, row),
            area=self._area(area),
            since=row.from_on,
            basis="; ".join(row.cites),
        )

    def _when(self, parameter: Parameter, row: ParameterValue) -> str:
        """The answers that the row is for, as the form calls them; "*" says nothing."""
        assert parameter.local
        asked = zip(parameter.local.by, row.keys, strict=False)
        facts = [(self.scope.facts.get(fact.path), key) for fact, key in asked if key != "*"]
        said = (
            fact.labels[key].in_(self.language) if fact and key in fact.labels else key for fact, key in facts
        )
        return ", ".join(said)

    def _area(self, area: str) -> str:
        """The unit whose area it is; its code where no unit has it."""
        its = or_(Unit.area_code == area, Unit.province_code == area)
        unit = self.session.scalars(select(Unit).where(its).order_by(Unit.id).limit(1)).first()
        return Text(unit.name_vi, unit.name_en).in_(self.language) if unit else area

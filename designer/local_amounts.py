"""What rules leave to province or unit, and what has been decided for it, as an administrator reads it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Unit
from common.money import EXPONENTS, Money
from common.problems import Finding
from common.text import Text
from procedure_library.definition import Definition
from procedure_library.models import Version
from procedure_library.queries import definition_of
from procedure_library.reference import ParameterRow
from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType
from rules_dsl.facts import scope
from rules_dsl.parameters import constant
from rules_dsl.values import ExactMoney, decode, plain

State = Literal["in_force", "later", "ended", "corrected"]
ANY = "*"
YES_OR_NO = {"yes": Text("Có", "Yes"), "no": Text("Không", "No")}


@dataclass(frozen=True, slots=True)
class Key:
    """A fact whose value tells amounts of one parameter apart; `values` empty: anything may be written."""

    title: Text
    values: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Local:
    """A parameter left to province or unit, under the rules of one version."""

    version: Version
    name: str
    title: Text
    law: n.Law
    setting: n.LocalSetting
    keys: tuple[Key, ...]

    @property
    def unit(self) -> str:
        """What amounts are counted in: a currency, "%" or ""."""
        if isinstance(self.setting.lowest, n.Amount):
            return self.setting.lowest.currency
        return "%" if isinstance(self.setting.lowest, n.Percentage) else ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with what has become of it; `until` is its last day as the following one leaves it."""

    row: ParameterRow
    state: State
    until: date | None


def locals_in(session: Session, version: Version) -> tuple[Local, ...]:
    """What the version's rules leave open, in the order of the file."""
    compiled = definition_of(session, version.id)
    return tuple(
        Local(version, rule.name, rule.title, rule.law, rule.local, _keys(compiled.definition, rule.local))
        for rule in compiled.rules.rules
        if isinstance(rule, n.Parameter) and rule.local
    )


def decided(session: Session, procedure: str, name: str, today: date) -> tuple[Decided, ...]:
    """Every decision about the parameter: areas and lines side by side, in each the latest first."""
    question = select(ParameterRow).where(ParameterRow.procedure_key == procedure, ParameterRow.name == name)
    rows = session.scalars(
        question.order_by(
            ParameterRow.area, ParameterRow.keys, ParameterRow.effective_from.desc(), ParameterRow.id.desc()
        )
    )
    lines = groupby(rows, key=lambda row: (row.area, tuple(row.keys)))
    return tuple(each for _line, of_line in lines for each in _states(list(of_line), today))


def area_names(session: Session, areas: Iterable[str]) -> Mapping[str, Text]:
    """Code of an area → the authority that bears it, the one at the top first."""
    question = select(Unit).where(Unit.area_code.in_(set(areas))).order_by(Unit.id.desc())
    names = {unit.area_code: Text(unit.name_vi, unit.name_en) for unit in session.scalars(question)}
    return {area: names.get(area, Text(area)) for area in areas}


def deciding_areas(session: Session, local: Local, on: date) -> Sequence[Unit]:
    """The authorities that may decide, by the code of their area: the province, or every unit that has one."""
    question = select(Unit).where(Unit.area_code != "").order_by(Unit.area_code, Unit.id)
    if local.setting.setter == "province":
        question = question.where(Unit.level == "province")
    open_ones = {
        unit.area_code: unit for unit in reversed(session.scalars(question).all()) if unit.is_open(on)
    }
    return sorted(open_ones.values(), key=lambda unit: unit.area_code)


def amount_text(value: Money | Decimal, unit: str) -> Text:
    """An amount as people read it."""
    if isinstance(value, Money):
        return Text(value.in_("vi"), value.in_("en"))
    written = plain(value)
    percent = " %" if unit == "%" else ""
    return Text(f"{written.replace('.', ',')}{percent}", f"{written}{percent}")


def row_text(row: ParameterRow, unit: str) -> Text:
    """What the row's amount is."""
    value = decode(row.value)
    return amount_text(value if isinstance(value, Money) else Decimal(str(value)), unit)


def in_words(finding: Finding, local: Local, language: str) -> Finding:
    """The finding with the parameter and its bounds as people read them, not as files write them."""
    if "lowest" not in finding.parameters:
        return finding
    sides = {"lowest": local.setting.lowest, "highest": local.setting.highest}
    bounds = {side: bound_text(bound, local.unit).in_(language) for side, bound in sides.items()}
    named = {"name": local.title.in_(language) or local.name}
    return replace(finding, parameters={**finding.parameters, **bounds, **named})


def bound_text(bound: n.Constant, unit: str) -> Text:
    """A bound as people read it."""
    value = constant(bound)
    if isinstance(value, ExactMoney):
        minor = value.amount.scaleb(EXPONENTS[value.currency])
        return amount_text(Money(int(minor), value.currency), unit)
    assert isinstance(value, Decimal)
    return amount_text(value.scaleb(2) if unit == "%" else value, unit)


def key_texts(keys: Sequence[Key], row: Sequence[str]) -> tuple[tuple[Text, Text | None], ...]:
    """Which line of the parameter a row is: each fact with its value; None: any."""
    values = [*row, *[ANY] * (len(keys) - len(row))]
    return tuple(
        (key.title, None if value == ANY else key.values.get(value, Text(value)))
        for key, value in zip(keys, values, strict=True)
    )


def _keys(definition: Definition, setting: n.LocalSetting) -> tuple[Key, ...]:
    kinds = {kind.key: kind.name for kind in definition.case_types}
    facts = scope(definition.form, tuple(kinds)).facts
    return tuple(_key(facts.get(name.path), name.path, kinds) for name in setting.by)


def _key(fact: FactType | None, path: str, kinds: Mapping[str, Text]) -> Key:
    if fact is None:
        return Key(Text(path), {})
    if fact.kind == "boolean":
        return Key(fact.title, YES_OR_NO)
    named = {value: fact.labels.get(value) or kinds.get(value) or Text(value) for value in fact.values}
    return Key(fact.title if fact.title.vi else Text(path), named)


def _states(line: list[ParameterRow], today: date) -> Iterator[Decided]:
    """The latest day first; of one day the last decision counts, those before it are corrected."""
    following: date | None = None
    for row, later in pairwise([None, *line]):
        assert later is not None
        if row is not None and row.effective_from == later.effective_from:
            yield Decided(later, "corrected", later.effective_until)
            continue
        following = row.effective_from if row is not None else None
        before = following - timedelta(days=1) if following else None
        until = min((day for day in (later.effective_until, before) if day), default=None)
        yield Decided(later, _state(later, until, today), until)


def _state(row: ParameterRow, until: date | None, today: date) -> State:
    if row.effective_from > today:
        return "later"
    return "in_force" if until is None or today <= until else "ended"

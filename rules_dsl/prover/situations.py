"""A case found by the solver, as facts and local amounts that people can read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import z3

from common.clock import ZONE
from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.dossier_facts import DAY_OF
from rules_dsl.prover import plausible
from rules_dsl.prover.admitted_values import SECONDS_A_DAY
from rules_dsl.prover.any_answers import Block, Leaf, Many, Node
from rules_dsl.prover.logic import Term, is_plain, lifted
from rules_dsl.prover.words import OTHER
from rules_dsl.prover.world import At, World
from rules_dsl.prover.worlds import DOSSIER


@dataclass(frozen=True, slots=True)
class Situation:
    """One world as the solver's model has it."""

    model: Any
    world: World

    def facts(self) -> dict[str, Any]:
        """{"answers": …, "dossier": …}"""
        dossier = {
            name.removeprefix(DOSSIER): leaf
            for name, leaf in self.world.dossier.items()
            if name not in DAY_OF
        }
        return {"answers": self._block(self.world.form), "dossier": dict(self._dossier(dossier))}

    def parameters(self) -> dict[str, list[dict[str, Any]]]:
        """What the case supposes a province or unit to have set, as `rules_dsl.reference` reads it."""
        found: dict[str, list[dict[str, Any]]] = {}
        for (name, _), asked in self.world.free.items():
            rule = self.world.rules[name]
            if isinstance(rule, n.Parameter) and rule.local:
                row = {"value": self._set(rule.local, asked.value), "keys": self._keys(rule.local, asked.at)}
                if row not in found.setdefault(name, []):
                    found[name].append(row)
        return found

    def _set(self, setting: n.LocalSetting, value: Term) -> Any:
        number = self.number(value)
        match setting.lowest:
            case n.Amount(currency=currency):
                minor = number * 10 ** EXPONENTS.get(currency, 0)
                return {"amount": int(minor), "currency": currency}
            case n.Percentage():
                return written(number * 100)
        return written(number)

    def _keys(self, setting: n.LocalSetting, at: At) -> list[str]:
        return [self._key(fact.path, at) for fact in setting.by]

    def _key(self, path: str, at: At) -> str:
        leaf = self.world.node(path, at)
        assert isinstance(leaf, Leaf)
        value = self._leaf(leaf)
        return ("yes" if value else "no") if isinstance(value, bool) else str(value)

    def rates(self) -> dict[str, list[dict[str, Any]]]:
        """What the case supposes to have been published."""
        found: dict[str, list[dict[str, Any]]] = {}
        for (name, _), asked in self.world.free.items():
            if isinstance(self.world.rules[name], n.Rate):
                day = date.fromordinal(int(self.number(asked.on)))
                found.setdefault(name, []).append(
                    {"on": day.isoformat(), "value": written(self.number(asked.value))}
                )
        return found

    def _dossier(self, dossier: Mapping[str, Leaf]) -> Iterator[tuple[str, Any]]:
        for key, leaf in dossier.items():
            if self.holds(leaf.present):
                yield key, self._leaf(leaf)

    def _block(self, block: Block) -> dict[str, Any]:
        return {key: self._node(node) for key, node in block.fields.items() if self.holds(node.present)}

    def _node(self, node: Node) -> Any:
        match node:
            case Block():
                return self._block(node)
            case Many():
                rows = [self._block(row) for row in node.rows if self.holds(row.present)]
                # Of more rows than stand one by one, the others are like the last.
                more = int(self.number(node.count)) - len(rows)
                return rows + [dict(rows[-1]) for _ in range(max(0, more))] if rows else []
            case Leaf():
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Any:
        if leaf.term is None:
            return plausible.value(leaf.schema)
        match leaf.kind:
            case "boolean":
                return self.holds(leaf.term)
            case "choices":
                return [value for value, chosen in leaf.members.items() if self.holds(chosen)]
            case "date":
                return date.fromordinal(int(self.number(leaf.term))).isoformat()
            case "instant":
                return instant(int(self.number(leaf.term))).isoformat()
            case "time":
                minutes = int(self.number(leaf.term))
                return time(minutes // 60, minutes % 60).isoformat("minutes")
            case "text" | "choice":
                return self._text(leaf)
        return written(self.number(leaf.term))

    def _text(self, leaf: Leaf) -> str:
        number = int(self.number(leaf.term))
        word = self.world.words.word(number)
        return self._other(leaf, max(0, number - OTHER)) if word is None else word

    def _other(self, leaf: Leaf, number: int) -> str:
        """A text that nobody compares; of a list of codes some may be compared, then the next is taken."""
        texts = (plausible.text(leaf.schema, number + further) for further in range(len(plausible.PROVINCES)))
        first = plausible.text(leaf.schema, number)
        return next((text for text in texts if text not in self.world.words.numbers), first)

    def holds(self, truth: Term) -> bool:
        if isinstance(truth, bool):
            return truth
        return bool(z3.is_true(self.model.eval(truth, model_completion=True)))

    def number(self, term: Term) -> Fraction:
        if is_plain(term):
            return Fraction(term)
        found = self.model.eval(lifted(term, self.world.planting.unknowns.ctx), model_completion=True)
        return Fraction(str(found)) if z3.is_int_value(found) or z3.is_rational_value(found) else Fraction(0)


def instant(seconds: int) -> datetime:
    day, clock = divmod(seconds, SECONDS_A_DAY)
    return datetime.combine(date.fromordinal(day), time(), ZONE) + timedelta(seconds=clock)


def written(number: Fraction) -> int | Decimal:
    """The number as answers hold it; what has no end is cut, and will be refused."""
    if number.denominator == 1:
        return number.numerator
    return Decimal(number.numerator) / Decimal(number.denominator)

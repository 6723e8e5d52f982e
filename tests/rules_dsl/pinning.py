"""Ties a prover's world to one set of facts, to see whether both meanings of the rules agree on it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from form_builder.visibility import prune
from rules_dsl.dossier_facts import DAY_OF
from rules_dsl.prover.any_answers import Block, Leaf, Many, Node
from rules_dsl.prover.logic import Term, equal, negated
from rules_dsl.prover.meaning import seconds
from rules_dsl.prover.words import OTHER
from rules_dsl.prover.world import World
from rules_dsl.prover.worlds import DOSSIER


def produced(schema: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the form hands them over: nothing that is not asked, nothing empty."""

    def without_empty(value: Any) -> Any:
        if isinstance(value, Mapping):
            kept = {key: without_empty(each) for key, each in value.items()}
            return {key: each for key, each in kept.items() if each not in ([], {})}
        return [without_empty(each) for each in value] if isinstance(value, list) else value

    found: dict[str, Any] = without_empty(prune(schema, answers))
    return found


def pinned(world: World, body: Mapping[str, Any]) -> Iterator[Term]:
    """The truths that leave of all worlds only that of these facts."""
    yield from _block(world.form, body["answers"], world, {})
    texts: dict[str, int] = {}
    for name, leaf in world.dossier.items():
        value = body["dossier"].get(name.removeprefix(DOSSIER))
        if name not in DAY_OF:
            yield from _leaf(leaf, value, world, texts)


def _block(block: Block, body: Mapping[str, Any], world: World, texts: dict[str, int]) -> Iterator[Term]:
    for key, node in block.fields.items():
        yield from _node(node, body.get(key), world, texts)


def _node(node: Node, value: Any, world: World, texts: dict[str, int]) -> Iterator[Term]:
    match node:
        case Leaf():
            yield from _leaf(node, value, world, texts)
        case Many():
            yield equal(node.count, len(value or ()))
            yield _is(node.present, value is not None)
            for row, given in zip(node.rows, value or (), strict=False):
                yield from _block(row, given, world, texts)
        case Block():
            yield _is(node.present, value is not None)
            yield from _block(node, value or {}, world, texts)


def _is(truth: Term, wanted: bool) -> Term:
    return truth if wanted else negated(truth)


def _leaf(leaf: Leaf, value: Any, world: World, texts: dict[str, int]) -> Iterator[Term]:
    yield _is(leaf.present, value is not None)
    if value is None or leaf.term is None:
        return
    match leaf.kind:
        case "boolean":
            yield equal(leaf.term, bool(value))
        case "choices":
            yield from (_is(member, word in value) for word, member in leaf.members.items())
        case "date":
            yield equal(leaf.term, date.fromisoformat(value).toordinal())
        case "instant":
            yield equal(leaf.term, seconds(datetime.fromisoformat(value)))
        case "time":
            clock = time.fromisoformat(value)
            yield equal(leaf.term, clock.hour * 60 + clock.minute)
        case "text" | "choice":
            other = texts.setdefault(value, OTHER + len(texts))
            yield equal(leaf.term, world.words.numbers.get(value, other))
        case _:
            number = Fraction(str(value))
            yield equal(leaf.term, number.numerator if number.denominator == 1 else number)

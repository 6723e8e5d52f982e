"""All rules there are: the catalogue's and the domain's. Little is left undecided, and what is refuted is the law."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rules_dsl.facts import scope
from rules_dsl.parser import parse
from rules_dsl.prover.proof import Proof
from rules_dsl.prover.prove import prove
from tests.rules_dsl import real_form
from tests.rules_dsl.tables import SPEC
from tests.rules_dsl.world import ROOT, reference

CATALOGUE = sorted((ROOT / "procedure_library/catalogue").glob("*/rules.motcua"))
DOMAIN = sorted(path for path in SPEC.glob("*.motcua") if path.with_suffix(".form.json").exists())
# Where the law itself leaves a gap or an overlap: an auction at exactly 20 billion, an arrival at exactly 23:00, a
# card renewed online while two discounts run.
THE_LAW_ITSELF = {"R4b": {"complete"}, "D7": {"complete"}, "R9": {"unique"}}


def form_of(rules: Path) -> dict[str, Any]:
    beside = rules.with_suffix(".form.json")
    form = beside if beside.exists() else rules.with_name("form.schema.json")
    body: dict[str, Any] = json.loads(form.read_text(encoding="utf-8"))
    return body


@cache
def proofs_of(rules: Path) -> tuple[Proof, ...]:
    form = form_of(rules)
    parsed = parse(rules.read_text(encoding="utf-8"))
    return prove(parsed.rules, scope(form), form, reference(), seconds=10.0)


@pytest.mark.parametrize("rules", CATALOGUE, ids=lambda path: path.parent.name)
def test_everything_in_the_catalogue_is_proved(rules: Path) -> None:
    assert {(proof.rule, proof.verdict) for proof in proofs_of(rules) if proof.verdict != "proved"} == set()


@pytest.mark.parametrize("rules", DOMAIN, ids=lambda path: path.stem)
def test_of_the_domain_only_the_law_itself_is_refuted(rules: Path) -> None:
    """And the case that shows it is one that the real form accepts."""
    refuted = [proof for proof in proofs_of(rules) if proof.verdict == "refuted"]
    assert {proof.question for proof in refuted} == THE_LAW_ITSELF.get(rules.stem, set())
    for example in (proof.counter_example for proof in refuted):
        assert example is not None
        for facts in filter(None, (example.facts, example.after)):
            kept, problems = real_form.post(form_of(rules), facts["answers"])
            assert problems == []
            assert real_form.without_row_ids(kept) == facts["answers"]


def test_at_most_one_in_twenty_is_not_decided() -> None:
    counts = Counter(proof.verdict for rules in (*CATALOGUE, *DOMAIN) for proof in proofs_of(rules))
    print(dict(counts))
    assert counts["not_decided"] <= 0.05 * counts.total()

"""Every planted fault is found, with a case that the real form accepts (planted_faults.toml)."""

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rules_dsl.facts import scope
from rules_dsl.parser import parse
from rules_dsl.prover.judging import Judge
from rules_dsl.prover.proof import Proof
from rules_dsl.prover.prove import prove
from tests.rules_dsl import real_form
from tests.rules_dsl.world import reference

HERE = Path(__file__).parent
FORM: dict[str, Any] = json.loads((HERE / "planted_faults.form.json").read_text(encoding="utf-8"))
FAULTS: list[dict[str, Any]] = tomllib.loads((HERE / "planted_faults.toml").read_text(encoding="utf-8"))[
    "fault"
]
# Tests share the machine with others: what is decided must not hang on how busy it is.
PATIENCE = 30.0


@cache
def proofs_of(rules: str) -> tuple[Proof, ...]:
    parsed = parse(f"ngôn_ngữ vi\n{rules}")
    assert parsed.findings == ()
    judge = Judge(lambda answers: real_form.accepts(FORM, answers))
    return prove(parsed.rules, scope(FORM), FORM, reference(), PATIENCE, judge=judge)


def refuted(fault: dict[str, Any]) -> list[Proof]:
    return [proof for proof in proofs_of(fault["rules"]) if proof.verdict != "proved"]


def test_there_are_forty_and_more() -> None:
    assert len(FAULTS) >= 40
    assert len({fault["name"] for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"])
def test_the_fault_is_found_and_nothing_else(fault: dict[str, Any]) -> None:
    found = [(proof.question, proof.place.line, proof.code, proof.verdict) for proof in refuted(fault)]
    also = [tuple(each) for each in fault.get("also", ())]
    assert found == [(fault["question"], fault["line"], fault["code"], "refuted"), *also]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"])
def test_the_case_is_one_the_real_form_accepts(fault: dict[str, Any]) -> None:
    for proof in refuted(fault):
        if proof.counter_example is None:
            assert proof.question in ("alive", "possible")
            continue
        for facts in filter(None, (proof.counter_example.facts, proof.counter_example.after)):
            kept, problems = real_form.post(FORM, facts["answers"])
            assert problems == []
            assert real_form.without_row_ids(kept) == facts["answers"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"])
def test_the_case_shows_what_it_must(fault: dict[str, Any]) -> None:
    example = refuted(fault)[0].counter_example
    for name, value in fault.get("shows", {}).items():
        assert example is not None
        assert told(example.facts, name) == value
    if "received_on" in fault or "received_between" in fault:
        assert example is not None
        first, last = fault.get("received_between", [fault.get("received_on")] * 2)
        received_on = date.fromisoformat(example.facts["dossier"]["received_at"][:10])
        assert date.fromisoformat(first) <= received_on <= date.fromisoformat(last)


def told(facts: dict[str, Any], name: str) -> Any:
    steps = name.split(".")
    value: Any = facts["dossier"] if steps[0] == "dossier" else facts["answers"]
    for step in steps[1:] if steps[0] == "dossier" else steps:
        value = value[step]
    return value

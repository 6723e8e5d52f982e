"""The JSON Schemas of docs/formats hold the real files, and refuse what the readers refuse."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from procedure_library.canonical import canonical, parsed
from procedure_library.checks import check
from procedure_library.codec import encode
from procedure_library.compare import compare
from procedure_library.compiled import compiled
from procedure_library.definition import Definition
from procedure_library.package import read_package
from procedure_library.ready_made import REFERENCE, national_calendar, packages
from procedure_library.reports import findings_json
from rules_dsl.cli import rules
from rules_dsl.dossier_facts import dossier_facts
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Facts, read_facts
from tests.procedure_library.call_faults import NEIGHBOURS
from tests.procedure_library.faults import FAULTS
from tests.procedure_library.samples import definition

FORMATS = Path(__file__).resolve().parents[2] / "docs" / "formats"
SCHEMAS = {path.name.removesuffix(".schema.json"): path for path in FORMATS.glob("*.schema.json")}


@cache
def schemas() -> Registry[Any]:
    bodies = [json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.values()]
    return Registry().with_resources([(body["$id"], Resource.from_contents(body)) for body in bodies])


@cache
def validator(name: str) -> Draft202012Validator:
    body = json.loads(SCHEMAS[name].read_text(encoding="utf-8"))
    return Draft202012Validator(body, registry=schemas(), format_checker=FormatChecker())


def problems(name: str, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(value)]


def head(folder: Path) -> Any:
    return tomllib.loads((folder / "procedure.toml").read_text(encoding="utf-8"))


def loaded(path: Path) -> Any:
    return parsed(path.read_text(encoding="utf-8"))


def real_files() -> Iterator[tuple[str, Any, str]]:
    for folder in packages():
        yield "procedure", head(folder), folder.name
        yield "form", loaded(folder / "form.schema.json"), folder.name
        for path in folder.glob("examples/*.json"):
            yield "example", loaded(path), f"{folder.name}/{path.stem}"
            yield "facts", loaded(path)["facts"], f"{folder.name}/{path.stem}"
        definition_ = read_package(folder)
        assert isinstance(definition_, Definition)
        yield "definition", parsed(encode(definition_)), folder.name


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMAS[name].read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "value"), [pytest.param(n, v, id=f"{n}-{where}") for n, v, where in real_files()]
)
def test_real_files_are_as_the_schema_says(name: str, value: Any) -> None:
    assert problems(name, value) == []


def test_the_stored_sample_is_as_the_schema_says() -> None:
    assert problems("definition", parsed(encode(definition()))) == []


@pytest.mark.parametrize("code", FAULTS)
def test_findings_are_as_the_schema_says(code: str) -> None:
    findings = check(FAULTS[code][0], neighbours=NEIGHBOURS)
    assert findings
    assert problems("findings", json.loads(findings_json(findings, "vi"))) == []


def test_changes_are_as_the_schema_says() -> None:
    first, second, *_ = (read_package(folder) for folder in packages())
    assert isinstance(first, Definition)
    assert isinstance(second, Definition)
    changes = [asdict(change) for change in compare(first, second)]
    assert {change["kind"] for change in changes} == {"added", "removed", "changed"}
    assert problems("changes", changes) == []


@pytest.mark.parametrize("folder", packages(), ids=lambda folder: folder.name)
def test_the_output_of_evaluate_is_as_the_schema_says(folder: Path, tmp_path: Path) -> None:
    example = loaded(next(iter(sorted(folder.glob("examples/*.json")))))
    facts = tmp_path / "facts.json"
    facts.write_text(canonical(example["facts"]), encoding="utf-8")
    options = ["--form", folder / "form.schema.json", "--facts", facts]
    options += ["--calendar", REFERENCE / "calendar.toml", "--parameters", REFERENCE / "demo_province.toml"]
    result = CliRunner().invoke(
        rules, ["evaluate", str(folder / "rules.motcua"), *map(str, options), "--json"]
    )
    evaluations = json.loads(result.output)
    kinds = {evaluation["kind"] for evaluation in evaluations}
    definition = read_package(folder)
    assert isinstance(definition, Definition)
    assert kinds >= {"term", *("component" for kind in definition.case_types if kind.components)}
    assert bool(kinds & {"charge", "fee"}) == any(kind.amounts for kind in definition.case_types)
    for evaluation in evaluations:
        assert problems("evaluation", evaluation) == []


@pytest.mark.parametrize(
    "lines",
    ["below 50 pay 1 VND above 50 pay 2 VND", "up to 50 pay 2 VND above pay 1 VND"],
    ids=["a gap", "a claim of two cases"],
)
def test_the_output_of_prove_is_as_the_schema_says(lines: str, tmp_path: Path) -> None:
    text = f"""language en
charge size "By copies" cites "Law" by person.copies {lines}
always size never falls as person.copies rises"""
    (tmp_path / "rules.motcua").write_text(text, encoding="utf-8")
    (tmp_path / "form.json").write_text(canonical(definition().form), encoding="utf-8")
    options = ["--form", tmp_path / "form.json", "--calendar", REFERENCE / "calendar.toml", "--json"]
    result = CliRunner().invoke(rules, ["prove", str(tmp_path / "rules.motcua"), *map(str, options)])
    output = json.loads(result.output)
    assert problems("proofs", output) == []
    assert problems("findings", output["findings"]) == []
    refuted = [proof for proof in output["proofs"] if proof["counter_example"]]
    for proof in refuted:
        assert problems("facts", proof["counter_example"]["facts"]) == []


def test_what_is_stored_of_an_evaluation_is_as_the_schema_says() -> None:
    ready = compiled(definition())
    example = definition().examples[0]
    facts = read_facts(ready.scope_at("filing", "ordinary"), example.facts)
    assert isinstance(facts, Facts)
    for calendar in (None, national_calendar().calendar):
        for name in ("issue", "three_days", "identity", "few"):
            found = ready.rulebook.evaluate(name, facts, Reference(calendar))
            assert problems("evaluation", found.to_json()) == []


@pytest.mark.parametrize(
    ("name", "path", "wrong"),
    [
        ("procedure", ("levels", 0), "district"),
        ("procedure", ("case_types", 0, "key"), "Trường hợp"),
        ("procedure", ("online_level",), "level 4"),
        ("form", ("type",), "array"),
        ("form", ("properties", "applicant", "x-motcua-en"), "Applicant"),
        ("form", ("x-motcua-pages", 0, "key"), 1),
        ("facts", ("dossier", "received_at"), "2026-03-02T15:30:00"),
        ("facts", ("dossier", "weather"), "rain"),
        ("example", ("expect", "total"), {"amount": 1.5, "currency": "VND"}),
        ("definition", ("steps", 0, "kind"), "gateway"),
    ],
)
def test_what_is_wrong_is_refused(name: str, path: tuple[Any, ...], wrong: Any) -> None:
    good = next(value for found, value, _ in real_files() if found == name)
    value = json.loads(json.dumps(good, default=str))
    holder = value
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = wrong
    assert problems(name, value) != []


def test_the_closed_list_of_dossier_facts_is_that_of_the_language() -> None:
    said = json.loads(SCHEMAS["facts"].read_text(encoding="utf-8"))["properties"]["dossier"]["properties"]
    assert {f"dossier.{name}" for name in said} == set(dossier_facts(("ordinary",)))
    page = (FORMATS.parent / "formats.md").read_text(encoding="utf-8")
    assert all(f"`dossier.{name}`" in page for name in said)


def test_every_schema_is_on_the_page() -> None:
    page = (FORMATS.parent / "formats.md").read_text(encoding="utf-8")
    assert all(f"(formats/{path.name})" in page for path in SCHEMAS.values())

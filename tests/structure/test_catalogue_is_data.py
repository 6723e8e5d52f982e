"""No code names a procedure, step, outcome, field or rule of the catalogue: the law is data (invariant 11)."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from common.identity.models import Account
from rules_dsl.parser import parse
from tests.structure.sources import PACKAGES, ROOT, python, told

CATALOGUE = ROOT / "procedure_library" / "catalogue"
# Words that are the house's as well: ordinary ones, what an account says of a person, kinds of field, of term.
ORDINARY = re.compile(r"[a-z]{1,12}")
HOUSE_WORDS = {column.name for column in Account.__table__.columns} | {"ethnic_group", "same_day"}


def keys() -> set[str]:
    """Every key of the ready-made procedures that is not just an ordinary word."""
    found = {each for package in CATALOGUE.glob("*/procedure.toml") for each in _keys(package.parent)}
    return {key for key in found if not ORDINARY.fullmatch(key)} - HOUSE_WORDS


def _keys(package: Path) -> Iterator[str]:
    yield from _declared(tomllib.loads((package / "procedure.toml").read_text(encoding="utf-8")))
    yield from _fields(json.loads((package / "form.schema.json").read_text(encoding="utf-8")))
    for element in ElementTree.parse(package / "steps.bpmn").iter():
        if element.tag.endswith(("Task", "Event", "Gateway")) and "id" in element.attrib:
            yield element.attrib["id"]
        if element.tag.endswith("}outcome"):
            yield element.attrib["key"]
    yield from (rule.name for rule in parse((package / "rules.motcua").read_text("utf-8")).rules.rules)
    yield package.name


def _declared(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("key"), str):
            yield node["key"]
        for inner in node.values():
            yield from _declared(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _declared(inner)


def _fields(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        properties = schema.get("properties", {})
        yield from (key for key in properties if isinstance(properties[key], dict))
        for inner in schema.values():
            yield from _fields(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _fields(inner)


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in the code that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def test_the_catalogue_has_keys_to_look_for() -> None:
    """Of every package, and of every kind: folder, case type, page, field, step, outcome, rule."""
    packages = {folder.parent.name for folder in CATALOGUE.glob("*/procedure.toml")}
    assert len(packages) == 7
    assert keys() >= packages
    assert keys() >= {"rural_house", "field_visit", "map_sheet", "examine_again", "permit_amount"}


def test_no_code_names_one_of_them() -> None:
    wanted = keys()
    named = [
        f"{told(path)}:{line}: {text}"
        for path in python(*PACKAGES)
        if not path.is_relative_to(CATALOGUE) and "demo" not in path.parts
        for line, text in strings(path)
        if wanted.intersection(re.split(r"[./\s]+", text))
    ]
    assert named == []


def test_no_template_names_one_of_them() -> None:
    word = re.compile(r"\b(" + "|".join(map(re.escape, sorted(keys()))) + r")\b")
    pages = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    named = [told(path) for path in pages if word.search(path.read_text(encoding="utf-8"))]
    assert named == []

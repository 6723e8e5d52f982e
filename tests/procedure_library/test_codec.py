"""Stored definitions: one spelling, one digest, readable for ever."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from procedure_library.canonical import canonical, parsed
from procedure_library.codec import UnreadableDefinition, decode, digest, encode
from procedure_library.definition import FORMAT, Definition
from tests.procedure_library.graphs import block_structured
from tests.procedure_library.samples import FORM, definition

GOLDEN = Path(__file__).parent / "golden"


@given(block_structured())
@settings(max_examples=60, deadline=None)
def test_decoding_gives_back_what_was_encoded(procedure: Definition) -> None:
    assert decode(encode(procedure)) == procedure


@given(block_structured(), block_structured())
@settings(max_examples=60, deadline=None)
def test_equal_digests_mean_equal_definitions(one: Definition, other: Definition) -> None:
    assert (digest(one) == digest(other)) == (one == other)


def test_every_format_ever_stored_is_still_read() -> None:
    files = sorted(GOLDEN.glob("format-*.json"))
    assert [f.stem for f in files] == [f"format-{n}" for n in range(1, FORMAT + 1)]
    for file in files:
        assert decode(file.read_bytes()) == definition()


def test_the_present_format_is_written_as_in_its_golden_file() -> None:
    assert encode(definition()) == (GOLDEN / f"format-{FORMAT}.json").read_bytes()


def test_the_order_of_fields_is_kept_and_counts() -> None:
    person = FORM["properties"]["person"]["properties"]
    turned = dict(reversed(person.items()))
    other = parsed(canonical(FORM))
    other["properties"]["person"]["properties"] = turned
    swapped = definition(form=other)
    assert digest(swapped) != digest(definition())
    assert list(decode(encode(swapped)).form["properties"]["person"]["properties"]) == list(turned)


def test_decimals_stay_exact() -> None:
    assert (
        canonical(parsed('{"b": 1.50, "a": 0.1, "c": 2.0, "d": 1e3}')) == '{"a":0.1,"b":1.5,"c":2,"d":1000}'
    )


def test_newer_and_damaged_bytes_are_refused() -> None:
    newer = encode(replace(definition(), format=FORMAT + 1))
    for content in (newer, b"", b"[]", b'{"format":1}', encode(definition())[:-5]):
        with pytest.raises(UnreadableDefinition):
            decode(content)

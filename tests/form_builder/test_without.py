"""What is wrong with an answer says nothing: it is taken out, and nothing else."""

import pytest

from form_builder.answers import without

SAID = {"name": "An", "of": {"kind": "x", "day": "?"}, "rows": [{"pages": 1}, {"pages": 0, "copies": 2}]}


@pytest.mark.parametrize(
    ("places", "left"),
    [
        ([], SAID),
        (["name"], {"of": SAID["of"], "rows": SAID["rows"]}),
        (["of.day"], {**SAID, "of": {"kind": "x"}}),
        (["rows.1.pages"], {**SAID, "rows": [{"pages": 1}, {"copies": 2}]}),
        (["rows", "rows.0.pages"], {"name": "An", "of": SAID["of"]}),
        (["not.there", "rows.7.pages", "name.more"], SAID),
    ],
)
def test_only_what_stands_at_the_places_goes(places, left):
    before = repr(SAID)
    assert without(SAID, places) == left
    assert repr(SAID) == before

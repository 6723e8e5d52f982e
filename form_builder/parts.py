"""Who fills and who sees a question, where that is not whoever does so with its page.

    "x-motcua-steps": {"fills": ["sign"], "shows": ["appraise", "sign"]}

`fills` names the steps that answer it, in place of those that fill its page; `shows` the only steps that see it
besides. Steps are keys of the procedure: the form itself does not know them.

The questions of a page that the same steps fill are a *part* of it. The part whose questions name no step is called
as the page ("register"), any other by page and steps ("register@appraise+sign"): keys have neither sign.
"""

from collections.abc import Mapping
from typing import Any

from form_builder.remarks import keys_in
from rules_dsl.pointers import resolved

Schema = Mapping[str, Any]
STEPS = "x-motcua-steps"
FILLS, SHOWS = "fills", "shows"
_AT, _AND = "@", "+"


def parts(schema: Schema) -> tuple[str, ...]:
    """The parts of the pages, in order; a page whose questions all name steps has no part of its own name."""
    return tuple(part for page in schema.get("x-motcua-pages", ()) for part in parts_of(schema, page))


def parts_of(schema: Schema, page: Schema) -> tuple[str, ...]:
    """The parts of one page as it is written: that of its own name first."""
    found = [part_of(schema, page["key"], key) for key in keys_in(page.get("fields", ()))]
    return tuple(dict.fromkeys(sorted(found, key=lambda part: _AT in part) or [page["key"]]))


def part_of(schema: Schema, page: str, key: str) -> str:
    """The part of the page to which the question belongs."""
    steps = steps_of(schema, key, FILLS)
    return page + _AT + _AND.join(sorted(steps)) if steps else page


def page_of(part: str) -> str:
    """The page of a part."""
    return part.partition(_AT)[0]


def fillers(part: str) -> tuple[str, ...]:
    """The steps that fill the part by name; empty for the part of those who fill the page."""
    _page, _at, steps = part.partition(_AT)
    return tuple(steps.split(_AND)) if steps else ()


def steps_of(schema: Schema, key: str, verb: str) -> tuple[str, ...]:
    """The steps that the top-level question names as filling or seeing it; empty: it names none."""
    node = schema.get("properties", {}).get(key)
    return named_in(resolved(schema, node), verb) if isinstance(node, Mapping) else ()


def named_in(node: Schema, verb: str) -> tuple[str, ...]:
    """The same of the question's own schema."""
    said = node.get(STEPS)
    named = said.get(verb, ()) if isinstance(said, Mapping) else ()
    return tuple(each for each in named if isinstance(each, str)) if isinstance(named, list | tuple) else ()

"""A block put into a form, and taken out of it again."""

from collections.abc import Collection, Mapping
from typing import Any

from form_builder.bank.cutting import renamed
from form_builder.bank.origins import ORIGIN, Source, Use, origin, uses
from form_builder.conditions import named_by, read_by, written_in
from form_builder.editing.fields import remove_field
from form_builder.editing.keys import free_key
from form_builder.editing.pages import PAGES, pages_of, with_pages
from form_builder.editing.tree import Schema, holder_at, with_holder


def put(
    schema: Schema, block: Schema, source: Source, *, page: str = "", holder: str = ""
) -> tuple[dict[str, Any], Use]:
    """The form that asks the questions of the block as well, and how it calls them.

    They come last in the group or rows at `holder`, or else on `page`.
    """
    names = free_names(block, named_in(holder_at(schema, holder)))
    use = Use(source, _number(schema, source), holder, names)
    grown = with_holder(schema, holder, lambda inside: joined(inside, written(block, use)))
    if holder or PAGES not in schema:
        return grown, use
    pages = pages_of(schema)
    chosen = next((each for each in pages if each["key"] == page), pages[-1])
    chosen["fields"] = [*chosen["fields"], *names.values()]
    return with_pages(grown, pages), use


def take_out(schema: Schema, use: Use) -> dict[str, Any]:
    """The form without the questions of the use."""
    rest = dict(schema)
    for path in use.paths:
        rest = remove_field(rest, path)
    return rest


def marked(schema: Schema, use: Use) -> dict[str, Any]:
    """The form whose questions, as they stand there, are those of the use, and no others any more."""
    own = {here: key for key, here in use.names.items()}

    def node(key: str, written: Any) -> Any:
        if key in own:
            return {**written, ORIGIN: use.origin(own[key])}
        return {name: part for name, part in written.items() if name != ORIGIN} if key in left else written

    def change(inside: dict[str, Any]) -> dict[str, Any]:
        return {**inside, "properties": {key: node(key, each) for key, each in inside["properties"].items()}}

    earlier = (each for each in uses(schema) if each.holder == use.holder and each.number == use.number)
    left = {key for each in earlier if each.source.block == use.source.block for key in each.names.values()}
    return with_holder(schema, use.holder, change)


def next_use(schema: Schema, source: Source, holder: str, names: Mapping[str, str]) -> Use:
    """A further use of the block by questions that are there already."""
    return Use(source, _number(schema, source), holder, names)


def named_in(inside: Schema) -> set[str]:
    """Every key that the object speaks of; some may have no question any more."""
    needs = inside.get("dependentRequired", {})
    cases = [pair for _, pair in written_in(inside)]
    return {
        *inside.get("properties", {}),
        *inside.get("required", ()),
        *(key for given, needed in needs.items() for key in (given, *needed)),
        *(key for case in cases for key in named_by(case.get("then", {}))),
        *(key for case in cases for key in case.get("then", {}).get("properties", {})),
        *(read.partition(".")[0] for case in cases for read in read_by(case["if"])),
    }


def free_names(
    block: Schema, taken: Collection[str], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """What the form calls the questions of the block: as it does already, else as the block does if nobody has
    that key."""
    names: dict[str, str] = {}
    for key in block["properties"]:
        here = (known or {}).get(key)
        names[key] = here or free_key(key, (*taken, *names.values()))
    return names


def written(block: Schema, use: Use) -> dict[str, Any]:
    """The block in the keys of the form, each question with its origin."""
    called = renamed(block, use.names)
    nodes = {
        use.names[key]: {**node, ORIGIN: origin(use.source, key, use.number)}
        for key, node in block["properties"].items()
    }
    return {**called, "properties": nodes}


def joined(inside: Schema, part: Schema) -> dict[str, Any]:
    """The object that asks the questions of the part as well."""
    both = {**inside, "properties": {**inside.get("properties", {}), **part["properties"]}}
    for name in ("required", "allOf"):
        if name in part:
            both[name] = [*inside.get(name, ()), *part[name]]
    needs = inside.get("dependentRequired", {})
    for given, needed in part.get("dependentRequired", {}).items():
        needs = {**needs, given: list(dict.fromkeys((*needs.get(given, ()), *needed)))}
    return {**both, "dependentRequired": needs} if needs else both


def _number(schema: Schema, source: Source) -> int:
    return 1 + max((use.number for use in uses(schema) if use.source.block == source.block), default=0)

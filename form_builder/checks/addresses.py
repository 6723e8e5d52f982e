"""Has an address all its parts, and does no commune stand alone?"""

from collections.abc import Iterator

from common.problems import Finding
from form_builder.form import Field, Form
from form_builder.places import COMMUNE, LINE, PROVINCE

# Part of an address → the kind that it must be of.
PARTS = {PROVINCE: "province", COMMUNE: "commune", LINE: "text"}


def address_findings(form: Form, field: Field, place: str) -> Iterator[Finding]:
    """What keeps the address from being picked from the list: a part missing, or of another kind."""
    if field.kind == "address":
        has = {part.key: part.kind for part in field.fields}
        for part, kind in PARTS.items():
            if has.get(part) != kind:
                yield Finding("form.address_parts", place, {"field": field.title.vi, "part": part})
    elif field.kind == "commune":
        holder = form.field_at(field.path.rpartition(".")[0])
        if holder is None or holder.kind != "address":
            yield Finding("form.commune_alone", place, {"field": field.title.vi})

"""What one template borrows from another is really there: Jinja would only notice when the page is asked for."""

import re

from tests.structure.sources import ROOT

FOLDER = ROOT / "templates"
BORROWED = re.compile(r'{%-? from "([^"]+)" import ([^%]+?)(?: with context)? -?%}')
LENT = re.compile(r"{%-? (?:macro|set) (\w+)")


def test_what_a_template_imports_is_defined_where_it_says() -> None:
    lost = [
        f"{path.relative_to(FOLDER)}: {name} from {source}"
        for path in sorted(FOLDER.rglob("*.html"))
        for source, names in BORROWED.findall(path.read_text(encoding="utf-8"))
        for name in (each.split(" as ")[0].strip() for each in names.split(","))
        if name not in LENT.findall((FOLDER / source).read_text(encoding="utf-8"))
    ]
    assert lost == []

"""Every template loads, and none needs what the content policy forbids or what lies outside this house."""

import re
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html"))
SOURCES = [*TEMPLATES, *(path for path in (ROOT / "static/src").rglob("*") if path.is_file())]
FORBIDDEN = {
    "an inline style": r"""\sstyle\s*=\s*["']""",
    "an inline handler": r"""\son[a-z]+\s*=\s*["']""",
    "an htmx handler": r"hx-on",
    "a value computed by htmx": r"""["'\s]js:""",
    "an inline script": r"<script(?![^>]*\bsrc=)[^>]*>",
    "an inline style sheet": r"<style",
    "a filter in a trigger": r"""hx-trigger="[^"]*\[""",
}
TAKES = re.compile(r"""\{%-?\s*from\s+["']([^"']+)["']\s+import\s+(.*?)-?%\}""", re.DOTALL)
# Names of XML vocabularies look like addresses and are never fetched.
# Names of namespaces look like addresses; nothing is loaded from them.
NAMESPACES = re.compile(r'xmlns(:\w+)?="[^"]*"|"http://www\.w3\.org/\d{4}/(svg|xlink|xhtml)"')
ELSEWHERE = re.compile(r"""(https?:)?//[a-z0-9.-]+\.[a-z]{2,}""", re.IGNORECASE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_template_loads(app: Flask) -> None:
    names = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]
    assert [app.jinja_env.get_template(name).name for name in names] == names


def test_what_a_template_takes_from_another_is_there(app: Flask) -> None:
    """Jinja asks for a macro only when the page is shown: one that has moved would break there."""
    missing = [
        f"{name_of(path)}: {name} from {source}"
        for path in TEMPLATES
        for source, names in TAKES.findall(path.read_text(encoding="utf-8"))
        for name in re.findall(r"\w+", re.sub(r" as \w+|with(out)? context", "", names))
        if not re.search(
            rf"\b(macro|set) {name}\b", (ROOT / "templates" / source).read_text(encoding="utf-8")
        )
    ]
    assert missing == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_needs_a_weaker_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [what for what, shape in FORBIDDEN.items() if re.search(shape, text)] == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    assert ELSEWHERE.search(NAMESPACES.sub("", path.read_text(encoding="utf-8"))) is None


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_form_that_changes_something_proves_where_it_came_from(path: Path) -> None:
    for form in re.findall(r"<form\b[^>]*>.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL):
        if 'method="post"' in form.casefold():
            # `known` says the token together with the revision that was read; what is sent again brings its own.
            assert any(sign in form for sign in ("csrf", "{{ known(", "again.fields")), form[:120]

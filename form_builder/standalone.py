"""Pages of a form by themselves, outside any request: the same macros, and one document that needs no other file."""

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from common.messages import Message, message_of
from common.problems import Problem
from common.translations import translations
from form_builder.schema import title_of
from form_builder.wtform import PageForm

ROOT = Path(__file__).parents[1]
TEMPLATES, BUILT = ROOT / "templates", ROOT / "static" / "dist"
QUESTIONS = '{% from "fields/questions.html" import page_fields %}{{ page_fields(page) }}'
FONT = re.compile(r"url\(([\w.-]+\.woff2)\)")


class Drawing:
    """The templates of forms in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        self._environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
        self._environment.globals["message"] = self._message
        self._questions = self._environment.from_string(QUESTIONS)

    def questions(self, page: PageForm) -> str:
        """The questions of a bound page, as they stand inside a form."""
        return self._questions.render(page=page)

    def document(self, page: PageForm, way: Sequence[tuple[str, str]] = (), after: str = "") -> str:
        """A whole document with the page in it. `way` are title and address of all pages, `after` is where the
        button leads."""
        template = self._environment.get_template("forms/page.html")
        title = title_of(page.form.schema).in_(self.language)
        return template.render(
            page=page, title=title, way=way, after=after, language=self.language, styles=styles()
        )

    def _message(self, problem: Problem) -> Message:
        return message_of(problem, self.language)


@lru_cache(maxsize=2)
def drawing(language: str) -> Drawing:
    """The templates, read once a language."""
    return Drawing(language)


@cache
def styles() -> Markup:
    """The style sheet of all pages, its fonts in it, as an element; FileNotFoundError: it is not built."""
    manifest = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    sheet = (BUILT / manifest["app.css"]).read_text(encoding="utf-8")
    # Our own sheet, built from our own sources.
    whole = FONT.sub(lambda found: f"url(data:font/woff2;base64,{_inside(found[1])})", sheet)
    return Markup("<style>{}</style>").format(Markup(whole))  # noqa: S704


def _inside(name: str) -> str:
    return b64encode((BUILT / name).read_bytes()).decode()

"""What a browser posts of the HTML it was given: no more than that, and written as browsers write it."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict

from form_builder.form import ROW_ID
from form_builder.wtform import MARKED


def posted_from(html: str) -> MultiDict[str, str]:
    """The inputs of the page as they stand, no button pressed; a text area's lines end as HTML has it."""
    reader = _Inputs()
    reader.feed(html)
    reader.close()
    return MultiDict(reader.pairs)


def typed_in(html: str) -> dict[str, list[str]]:
    """What a person typed or picked; the page's own marks, and the ids that it gives to rows, aside."""
    posted = posted_from(html).to_dict(flat=False)
    return {
        name: texts for name, texts in posted.items() if name != MARKED and not name.endswith(f".{ROW_ID}")
    }


def has_blank_block(answers: Mapping[str, Any]) -> bool:
    """Whether a group or a row somewhere in the answers says nothing: posted, it is as if it were not there."""
    inside = [answer for answer in answers.values() if isinstance(answer, dict)]
    rows = (row for answer in answers.values() if isinstance(answer, list) for row in answer)
    inside += [row for row in rows if isinstance(row, dict)]
    return any(not _says_something(block) or has_blank_block(block) for block in inside)


def _says_something(answer: Any) -> bool:
    if isinstance(answer, dict):
        return any(_says_something(said) for key, said in answer.items() if key != ROW_ID)
    return any(map(_says_something, answer)) if isinstance(answer, list) else True


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: list[tuple[str, str]] = []
        self._area: list[str] | None = None
        self._name = ""
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "input":
            self._input(has)
        elif tag == "textarea":
            self._name, self._area = str(has["name"]), []
        elif tag == "select":
            self._name, self._options = str(has["name"]), []
        elif tag == "option":
            self._options.append((has.get("value") or "", "selected" in has))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            text = "".join(self._area).replace("\r\n", "\n").removeprefix("\n")
            self.pairs.append((self._name, text.replace("\n", "\r\n")))
            self._area = None
        elif tag == "select":
            chosen = [value for value, selected in self._options if selected]
            self.pairs.append((self._name, chosen[-1] if chosen else self._options[0][0]))

    def _input(self, has: dict[str, Any]) -> None:
        if has.get("type") in ("checkbox", "radio") and "checked" not in has:
            return
        if "name" in has and "disabled" not in has:
            self.pairs.append((has["name"], (has.get("value") or "").replace("\n", "")))

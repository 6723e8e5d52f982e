"""Turns a code and its parameters into a sentence and a remedy, in Vietnamese or English.

Each package keeps its sentences in `messages.toml` beside its code: one table per code with `vi`, `en`,
`remedy_vi` and `remedy_en`. Words that sentences are made of stand in `words.toml`, their codes beginning with
"@". Both are read as data, by file: `common` imports none of those packages.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from common.problems import Finding, Parameter, Problem, Refusal

PACKAGES = (
    "common",
    "rules_dsl",
    "rules_dsl.spreadsheets",
    "form_builder",
    "procedure_library",
    "designer",
    "runtime",
)
UNKNOWN_CODE = "common.unknown_code"


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong, and what to do next."""

    text: str
    remedy: str

    @property
    def whole(self) -> str:
        """Both in one line; a text that does not end as a sentence gets its full stop."""
        stop = "" if self.text.endswith((".", "!", "?", "…")) else "."
        return f"{self.text}{stop} {self.remedy}"


def message(code: str, parameters: Mapping[str, Parameter], language: str = "vi") -> Message:
    """The sentence of the code. Never raises: a missing parameter shows as "…", an unknown code by its name.

    A parameter that is itself a code ("@rules.kind.date", "@form.required") is put into that word or sentence;
    what follows a bar ("@procedures.unnamed_behind|Ký chứng thực") stands where the word has {}. In English
    the parameter `name_en`, where there is one, stands for `name`.
    """
    entry = catalogue().get(code)
    if entry is None:
        return message(UNKNOWN_CODE, {"code": code}, language)
    suffix = "en" if language == "en" else "vi"
    spoken = _in_language(parameters, suffix)
    values = _Parameters({name: in_words(value, suffix, spoken) for name, value in spoken.items()})
    return Message(entry[suffix].format_map(values), entry[f"remedy_{suffix}"].format_map(values))


def _in_language(parameters: Mapping[str, Parameter], language: str) -> "_Parameters":
    english = {
        name.removesuffix("_en"): value
        for name, value in parameters.items()
        if name.endswith("_en") and value
    }
    return _Parameters({**parameters, **english} if language == "en" else parameters)


def in_words(
    value: Parameter, language: str = "vi", parameters: Mapping[str, Parameter] | None = None
) -> Parameter:
    """What a parameter says: the word or sentence of a code, anything else as it is."""
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    code, _bar, argument = value.partition("|")
    if (word := _words().get(code)) is not None:
        return word[language].format(argument)
    sentence = catalogue().get(code.removeprefix("@"))
    return value if sentence is None else sentence[language].format_map(_Parameters(parameters or {}))


def word(code: str, language: str = "vi") -> str | None:
    """The word of the code ("@jobs.notices.send"); None when no package has it."""
    entry = _words().get(code)
    return entry["en" if language == "en" else "vi"] if entry else None


def message_of(no: Finding | Problem | Refusal, language: str = "vi") -> Message:
    """The sentence of a finding, a problem or a refusal."""
    return message(no.code, no.parameters, language)


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every code of every package that is installed."""
    return _collected("messages.toml")


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return _collected("words.toml")


def _collected(name: str) -> Mapping[str, Mapping[str, str]]:
    entries: dict[str, Mapping[str, str]] = {}
    for folder in (folder for package in PACKAGES for folder in _folders(package)):
        if (folder / name).exists():
            entries.update(tomllib.loads((folder / name).read_text(encoding="utf-8")))
    return entries


def _folders(package: str) -> list[Path]:
    spec = find_spec(package)
    locations = spec.submodule_search_locations if spec else None
    return [Path(location) for location in locations or ()]


class _Parameters(dict[str, Parameter]):
    def __missing__(self, key: str) -> str:
        return "…"

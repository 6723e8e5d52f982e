"""Vietnamese first, English complete: which language a page speaks, and how it writes dates and amounts."""

from datetime import date, datetime
from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask, Response, current_app, redirect, request, session
from flask_babel import Babel, Domain, get_locale

from common.clock import ZONE, local_date
from common.messages import Message, in_words, message_of
from common.money import Money
from common.problems import Finding, Problem, Refusal
from common.text import LANGUAGES, Text
from common.translations import translations

OTHER = {"vi": "en", "en": "vi"}


def language() -> str:
    """The language of this request, "vi" or "en"; Vietnamese outside a request."""
    locale = get_locale()
    return locale.language if locale is not None else LANGUAGES[0]


def install(app: Flask) -> None:
    """Sets up the catalogue, the switch `?language=en` on every page, and the filters of templates."""
    app.config["BABEL_DEFAULT_LOCALE"] = LANGUAGES[0]
    babel = Babel(app, locale_selector=_chosen)
    babel.domain_instance = _catalogue()
    app.before_request(_switch)
    app.jinja_env.filters.update(date=date_text, instant=instant_text, money=money_text, text=text_in)
    app.jinja_env.globals.update(
        language=language, language_switch=language_switch, message=message_in_language
    )


def _catalogue() -> Domain:
    """The messages, those of the .po."""
    domain = Domain()
    domain.cache = {(language, "messages"): translations(language) for language in LANGUAGES}
    return domain


def date_text(day: date | datetime | None) -> str:
    """21/11/2026, in both languages as on the papers; an instant gives its day in Vietnam; None gives ""."""
    if day is None:
        return ""
    return f"{local_date(day) if isinstance(day, datetime) else day:%d/%m/%Y}"


def instant_text(at: datetime | None, speak: str | None = None) -> str:
    """15 giờ 30, 21/11/2026 in Vietnamese, 15:30, 21/11/2026 in English; None gives ""."""
    if at is None:
        return ""
    clock = "%H:%M" if (speak or language()) == "en" else "%H giờ %M"
    return f"{at.astimezone(ZONE).strftime(clock)}, {date_text(at)}"


def money_text(amount: Money | None, speak: str | None = None) -> str:
    """The amount in the language of the page; None gives ""."""
    return "" if amount is None else amount.in_(speak or language())


def said_in_language(text: Text) -> str:
    """A bilingual text that may be the code of a word, in the language of the page."""
    return str(in_words(text.in_(language()), language()))


def text_in(text: Text | str | None, speak: str | None = None) -> str:
    """A bilingual text in the language of the page; a bare string stands as it is; None gives ""."""
    if isinstance(text, Text):
        return text.in_(speak or language())
    return text or ""


def message_in_language(no: Finding | Problem | Refusal) -> Message:
    """What is wrong and what to do next, in the language of the page."""
    return message_of(no, language())


def language_switch() -> str:
    """Address of the page that is open, in the other language."""
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name != "language"]
    return f"{_page()}?{urlencode([*arguments, ('language', OTHER[language()])])}"


def _page() -> str:
    # A form that was sent back shows at the address it was sent to, which may answer to GET or not.
    if request.method in ("GET", "HEAD"):
        return request.path
    adapter = current_app.create_url_adapter(request)
    return request.path if adapter and adapter.test(request.path, "GET") else "/"


def _chosen() -> Any:
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def _switch() -> Response | None:
    wanted = request.args.get("language")
    if request.method != "GET" or wanted not in LANGUAGES:
        return None
    session["language"] = wanted
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != "language"]
    # One slash: "//elsewhere" would be another host.
    path = "/" + request.path.lstrip("/")
    return cast(Response, redirect(path + (f"?{urlencode(rest)}" if rest else ""), 303))

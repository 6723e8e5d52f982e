"""What the pages about a draft's rules read: the file, what is wrong with it, and what it says."""

from collections.abc import Mapping
from typing import cast

from common.clock import local_date
from common.problems import Finding
from common.text import Text
from common.web import language, now, session
from designer.drafts import files_of
from designer.form_text import form_in
from designer.offers import words_of_choices
from designer.reading import definition_of_draft, findings_meanwhile
from designer.rule_facts import RuleCard, cards, facts_of
from designer.views.places import Linked, linked
from designer.views.saving import Open, opened
from procedure_library.compiled import read_rules
from procedure_library.definition import Definition
from procedure_library.package import FORM, RULES
from procedure_library.reference import calendar_for
from rules_dsl.fact_types import FactType
from rules_dsl.nodes import Language
from rules_dsl.parser import Parsed


def rules_opened(number: int) -> Open:
    """The rule file of the draft; 404 when there is no such draft."""
    return opened(number, RULES)


def files_with(file: Open, typed: str) -> Mapping[str, str]:
    """The files of the draft as if its rules were these."""
    return {**files_of(session(), file.draft), RULES: typed}


def found_in(file: Open, typed: str) -> Linked:
    """What is wrong with the draft if its rules were these: mistakes in the text first, else all but proofs."""
    files = files_with(file, typed)
    calendar = calendar_for(session(), local_date(now()))
    found: tuple[Finding, ...] = read_rules(typed).findings or findings_meanwhile(files, calendar)
    return linked(file.draft.id, found, definition_of_draft(files))


def facts_for(file: Open) -> Mapping[str, FactType]:
    """What the rules may read, by dotted name, in the order of the form."""
    files = files_of(session(), file.draft)
    definition = definition_of_draft(files)
    cases = tuple(kind.key for kind in definition.case_types) if isinstance(definition, Definition) else ()
    return facts_of(form_in(files.get(FORM, "")) or {}, cases)


def cards_of(file: Open, parsed: Parsed) -> tuple[RuleCard, ...]:
    """The rules that could be read, in the words of the page's language."""
    return tuple(cards(parsed.rules, spoken(), facts_for(file)))


def choices_of(file: Open, typed: str) -> Mapping[str, Mapping[str, Text]]:
    """The values of each choice with what people call them."""
    form = form_in(files_of(session(), file.draft).get(FORM, "")) or {}
    return words_of_choices(typed, form)


def spoken() -> Language:
    """The language of the page, as the rules know it."""
    return cast(Language, "en" if language() == "en" else "vi")

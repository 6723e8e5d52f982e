"""The rules of a draft as lists to pick from, by the words that people read."""

from wtforms.fields.choices import SelectChoice

from common.web import language, session
from designer.drafts import files_of
from designer.views.saving import Open
from procedure_library.compiled import read_rules
from procedure_library.package import RULES
from rules_dsl.nodes import Rule


def rules_of(file: Open) -> list[Rule]:
    """Those that have a name; none while the text cannot be read."""
    text = files_of(session(), file.draft).get(RULES, "")
    return [rule for rule in read_rules(text).rules.rules if isinstance(rule, Rule) and rule.name]


def offered(rules: list[Rule], family: type[Rule]) -> list[SelectChoice]:
    """The rules of one family."""
    return [
        SelectChoice(rule.name, rule.title.in_(language()) or rule.name)
        for rule in rules
        if isinstance(rule, family)
    ]

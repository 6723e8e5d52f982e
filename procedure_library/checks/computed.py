"""A value worked out on a page of the form is that of a rule for a charge or fee, or what the rules call by a name.

Good: the page shows "issue", a charge. Bad: it shows what no rule is called, or a term, which has no value until the
dossier is received, or a name for a value of each row of a group.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from common.text import Text
from form_builder.remarks import Remark
from form_builder.schema import read_form
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from rules_dsl.facts import scope
from rules_dsl.kinds import Kinds
from rules_dsl.nodes import AmountRule, Let
from rules_dsl.rows import is_row_by_row


def check(subject: Subject) -> Iterator[Finding]:
    for page, name in computed_on_pages(subject):
        rule = subject.rules.get(name)
        said = {"page": subject.titles.page(page), "rule": subject.titles.rule(name)}
        if rule is None:
            offered = [key for key in subject.rules if is_shown(key, subject)]
            near = get_close_matches(name, offered, 1) or [", ".join(offered)]
            yield Finding("procedures.computed.unknown", page, spoken({**said, "suggestion": Text(near[0])}))
        elif not is_shown(name, subject):
            yield Finding("procedures.computed.no_amount", page, spoken(said))


def is_shown(name: str, subject: Subject) -> bool:
    """Whether a page can show what the rule comes to."""
    rule = subject.rules[name]
    if isinstance(rule, Let):
        kinds = Kinds.of_file(subject.parsed.rules, scope(subject.definition.form))
        return not is_row_by_row(rule.value, kinds)
    return isinstance(rule, AmountRule)


def computed_on_pages(subject: Subject) -> Iterator[tuple[str, str]]:
    """Each computed value: the page that shows it, and the name of its rule."""
    for page in read_form(subject.definition.form).pages:
        yield from ((page.key, each.rule) for each in page.items if isinstance(each, Remark) and each.rule)

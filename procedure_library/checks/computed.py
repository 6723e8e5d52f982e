"""A value worked out on a page of the form is that of a rule for a charge or fee.

Good: the page shows "issue", a charge. Bad: it shows what no rule is called, or a term, which has no amount.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from common.problems import Finding
from common.text import Text
from form_builder.remarks import Remark
from form_builder.schema import read_form
from procedure_library.checks.subject import Subject
from procedure_library.checks.titles import spoken
from rules_dsl.nodes import AmountRule


def check(subject: Subject) -> Iterator[Finding]:
    for page, name in computed_on_pages(subject):
        rule = subject.rules.get(name)
        said = {"page": subject.titles.page(page), "rule": subject.titles.rule(name)}
        if rule is None:
            amounts = [key for key, other in subject.rules.items() if isinstance(other, AmountRule)]
            near = get_close_matches(name, amounts, 1) or [", ".join(amounts)]
            yield Finding("procedures.computed.unknown", page, spoken({**said, "suggestion": Text(near[0])}))
        elif not isinstance(rule, AmountRule):
            yield Finding("procedures.computed.no_amount", page, spoken(said))


def computed_on_pages(subject: Subject) -> Iterator[tuple[str, str]]:
    """Each computed value: the page that shows it, and the name of its rule."""
    for page in read_form(subject.definition.form).pages:
        yield from ((page.key, each.rule) for each in page.items if isinstance(each, Remark) and each.rule)

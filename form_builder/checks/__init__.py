"""What is wrong with a form: every finding of one pass, with a JSON pointer into the schema."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from common.problems import Finding
from form_builder.checks.cases import check_cases
from form_builder.checks.fields import check_fields
from form_builder.checks.pages import check_pages
from form_builder.checks.shape import check_shape

# These read the schema as a form, which only a schema of the right shape allows.
CHECKS: tuple[Callable[[Mapping[str, Any]], Iterator[Finding]], ...] = (
    check_fields,
    check_pages,
    check_cases,
)


def check_form(schema: Any) -> tuple[Finding, ...]:
    """What is wrong with the form; a form without errors can be shown, answered and judged.

    Anything at all may be given: what is no JSON Schema of an object gives its findings and no others.
    """
    misshapen = tuple(check_shape(schema))
    return misshapen or tuple(finding for check in CHECKS for finding in check(schema))

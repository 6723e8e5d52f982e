"""Findings as people and machines read them on a terminal: the same list twice."""

import json
from collections.abc import Iterable, Iterator

from common.messages import message_of
from common.problems import Finding
from rules_dsl.reporting import finding_json


def findings_json(findings: Iterable[Finding], language: str) -> str:
    """The findings as docs/formats/findings.schema.json has them."""
    return json.dumps([finding_json(finding, language) for finding in findings], ensure_ascii=False, indent=2)


def findings_lines(findings: Iterable[Finding], language: str) -> Iterator[str]:
    """`where:line:column: error[code]: what is wrong; what to do next`."""
    for finding in findings:
        message = message_of(finding, language)
        place = ":".join(str(part) for part in (finding.where, finding.line, finding.column) if part)
        yield f"{place}: {finding.severity}[{finding.code}]: {message.text}; {message.remedy}"

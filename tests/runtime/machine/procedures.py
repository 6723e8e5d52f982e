"""What is run: procedures with graphs drawn at random and published as any other, and those of the catalogue."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from hypothesis import strategies as st
from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.models import Account
from form_builder.moments import schema_at
from form_builder.schema import read_form
from procedure_library.compiled import Compiled
from procedure_library.definition import Definition
from procedure_library.models import Version
from procedure_library.moments import filled_at
from procedure_library.package import read_package
from procedure_library.queries import definition_on, version_in_force
from procedure_library.ready_made import packages
from runtime.applicants import profile_of
from runtime.demo import people
from runtime.demo.answers import answered
from runtime.demo.handing_in import on_paper
from runtime.engine.event import Paper
from runtime.models.applications import Application
from runtime.quotes import Quote, quote
from tests.procedure_library.graphs import block_structured
from tests.procedure_library.samples import DECIDED, step, to
from tests.runtime.small import MONDAY, RULES, SUPPLEMENT
from tests.runtime.town import publish_small

DRAWN = "drawn"
# A term that may be extended, so that every verb of the office has something to do.
EXTENDABLE = '  {supplement}\n  extendable by 2 working days once cites "Decree 1/2026, art. 8"\n'
# After whatever was drawn an approver decides.
DECISION = (
    step("sign", "task", role="approver", outcomes=DECIDED),
    step("signed", "branch"),
    step("granted", "end", ending="granted"),
    step("refused", "end", ending="refused"),
)
DECIDING = (to("sign", "signed"), to("signed", "granted", "granted"), to("signed", "refused", "refused"))
TRIES = 20


@dataclass(frozen=True)
class Offered:
    """A procedure in force, and one of its case types."""

    key: str
    case_type: str


class Drawn(dict[str, Any]):
    """What of the small procedure is another; told in few words where an example fails."""

    def __repr__(self) -> str:
        ways = [
            f"{t.source}>{t.target}{f' {t.when}' if t.when else ''}{f' on {t.on}' if t.on else ''}"
            for t in self["transitions"]
        ]
        return f"Drawn({self['refund']}: {', '.join(ways)})"


@st.composite
def drawn_definitions(draw: st.DrawFn) -> Drawn:
    """What the small procedure becomes: another graph, another meaning of a supplement, another policy of refunds."""
    body = draw(block_structured(calls=False))
    to_end = [replace(t, target="sign") if t.target == "finished" else t for t in body.transitions]
    rules = RULES.replace("  {supplement}\n", EXTENDABLE).replace("3 working days", "30 working days")
    return Drawn(
        steps=(*(each for each in body.steps if each.key != "finished"), *DECISION),
        transitions=(*to_end, *DECIDING),
        rules=rules.format(supplement=SUPPLEMENT[draw(st.sampled_from(sorted(SUPPLEMENT)))]),
        refund=draw(st.sampled_from(("unserved", "not_granted", "never"))),
    )


def ready_made() -> list[Offered]:
    """Every case type of the catalogue that is filed by itself."""
    definitions = (read_package(folder) for folder in packages())
    return [
        Offered(d.key, kind.key)
        for d in definitions
        if isinstance(d, Definition) and d.stands_alone
        for kind in d.case_types
    ]


def published(session: Session, body: dict[str, Any]) -> Offered:
    """The drawn procedure, and from the next day on a second version of it that asks for more money."""
    publish_small(session, MONDAY, key=DRAWN, **body)
    dearer = {**body, "rules": body["rules"].replace("2_000", "3_000")}
    publish_small(session, MONDAY, effective_from=date(2026, 3, 9), key=DRAWN, **dearer)
    return Offered(DRAWN, "ordinary")


def answer(session: Session, application: Application, at: Any, rng: Random) -> tuple[Paper, ...]:
    """Answers that the form takes and that meet the conditions; the papers that are needed with them."""
    compiled = definition_on(session, application.version_id, local_date(at))
    form = compiled.form_at("filing", application.case_type)
    application.pages = list(compiled.pages_at("filing", application.case_type))
    for _ in range(TRIES):
        application.answers = answered(form, _profile(session, application, rng), local_date(at), rng)
        session.flush()
        quoted = quote(session, application, at)
        assert isinstance(quoted, Quote), quoted
        if all(condition.value is not False for condition in quoted.conditions):
            return on_paper(quoted)
    raise AssertionError("no answers that meet the conditions")


def _profile(session: Session, application: Application, rng: Random) -> Any:
    if application.owner_id is None:
        return people.somebody(rng)
    return profile_of(session.get_one(Account, application.owner_id))


def work_answers(compiled: Compiled, step_key: str, stored: Any, at: Any, rng: Random) -> dict[str, Any]:
    """What an official fills in at the step; what may be put right stays as it is."""
    step = compiled.step(step_key)
    fills = filled_at(compiled.definition, step)
    form = read_form(schema_at(compiled.definition.form, fills), compiled.places)
    filled = answered(form, people.somebody(rng), local_date(at), rng, 1) if fills else {}
    corrected = schema_at(compiled.definition.form, step.corrects).get("properties", {})
    return {**{key: said for key, said in stored.items() if key in corrected}, **filled}


def version_now(session: Session, offered: Offered, at: Any) -> Version:
    version = version_in_force(session, offered.key, local_date(at))
    assert version is not None
    return version

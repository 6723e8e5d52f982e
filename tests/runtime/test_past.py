"""What rules may ask of the past: "once a year", the day of payment, the deadline, the day it was finished."""

from datetime import datetime, timedelta

from common.clock import ZONE
from common.money import Money
from rules_dsl.allowance import Allowance
from runtime import applications, dossiers, queries
from runtime.engine import amounts
from runtime.engine.context import NO_PAST, Past
from runtime.engine.plain import from_plain
from runtime.engine.state import State
from runtime.models.dossiers import Dossier
from runtime.quotes import Quote
from runtime.replay import replay, verify
from runtime.worlds import context_of
from tests.runtime.small import MONDAY, RULES, SUPPLEMENT
from tests.runtime.town import Town, publish_small

PLAIN = RULES.format(supplement=SUPPLEMENT["pause"])
HALVED = PLAIN.replace(
    "  times person.copies\n",
    "  times person.copies\n  reduce by 50% when dossier.channel is online and dossier.reduced_this_year = 0\n",
)
NEXT_YEAR = datetime(2027, 1, 4, 9, 0, tzinfo=ZONE)


def charged(town: Town, dossier: Dossier) -> Money:
    (charge,) = queries.charges_of(town.session, dossier)
    return charge.amount


def test_a_reduction_is_granted_once_a_year(town: Town) -> None:
    publish_small(town.session, MONDAY, rules=HALVED)
    first = town.received(MONDAY)
    second = town.received(MONDAY + timedelta(seconds=20))
    third = town.received(MONDAY + timedelta(days=1))
    assert [charged(town, one) for one in (first, second, third)] == [Money(3000), Money(6000), Money(6000)]
    for one in (first, second, third):
        assert replay(town.session, one) == verify(town.session, one) == ()


def test_who_had_no_reduction_yet_is_still_to_have_it(town: Town) -> None:
    publish_small(town.session, MONDAY, rules=HALVED)
    at_the_counter = town.received(MONDAY, town.official("reception"))
    assert charged(town, at_the_counter) == Money(6000)
    assert charged(town, town.received(MONDAY + timedelta(hours=1))) == Money(3000)


def test_a_reduction_that_was_only_quoted_is_none(town: Town) -> None:
    publish_small(town.session, MONDAY, rules=HALVED)
    town.filed(MONDAY)
    quoted = applications.quote(town.session, town.begun(), MONDAY + timedelta(hours=1))
    assert isinstance(quoted, Quote)
    assert quoted.totals == (Money(3000),)


def test_a_new_year_begins_anew(town: Town) -> None:
    publish_small(town.session, MONDAY, rules=HALVED)
    town.received(MONDAY)
    application = town.begun(at=MONDAY)
    for at, total in ((MONDAY + timedelta(hours=1), 6000), (NEXT_YEAR, 3000)):
        quoted = applications.quote(town.session, application, at)
        assert isinstance(quoted, Quote)
        assert quoted.totals == (Money(total),)


def past_days(town: Town, dossier: Dossier, at: datetime) -> dict[str, str]:
    """The days of the dossier that rules may read."""
    context = context_of(town.session, dossier, at)
    facts = amounts.dossier_facts(context, from_plain(State, dossier.state), at)
    return {name: facts[name] for name in ("due_on", "paid_on", "decided_on", "finished_on") if name in facts}


def test_days_of_the_dossier_come_as_they_happen(town: Town) -> None:
    rules = PLAIN + 'condition paid "Đã nộp tiền" requires given dossier.paid_on\n'
    publish_small(town.session, MONDAY, rules=rules)
    dossier = town.filed(MONDAY)
    assert past_days(town, dossier, MONDAY) == {}
    assert isinstance(dossiers.pay(town.session, dossier, by=town.official("cashier"), at=MONDAY), Dossier)
    assert isinstance(
        dossiers.accept(town.session, dossier, by=town.official("reception"), at=MONDAY), Dossier
    )
    assert past_days(town, dossier, MONDAY) == {"due_on": "2026-03-05", "paid_on": "2026-03-02"}
    for outcome in ("fit", "granted"):
        town.complete(dossier, outcome, MONDAY + timedelta(days=1))
    assert past_days(town, dossier, MONDAY) == {
        "due_on": "2026-03-05",
        "paid_on": "2026-03-02",
        "decided_on": "2026-03-03",
        "finished_on": "2026-03-03",
    }
    assert verify(town.session, dossier) == ()


def test_a_withdrawn_dossier_is_finished_too(town: Town) -> None:
    publish_small(town.session, MONDAY, rules=PLAIN)
    dossier = town.received(MONDAY)
    later = MONDAY + timedelta(days=1)
    assert isinstance(dossiers.withdraw(town.session, dossier, by=town.citizen(), at=later), Dossier)
    assert past_days(town, dossier, later)["finished_on"] == "2026-03-03"


def test_rules_that_do_not_ask_cost_no_look_at_the_past(town: Town) -> None:
    publish_small(town.session, MONDAY, rules=PLAIN)
    dossier = town.received(MONDAY)
    assert context_of(town.session, dossier, MONDAY).past == NO_PAST == Past()


def test_a_term_counted_from_another_fact_starts_there(town: Town) -> None:
    rules = PLAIN.replace("  3 working days\n", "  3 working days\n  counted from dossier.submitted_at\n")
    publish_small(town.session, MONDAY, rules=rules)
    quoted = applications.quote(town.session, town.begun(), MONDAY)
    assert isinstance(quoted, Quote)
    dossier = town.filed(MONDAY)
    later = MONDAY + timedelta(days=1)
    assert isinstance(
        dossiers.accept(town.session, dossier, by=town.official("reception"), at=later), Dossier
    )
    state = from_plain(State, dossier.state)
    assert isinstance(state.allowance, Allowance)
    assert state.allowance.since == state.ledger[0].at == MONDAY
    assert state.due is not None
    assert state.due.on is not None
    assert state.due.on.isoformat() == "2026-03-05"
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()

"""The little form beside the rules: the questions that some rules read, and what they ask of the dossier."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from common.clock import ZONE
from common.money import EXPONENTS, Money
from common.text import Text
from designer.supposed import Supposed
from form_builder.narrowing import narrowed
from rules_dsl.evaluation import ParameterValue, Reference
from rules_dsl.fact_types import FactType
from rules_dsl.nodes import Amount, LocalSetting, Parameter, Percentage, Rate, RuleFile
from rules_dsl.rate_days import EveryDay
from rules_dsl.values import plain

Schema = Mapping[str, Any]
# No question of a form may be called so: the name belongs to the facts of the dossier.
DOSSIER = "dossier"
TITLE = Text("Hồ sơ", "The dossier")
# A decision of the province or a unit stands among them under this and the name of its parameter.
DECIDED = "decided_"
# The day of reception tells which law applies, whatever the rule reads.
ALWAYS = ("dossier.received_on", "dossier.received_at")
CERTAIN = FactType("money")
COUNTED = ("charged_so_far", "supplements", "reduced_this_year")
INSTANTS = {"received_at": "received_on", "submitted_at": "submitted_on"}


def trial_schema(
    form: Schema, rules: RuleFile, read: Collection[str], facts: Mapping[str, FactType]
) -> Schema:
    """A form of one page for the names in `read`."""
    asked = narrowed(form, [name for name in read if name in facts])
    return with_dossier(asked, rules, (*read, *ALWAYS), facts)


def with_dossier(
    form: Schema, rules: RuleFile, names: Collection[str], facts: Mapping[str, FactType]
) -> Schema:
    """The form with a last question for the facts of the dossier and the local amounts among the names."""
    dossier = dict(_of_dossier(names, facts)) | dict(_of_others(names, rules))
    if not dossier:
        return form
    head = {"type": "object", "title": TITLE.vi, "x-motcua-en": {"title": TITLE.en}}
    needed = [key for key in dossier if facts.get(f"{DOSSIER}.{key}", CERTAIN).always]
    group = {**head, "properties": dossier, "required": needed}
    required = [*form.get("required", ()), DOSSIER]
    return {**form, "properties": {**form.get("properties", {}), DOSSIER: group}, "required": required}


def left_to_others(read: Collection[str], rules: RuleFile) -> tuple[str, ...]:
    """The local amounts and rates of exchange among the names: who supposes a dossier supposes them, too."""
    return tuple(key.removeprefix(DECIDED) for key, _node in _of_others(read, rules))


def beginnings(schema: Schema, on: date) -> Mapping[str, str]:
    """What stands in the fields of the dossier before anybody has typed: name of the input → text."""
    known = {"received_on": f"{on:%d/%m/%Y}", "submitted_on": f"{on:%d/%m/%Y}", "channel": "counter"}
    known |= dict.fromkeys(INSTANTS, "09:00") | dict.fromkeys(COUNTED, "0")
    fields = schema["properties"].get(DOSSIER, {}).get("properties", {})
    first = {key: node["oneOf"][0]["const"] for key, node in fields.items() if node.get("oneOf")}
    lowest = {
        key: _in_units(node) for key, node in fields.items() if key.startswith(DECIDED) and "minimum" in node
    }
    return {f"{DOSSIER}.{key}": {**first, **lowest, **known}.get(key, "") for key in fields}


def facts_body(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in the shape that `read_facts` takes."""
    said = {key: value for key, value in answers.get(DOSSIER, {}).items() if not key.startswith(DECIDED)}
    dossier = {key: value for key, value in said.items() if key not in (*INSTANTS, *INSTANTS.values())}
    for instant, day in INSTANTS.items():
        # What is not asked about its filing was filed when it was received.
        on, at = said.get(day, said.get("received_on")), said.get(instant, said.get("received_at"))
        if on and at:
            dossier[instant] = datetime.combine(
                date.fromisoformat(on), time.fromisoformat(at), ZONE
            ).isoformat()
    return {"answers": {key: each for key, each in answers.items() if key != DOSSIER}, DOSSIER: dossier}


def answers_of(case: Supposed, names: Collection[str]) -> dict[str, Any]:
    """The answers that a supposed dossier comes down to on a form with these facts of the dossier and amounts."""
    asked = {name.removeprefix(f"{DOSSIER}.") for name in names}
    dossier = {key: value for key, value in case.dossier.items() if key in asked}
    for instant, day in INSTANTS.items():
        if instant in asked and instant in case.dossier:
            at = datetime.fromisoformat(str(case.dossier[instant])).astimezone(ZONE)
            dossier |= {day: at.date().isoformat(), instant: f"{at:%H:%M}"}
    for name, rows in (*case.parameters.items(), *case.rates.items()):
        if name in asked:
            value = rows[0]["value"]
            dossier[f"{DECIDED}{name}"] = value["amount"] if isinstance(value, Mapping) else value
    return {**case.answers, **({DOSSIER: dossier} if dossier else {})}


def decided(answers: Mapping[str, Any], rules: RuleFile) -> Mapping[str, Money | Decimal]:
    """What a province or unit is supposed to have set and a bank to have published, by name."""
    said, found = answers.get(DOSSIER, {}), dict[str, Money | Decimal]()
    for rule in rules.rules:
        value = said.get(f"{DECIDED}{rule.name}")
        if value is not None:
            local = rule.local if isinstance(rule, Parameter) else None
            is_amount = local is not None and isinstance(local.lowest, Amount)
            found[rule.name] = Money(int(value), local.lowest.currency) if is_amount else Decimal(str(value))
    return found


def reference_of(answers: Mapping[str, Any], rules: RuleFile, world: Reference) -> Reference:
    """The world with what is supposed to have been decided in it, for every case and every day."""
    values, keyed = decided(answers, rules), {rule.name: rule for rule in rules.rules}
    amounts, rates = dict(world.parameters), dict(world.rates)
    for name, value in values.items():
        rule = keyed[name]
        if isinstance(rule, Parameter) and rule.local:
            amounts[name] = (ParameterValue(value, keys=("*",) * len(rule.local.by)),)
        elif isinstance(value, Decimal):
            rates[name] = EveryDay(value)
    return Reference(world.calendar, amounts, rates)


def _of_dossier(read: Collection[str], facts: Mapping[str, FactType]) -> Iterator[tuple[str, Schema]]:
    keys = {name.removeprefix(f"{DOSSIER}.") for name in read}
    for instant, day in INSTANTS.items():
        keys |= {instant, day} if keys & {instant, day} else set()
    of_dossier = [name.removeprefix(f"{DOSSIER}.") for name in facts if name.startswith(f"{DOSSIER}.")]
    # A day before its hour.
    for key in sorted(of_dossier, key=lambda key: key.replace("_on", "_a")):
        if key in keys:
            yield key, _node(facts[f"{DOSSIER}.{key}"])


def _of_others(read: Collection[str], rules: RuleFile) -> Iterator[tuple[str, Schema]]:
    """Local amounts and rates of exchange: what others decide."""
    for rule in rules.rules:
        if rule.name not in read:
            continue
        title = {"title": rule.title.vi or rule.name, "x-motcua-en": {"title": rule.title.en}}
        match rule:
            case Rate():
                yield f"{DECIDED}{rule.name}", {"type": "number", **title, "exclusiveMinimum": 0}
            case Parameter(local=LocalSetting(lowest=Amount() as lowest)):
                least = int(lowest.number.value.scaleb(EXPONENTS[lowest.currency]))
                yield f"{DECIDED}{rule.name}", {**_money(lowest.currency), **title, "minimum": least}
            case Parameter(local=LocalSetting(lowest=lowest)):
                value = lowest.number.value if isinstance(lowest, Percentage) else lowest.value
                yield f"{DECIDED}{rule.name}", {"type": "number", **title, "minimum": value}


def _node(fact: FactType) -> Schema:
    title = {"title": fact.title.vi, "x-motcua-en": {"title": fact.title.en}}
    match fact.kind:
        case "choice":
            options = [(value, fact.labels.get(value)) for value in fact.values]
            return {**title, "type": "string", "oneOf": [_option(value, label) for value, label in options]}
        case "date":
            return {**title, "type": "string", "format": "date"}
        case "instant":
            return {**title, "type": "string", "x-motcua-kind": "time", "format": "local-time"}
        case "money":
            return {**title, **_money(fact.currency), "minimum": 0}
        case "integer":
            return {**title, "type": "integer", "minimum": 0}
    return {**title, "type": "string"}


def _option(value: str, label: Any) -> Schema:
    return {
        "const": value,
        "title": label.vi if label else value,
        "x-motcua-en": {"title": label.en if label else ""},
    }


def _in_units(node: Schema) -> str:
    """The least value as it is typed: amounts in whole units."""
    return plain(Decimal(node["minimum"]).scaleb(-EXPONENTS.get(node.get("x-motcua-currency", ""), 0)))


def _money(currency: str) -> Schema:
    return {"type": "integer", "x-motcua-kind": "money", "x-motcua-currency": currency}

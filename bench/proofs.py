"""How long the proofs of all ready-made procedures take, as publishing asks for them."""

from bench import measures, median_seconds
from procedure_library.checks import rule_proofs
from procedure_library.checks.subject import Subject
from procedure_library.definition import Definition
from procedure_library.package import read_package
from procedure_library.ready_made import national_calendar, packages


@measures("rules.prove_catalogue_s", "s", "<= 5")
def prove_the_catalogue() -> float:
    """Every rule, for each case type at each moment; nothing is remembered from the time before."""
    calendar = national_calendar().calendar
    definitions = [each for each in map(read_package, packages()) if isinstance(each, Definition)]

    def prove() -> None:
        rule_proofs.remembered.forget()
        for definition in definitions:
            if list(rule_proofs.check(Subject(definition, calendar))):
                raise SystemExit(f"{definition.key}: not everything is proved")

    return median_seconds(prove)

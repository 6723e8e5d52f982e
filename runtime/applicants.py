"""Who asks: the person as the form says, filled up from the account."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from common.identity.models import Account
from common.identity.numbers import identity_hash, read_identity_number
from form_builder.form import Field
from form_builder.kinds import KINDS
from form_builder.schema import Source, read_form


@dataclass(frozen=True, slots=True)
class Applicant:
    """The person as printed on letters. Empty text: not known."""

    full_name: str = ""
    identity_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""

    def to_json(self) -> dict[str, str]:
        return asdict(self)

    def hash_of_number(self, key: str) -> str | None:
        """The keyed hash that look-up compares; None when there is no number."""
        number = read_identity_number(self.identity_number)
        return identity_hash(number, key) if number else None


def profile_of(account: Account) -> dict[str, str]:
    """What an account knows, by the names that `x-motcua-prefill` uses."""
    known = {
        "full_name": account.full_name,
        "identity_number": account.identity_number,
        "born_on": account.born_on.isoformat() if account.born_on else None,
        "address": account.address,
        "phone": account.phone,
        "email": account.email,
    }
    return {name: value for name, value in known.items() if value}


def applicant_of(form: Source, answers: Mapping[str, Any], account: Account | None) -> Applicant:
    """The fields that the form prefills from the profile say who asks, whatever they are called."""
    said = _said(read_form(form).fields, answers)
    known = profile_of(account) if account else {}
    return Applicant(**{name: said.get(name) or known.get(name, "") for name in Applicant.__slots__})


def _said(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, str]:
    """Profile name → what was answered; the first field of the form wins. Rows speak of others."""
    said: dict[str, str] = {}
    for field in reversed(fields):
        answer = answers.get(field.key)
        if field.kind == "group" and isinstance(answer, Mapping):
            said |= _said(field.fields, answer)
        elif field.prefill and field.kind == "address" and isinstance(answer, Mapping):
            said[field.prefill.removeprefix("profile.")] = KINDS[field.kind].told(field, answer, "vi")
        elif field.prefill and isinstance(answer, str):
            said[field.prefill.removeprefix("profile.")] = answer
    return said

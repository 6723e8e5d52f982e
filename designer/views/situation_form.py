"""What is supposed of a dossier besides its answers: its name as an example, how and when it came in, and what a
counter-example brings along."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from common.clock import ZONE
from common.identity.administration.forms import day_field
from common.identity.forms import tidy
from designer.recording import MOMENT
from designer.supposed import Supposed, supposed
from designer.views.field_form import line
from procedure_library.canonical import readable

# What the form itself asks of the dossier; what else there is stands in a question of its own.
ASKED = ("channel", "received_at", "received_on", "case_type")


class SituationForm(FlaskForm):
    """Its names begin otherwise than those of any form's fields.

    `moment` is when the rules are asked, `rule` the one that is explained first, `also` the further names that
    stand in the question about the dossier, `given` what else is supposed, as JSON.
    """

    name_vi = StringField(lazy_gettext("Tên tình huống"), [Length(max=300)], filters=[tidy])
    name_en = line(lazy_gettext("Tên tiếng Anh"), 300)
    channel = SelectField(lazy_gettext("Cách nộp"), choices=["counter", "online", "post"])
    received_on = day_field(lazy_gettext("Tiếp nhận ngày"), lazy_gettext("Ghi ngày tiếp nhận"))
    received_at = StringField(
        lazy_gettext("Lúc"), [DataRequired(message=lazy_gettext("Ghi giờ, ví dụ 9:15"))], filters=[tidy]
    )
    moment = HiddenField()
    rule = HiddenField()
    also = HiddenField()
    given = HiddenField()

    def is_right(self, *, is_kept: bool) -> bool:
        """Whether what was typed can be worked out, and with `is_kept` recorded: then it has a name."""
        named = {"name_vi": [DataRequired(message=lazy_gettext("Ghi tên tình huống"))]}
        return bool(self.validate(extra_validators=named if is_kept else None))

    def validate_received_at(self, field: StringField) -> None:
        if hour_typed(field.data) is None:
            raise ValidationError(_("Ghi giờ, ví dụ 9:15"))

    @property
    def taken(self) -> Supposed:
        """What is supposed and not asked on the page."""
        return supposed(self.given.data or "{}") or Supposed()

    @property
    def at(self) -> str:
        return self.moment.data or MOMENT

    @property
    def further(self) -> tuple[str, ...]:
        return tuple((self.also.data or "").split())

    def dossier(self, case_type: str) -> dict[str, Any]:
        """The facts of the dossier, submitted and received in the same minute unless it is said otherwise."""
        instant = datetime.combine(self.received_on.data, hour_typed(self.received_at.data) or time(), ZONE)
        said = {"submitted_at": instant.isoformat(), "received_at": instant.isoformat()}
        return {**said, "case_type": case_type, "channel": self.channel.data, "area": ""}

    def begin(self, on: date, also: Collection[str]) -> None:
        """An ordinary morning; `also` names what else is to be supposed."""
        self.also.data = " ".join(also)
        self.received_on.data, self.received_at.data = on, "9:00"

    def fill(self, case: Supposed, read: Collection[str]) -> None:
        """With a dossier that somebody else supposed; `read` are the names that matter to its rule."""
        self.rule.data, self.moment.data = case.rule, case.moment
        instant = _instant(case.dossier.get("received_at"))
        if instant is not None:
            self.received_on.data, self.received_at.data = instant.date(), f"{instant:%H:%M}"
        if case.dossier.get("channel") in self.channel.choices:
            self.channel.data = case.dossier["channel"]
        dossier = (f"dossier.{key}" for key in case.dossier if key not in ASKED)
        # What is set for several cases, or published for several days, is taken as it is.
        others = (*case.parameters.items(), *case.rates.items())
        single = [name for name, rows in others if len(rows) == 1]
        self.also.data = " ".join([*(name for name in dossier if name in read), *single])
        rest = [
            {name: rows for name, rows in part.items() if name not in single}
            for part in (case.parameters, case.rates)
        ]
        self.given.data = readable({"parameters": rest[0], "rates": rest[1]}) if any(rest) else ""


def _instant(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).astimezone(ZONE)
    except ValueError:
        return None


def hour_typed(typed: str | None) -> time | None:
    """The hour of "9:15", "9h15" or "9"; None when it is none."""
    parts = (typed or "").replace("h", ":").replace(".", ":").split(":")
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) <= 2]
    if len(numbers) == 1:
        numbers.append(0)
    good = len(numbers) == 2 and len(parts) <= 2 and numbers[0] < 24 and numbers[1] < 60
    return time(numbers[0], numbers[1]) if good else None

"""The forms of the pages of rates: a span of days, one day's rate, a file."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Form, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from common.identity.administration.forms import LONG, day_field, text_field
from form_builder.numerals import LONGEST, read_number
from procedure_library.rate_files import Entry, Row, read_row
from procedure_library.rates import LONGEST_SOURCE

SHOWN = timedelta(days=30)
LONGEST_SPAN = timedelta(days=366)
# A year of days is some 20 kB.
LONGEST_FILE = 400_000


class SpanForm(Form):
    """Which days are shown, and which one is to be added: what comes with the address of the page."""

    since = day_field(_("Từ ngày"), _("Nhập ngày đầu tiên"))
    until = day_field(_("Đến hết ngày"), _("Nhập ngày cuối cùng"))
    day = day_field(_("Ngày"))

    def validate_until(self, field: Any) -> None:
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(gettext("Ngày cuối trước ngày đầu"))

    def days(self, today: date) -> tuple[date, date]:
        """The span asked for; the last month where none was, or one that cannot be."""
        until = min(self.until.data or today, today)
        since = self.since.data or until - SHOWN
        return (max(since, until - LONGEST_SPAN), until) if since <= until else (today - SHOWN, today)


class RateForm(FlaskForm):
    """The rate of one day."""

    day = day_field(_("Ngày"), _("Nhập ngày của tỷ giá"))
    rate = StringField(
        _("Tỷ giá"),
        [DataRequired(message=_("Nhập tỷ giá")), Length(max=LONGEST, message=LONG)],
    )
    source = text_field(_("Nơi công bố"), LONGEST_SOURCE, _("Ghi nơi công bố tỷ giá"))

    def entry(self) -> Entry | tuple[Any, ...]:
        """What was typed, or what is wrong with it; a number is read as people here write it."""
        number = read_number(self.rate.data or "")
        row = Row(self.day.data, number, self.source.data)
        typed = row.finding("reference.rate_typed", "rate", {"text": self.rate.data or ""})
        read = read_row(row)
        if isinstance(read, Entry):
            return read
        return tuple(typed if finding.where == "rate" else finding for finding in read)


class RateFileForm(FlaskForm):
    """A file, or its text as it stands on the page: mistakes are mended there."""

    file = FileField(_("Tệp CSV hoặc JSON"), [Optional()])
    content = TextAreaField(_("Nội dung"), [Optional(), Length(max=LONGEST_FILE, message=LONG)])

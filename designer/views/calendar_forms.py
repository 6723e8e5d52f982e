"""The forms of the calendar's pages. Rows are as many as were typed, and some empty ones for more."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField

from common.calendar import SATURDAY
from common.identity.administration.forms import choice_field, day_field, text_field
from procedure_library.calendar_year import UnusualDay

MORE_ROWS = 3
MOST_ROWS = 60
# Kept in Vietnamese: reasons of days are data, printed on slips in both languages as they were announced.
SWAPPED, MADE_UP = "Hoán đổi, làm bù ngày {day:%d/%m/%Y}", "Làm bù cho ngày {day:%d/%m/%Y}"


class DayRow(Form):
    """A day and why it is unusual; a row without a day is not there."""

    day = day_field(_("Ngày"))
    why = text_field(_("Lý do"), 200)


class SwapRow(Form):
    """A weekday off for a Saturday or Sunday worked."""

    closed = day_field(_("Nghỉ ngày"))
    worked = day_field(_("Làm bù ngày"))


class Interrupted(FlaskForm):
    """WTForms goes by the order in which fields are written: on the page these stand before the basis."""

    unit = choice_field(_("Đơn vị"), _("Chọn đơn vị"))
    with_below = BooleanField(_("Cả các đơn vị trực thuộc"))
    since = day_field(_("Từ ngày"), _("Nhập ngày đầu tiên"))
    until = day_field(_("Đến hết ngày"), _("Nhập ngày cuối cùng"))
    cause: SelectField = choice_field(_("Nguyên nhân"), _("Chọn nguyên nhân"))
    reason = text_field(_("Lý do"), 300, _("Ghi lý do, ví dụ: Bão số 5"))


class BasisForm(FlaskForm):
    number = text_field(_("Số, ký hiệu văn bản"), 200, _("Nhập số, ký hiệu của văn bản làm căn cứ"))
    signed_on = day_field(_("Ngày ký"), _("Nhập ngày ký văn bản"))

    @property
    def basis(self) -> str:
        """As the calendar keeps it."""
        return f"{self.number.data}, ngày {self.signed_on.data:%d/%m/%Y}"


class YearForm(BasisForm):
    seen = HiddenField()
    closed = FieldList(FormField(DayRow), max_entries=MOST_ROWS)
    swaps = FieldList(FormField(SwapRow), max_entries=MOST_ROWS)
    worked = FieldList(FormField(DayRow), max_entries=MOST_ROWS)

    def more_rows(self) -> None:
        """Empty rows at the end of each list."""
        for rows in (self.closed, self.swaps, self.worked):
            for _number in range(min(MORE_ROWS, MOST_ROWS - len(rows))):
                rows.append_entry()

    def fill(self, days: tuple[UnusualDay, ...]) -> None:
        for unusual in days:
            rows = self.worked if unusual.working else self.closed
            rows.append_entry({"day": unusual.day, "why": unusual.why})

    def days(self, year: int) -> tuple[UnusualDay, ...]:
        """What was typed; where a day cannot stand there, its field says why."""
        found = tuple(self._typed(year))
        met: set[date] = set()
        for field, unusual in found:
            if unusual.day in met:
                _blame(field, gettext("Ngày này đã ghi ở một dòng khác"))
            met.add(unusual.day)
        return tuple(unusual for _field, unusual in found)

    def wrong_rows(self) -> Iterator[Any]:
        """The fields of rows that have errors, in the order of the page."""
        for rows in (self.closed, self.swaps, self.worked):
            for row in rows:
                yield from (field for field in row.form if field.errors)

    def _typed(self, year: int) -> Iterator[tuple[Any, UnusualDay]]:
        for rows, working in ((self.closed, False), (self.worked, True)):
            for row in rows:
                if row.form.day.data and _stands(row.form.day, year, working):
                    why = row.form.why.data or ""
                    if not why:
                        _blame(row.form.why, gettext("Ghi lý do của ngày này"))
                    yield row.form.day, UnusualDay(row.form.day.data, working, why)
        for row in self.swaps:
            yield from _swapped(row.form, year)


def _swapped(row: SwapRow, year: int) -> Iterator[tuple[Any, UnusualDay]]:
    off, on = row.closed.data, row.worked.data
    if not off and not on:
        return
    for field in (row.closed, row.worked):
        if not field.data and not field.errors:
            _blame(field, gettext("Hoán đổi cần cả ngày nghỉ và ngày làm bù"))
    if off and on and _stands(row.closed, year, False) and _stands(row.worked, year, True):
        yield row.closed, UnusualDay(off, False, SWAPPED.format(day=on))
        yield row.worked, UnusualDay(on, True, MADE_UP.format(day=off))


def _stands(field: Any, year: int, working: bool) -> bool:
    """Whether the day may be of this kind, in this year; else its field says why not."""
    day = field.data
    if day.year != year:
        _blame(field, gettext("Ngày này không thuộc năm %(year)s", year=year))
    elif working and day.weekday() < SATURDAY:
        _blame(field, gettext("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật"))
    elif not working and day.weekday() >= SATURDAY:
        _blame(field, gettext("Ngày này là cuối tuần, vốn đã nghỉ"))
    return not field.errors


def _blame(field: Any, words: str) -> None:
    field.errors = [*field.errors, words]


class InterruptionForm(Interrupted, BasisForm):
    """Asked in this order: what stops, then on which basis."""


class RevocationForm(FlaskForm):
    reason = text_field(_("Lý do thu hồi"), 300, _("Ghi lý do thu hồi"))

"""The figures as a table for a spreadsheet: UTF-8 with its mark, so that Excel reads the Vietnamese letters."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Protocol

from flask_babel import gettext as _

from common.i18n import text_in
from common.text import Text
from runtime.figures.counting import Figures

MARK = "\ufeff"
# A cell that begins so would be taken for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TableLine(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> Text: ...
    @property
    def figures(self) -> Figures: ...


def as_csv(by: str, lines: Iterable[TableLine]) -> str:
    """A head, a line for each unit or procedure, and their sum."""
    out = StringIO()
    writer = csv.writer(out)
    columns = _columns()
    writer.writerow([_("Mã"), _("Đơn vị") if by == "unit" else _("Thủ tục"), *columns.values()])
    total = Figures()
    for line in lines:
        writer.writerow([plain(line.key), plain(text_in(line.name)), *_numbers(line.figures, columns)])
        total += line.figures
    writer.writerow(["", _("Tổng cộng"), *_numbers(total, columns)])
    return MARK + out.getvalue()


def plain(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _numbers(figures: Figures, columns: Iterable[str]) -> list[int]:
    return [getattr(figures, name) for name in columns]


def _columns() -> dict[str, str]:
    return {
        "all_received": _("Tiếp nhận: tổng số"),
        "carried_over": _("Tiếp nhận: từ kỳ trước"),
        "online": _("Tiếp nhận trong kỳ: trực tuyến"),
        "direct": _("Tiếp nhận trong kỳ: trực tiếp, bưu chính"),
        "resolved": _("Đã giải quyết: tổng số"),
        "early": _("Đã giải quyết: trước hạn"),
        "on_time": _("Đã giải quyết: đúng hạn"),
        "late": _("Đã giải quyết: quá hạn"),
        "undated": _("Đã giải quyết: không tính hạn"),
        "returned": _("Trong số đã giải quyết: đã trả kết quả"),
        "ended": _("Rút hoặc dừng"),
        "in_process": _("Đang giải quyết: tổng số"),
        "in_limit": _("Đang giải quyết: trong hạn"),
        "overdue": _("Đang giải quyết: quá hạn"),
        "supplements": _("Yêu cầu bổ sung đã phát"),
    }

"""The question bank: blocks of questions that forms share, and what becomes of them in a form.

A block is a form of one page, written as JSON Schema: questions, what must be answered, and the conditions among
them. Where blocks are kept, by whom and since when is the shell's; here they are values.
"""

from form_builder.bank.cutting import Cut, cut
from form_builder.bank.merging import Change, Merge
from form_builder.bank.origins import ORIGIN, Source, Use, source_of, use_at, uses
from form_builder.bank.putting import marked, put, take_out
from form_builder.bank.updating import offered, updated

__all__ = [
    "ORIGIN",
    "Change",
    "Cut",
    "Merge",
    "Source",
    "Use",
    "cut",
    "marked",
    "offered",
    "put",
    "source_of",
    "take_out",
    "updated",
    "use_at",
    "uses",
]

"""What a letter can print, in the words of Typst that print it: offered while a letter is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from common.text import Text
from form_builder.form import Field, Form


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`label` is what a reader calls it, `code` what is put into the source."""

    label: Text
    code: str


@dataclass(frozen=True, slots=True)
class Placeholders:
    """Placeholders under one title."""

    title: Text
    items: tuple[Placeholder, ...]


# The members that every letter of a procedure has (docs/formats.md).
MEMBERS = (
    ("Cơ quan cấp trên", "Agency above", "agency.above"),
    ("Cơ quan ban hành", "Issuing agency", "agency.name"),
    ("Số văn bản", "Number of the letter", "number"),
    ("Địa danh", "Place", "place"),
    ("Ngày tháng năm ban hành", "Day of issue", "dated"),
    ("Tên thủ tục", "Procedure", "procedure"),
    ("Trường hợp", "Case type", "case_type"),
    ("Mã hồ sơ", "Dossier code", "code"),
    ("Người nộp", "Applicant", "applicant"),
    ("Lý do của quyết định", "Reason of the decision", "decision.reason"),
    ("Ngày quyết định", "Day of the decision", "decision.decided_on"),
    ("Người ký", "Who signs", "official"),
)
ALL_ANSWERS = """#for section in d.sections [
  == #section.title
  #for row in section.rows [#row.label: #strong(row.text) \\
 ]
]"""
GENERAL = Placeholders(
    Text("Cơ quan, hồ sơ, quyết định", "Agency, dossier, decision"),
    (
        *(Placeholder(Text(vi, en), f"#d.{code}") for vi, en, code in MEMBERS),
        Placeholder(
            Text("Căn cứ pháp lý, mỗi căn cứ một dòng", "Legal basis, a line each"),
            "#for law in d.decision.legal_basis [- #law\n]",
        ),
        Placeholder(Text("Mọi câu trả lời, theo trang", "All answers, page by page"), ALL_ANSWERS),
    ),
)


def placeholders(form: Form) -> tuple[Placeholders, ...]:
    """The general ones, then the questions of each page of the form; pages without questions are left out."""
    pages = (Placeholders(page.title, tuple(_of(page.fields, page.title))) for page in form.pages)
    return (GENERAL, *(page for page in pages if page.items))


def _of(fields: Iterable[Field], under: Text) -> Iterator[Placeholder]:
    """Questions inside a group carry its title, unless it is the one that they stand under."""
    for field in fields:
        if field.schema.get("type") == "array" and field.fields:
            yield Placeholder(field.title, _each_row(field))
        elif field.fields:
            inner = _of(field.fields, field.title)
            yield from inner if field.title == under else (_within(field.title, each) for each in inner)
        elif field.title.vi:
            yield Placeholder(field.title, f'#d.texts.at("{field.path}", default: "")')


def _within(group: Text, inner: Placeholder) -> Placeholder:
    label = inner.label
    return Placeholder(Text(f"{group.vi}: {label.vi}", f"{group.in_('en')}: {label.in_('en')}"), inner.code)


def _each_row(field: Field) -> str:
    """A line for each row, with all that it asks; rows of rows are left to the author."""
    first, *rest = field.path.split(".")
    rows = f'd.answers.at("{first}", default: {"(:)" if rest else "()"})'
    for number, part in enumerate(rest, 1):
        rows += f'.at("{part}", default: {"()" if number == len(rest) else "(:)"})'
    told = ", ".join(
        f'#d.texts.at("{field.path}." + str(number) + ".{inner.key}", default: "")'
        for inner in field.fields
        if not inner.fields
    )
    return f"#for number in range({rows}.len()) [- {told}\n]"

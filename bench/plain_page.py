"""The page of bench/application.py as one would write it by hand for this form alone: flat Jinja, one question
after the other. `said` holds the text of every input, `wrong` the sentences of what is wrong, by place.
"""

from bench.application import KINDS_IN_TURN, MEMBERS, QUESTIONS

HEAD = """
{%- if wrong %}
<div class="error-summary" id="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title" autofocus>
  <h2 id="error-summary-title">Xin xem lại những mục sau</h2>
  <ul>
    {%- for where, (text, whole) in wrong.items() %}
    <li><a href="#f-{{ where }}">{{ text }}</a></li>
    {%- endfor %}
  </ul>
</div>
{%- endif -%}
<div id="page-fields" class="page-fields" hx-post="{{ check }}" hx-trigger="change target:.opens, left" hx-include="closest form" hx-target="this" hx-swap="outerMorph" hx-sync="queue all">
  <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">Tiếp tục</button>
  <input type="hidden" name="left-input" value="">
"""
WRONG = """{% if wrong.ID %}<p class="field-error" id="f-ID-error"><span class="visually-hidden">Lỗi:</span> {{ wrong.ID[1] }}</p><input type="hidden" name="marked-wrong" value="NAME">{% endif %}"""
LINE = (
    """
  <div class="field{% if wrong.ID %} field-wrong{% endif %}" id="f-ID-field">
  <label class="form-label" for="f-ID">TITLE</label>
  """
    + WRONG
    + """
  <input id="f-ID" name="NAME" value="{{ said['NAME'] }}" class="form-control{% if wrong.ID %} is-invalid{% endif %}" ATTRIBUTES{% if wrong.ID %} aria-describedby="f-ID-error" aria-invalid="true"{% endif %}>
</div>"""
)
CASE = """
  <div id="f-ID-field" class="case" data-asked="{{ asked.ID }}"><div class="field{% if wrong.ID %} field-wrong{% endif %}">
  <label class="form-label" for="f-ID">TITLE</label>
  <p class="form-hint case-words" id="f-ID-case">Chỉ điền nếu «Loại» là «WANTED».</p>
  {%- if wrong.ID %}<p class="field-error" id="f-ID-error"><span class="visually-hidden">Lỗi:</span> {{ wrong.ID[1] }}</p><input type="hidden" name="marked-wrong" value="NAME">{% endif %}
  <input id="f-ID" name="NAME" value="{{ said['NAME'] }}" class="form-control{% if wrong.ID %} is-invalid{% endif %}" ATTRIBUTES aria-describedby="f-ID-case{% if wrong.ID %} f-ID-error{% endif %}"{% if wrong.ID %} aria-invalid="true"{% endif %}>
</div></div>"""
SET = """
  <fieldset class="field{% if wrong.ID %} field-wrong{% endif %}" id="f-ID-field"{% if wrong.ID %} aria-describedby="f-ID-error"{% endif %}>
  <legend class="form-label">TITLE</legend>
  """
DATE_PART = """
    <div>
      <label class="form-label" for="f-IDEND">LABEL</label>
      <input id="f-IDEND" name="NAME-PART" value="{{ said['NAME-PART'] }}" size="SIZE" inputmode="numeric" class="form-control{% if wrong.ID %} is-invalid{% endif %}"{% if wrong.ID %} aria-invalid="true"{% endif %}>
    </div>"""
TICK = """
    <div class="form-check">
      <input type="radio" id="f-IDEND" name="NAME" value="VALUE" class="form-check-inputOPENS{% if wrong.ID %} is-invalid{% endif %}"{% if said['NAME'] == "VALUE" %} checked{% endif %}>
      <label class="form-check-label" for="f-IDEND">LABEL</label>
    </div>"""
OPTIONAL = ' <span class="optional">(không bắt buộc)</span>'
NUMBERS = 'type="text" inputmode="numeric" spellcheck="false" size="20"'
ATTRIBUTES = {
    0: 'type="text"',
    3: 'type="tel" size="20"',
    4: 'type="text" inputmode="numeric" size="10"',
    6: NUMBERS,
    7: 'type="email" spellcheck="false" autocapitalize="none"',
}
ROW = """
  <fieldset class="block row-block" id="f-family-ROW" tabindex="-1">
    <legend>Thành viên gia đình NUMBER</legend>
    <input type="hidden" name="family.ROW.id" value="{{ said['family.ROW.id'] }}">
    <button class="btn btn-sm row-remove" type="submit" name="remove-row" value="family.ROW" formnovalidate hx-post="{{ check }}" hx-include="closest form" hx-target="#page-fields" hx-swap="outerMorph">Xóa <span class="visually-hidden">Thành viên gia đình NUMBER</span></button>
    <div class="block-fields">"""
FAMILY = """
  <section class="rows" id="f-family" tabindex="-1" aria-labelledby="f-family-title">
  <h2 class="rows-title" id="f-family-title">Thành viên gia đình <span class="optional">(không bắt buộc)</span></h2>
"""
ADD = """
  <button class="btn row-add" type="submit" name="add-row" value="family" formnovalidate hx-post="{{ check }}" hx-include="closest form" hx-target="#page-fields" hx-swap="outerMorph">Thêm thành viên gia đình</button>
</section>
</div>
"""


def source() -> str:
    """The template, as text."""
    asked = "".join(_question(number) for number in range(QUESTIONS))
    return HEAD + asked + FAMILY + "".join(_row(number) for number in range(MEMBERS)) + ADD


def _question(number: int) -> str:
    name, turn, title = f"q{number}", number % 8, KINDS_IN_TURN[number % 8][0]["title"]
    match turn:
        case 1:
            return _date(name, title)
        case 2:
            return _ticks(name, title, ("first", "second", "third"), " opens")
        case 5:
            return _ticks(name, title, ("true", "false"), "", ("Có", "Không"), "ticks-beside")
        case 7:
            wanted = "second" if number // 8 % 2 else "third"
            return _named(CASE, name, TITLE=title, WANTED=wanted, ATTRIBUTES=ATTRIBUTES[7])
        case _:
            return _named(LINE, name, TITLE=title, ATTRIBUTES=ATTRIBUTES[turn])


def _row(number: int) -> str:
    inside = f"family.{number}."
    return (
        ROW.replace("ROW", str(number)).replace("NUMBER", str(number + 1))
        + _named(LINE, inside + "name", TITLE="Họ tên", ATTRIBUTES=ATTRIBUTES[0])
        + _date(inside + "born_on", "Ngày sinh")
        + _ticks(inside + "relation", "Quan hệ" + OPTIONAL, ("spouse", "child", "parent"), "")
        + _named(LINE, inside + "identity_number", TITLE="Số định danh" + OPTIONAL, ATTRIBUTES=NUMBERS)
        + _named(LINE, inside + "job", TITLE="Nghề nghiệp" + OPTIONAL, ATTRIBUTES=ATTRIBUTES[0])
        + "</div></fieldset>"
    )


def _date(name: str, title: str) -> str:
    parts = (("day", "Ngày", "2"), ("month", "Tháng", "2"), ("year", "Năm", "4"))
    drawn = "".join(
        DATE_PART.replace("END", "" if part == "day" else f"-{part}")
        .replace("PART", part)
        .replace("LABEL", label)
        .replace("SIZE", size)
        for part, label, size in parts
    )
    return _named(f'{SET}{WRONG}<div class="date-parts">{drawn}</div></fieldset>', name, TITLE=title)


def _ticks(
    name: str,
    title: str,
    values: tuple[str, ...],
    opens: str,
    labels: tuple[str, ...] = (),
    kind: str = "",
) -> str:
    drawn = "".join(
        TICK.replace("END", f"-{place}" if place > 1 else "").replace("VALUE", value).replace("LABEL", label)
        for place, (value, label) in enumerate(zip(values, labels or values, strict=True), start=1)
    )
    whole = f'{SET}{WRONG}<div class="ticks {kind}">{drawn}</div></fieldset>'
    return _named(whole, name, TITLE=title, OPENS=opens)


def _named(drawn: str, name: str, **words: str) -> str:
    """The piece for one question: `wrong` and `asked` know it by its id, `said` by its name."""
    for word, text in words.items():
        drawn = drawn.replace(word, text)
    key = name.replace(".", "-")
    return (
        drawn.replace("wrong.ID", f"wrong['{key}']")
        .replace("asked.ID", f"asked['{key}']")
        .replace("ID", key)
        .replace("NAME", name)
    )

"""One page of a form, shown and answered: what a view needs, in two calls."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from common.problems import Problem
from form_builder.address import FindFormer, focus_on, look_up, nothing_former, stepped
from form_builder.answers import from_form, merge
from form_builder.blocks import Rows
from form_builder.faults import problem
from form_builder.form import Form
from form_builder.handing import pressed_files
from form_builder.inputs import Question
from form_builder.judge import in_order, judge
from form_builder.posted import Posted
from form_builder.rows import ADD, MOST_ROWS, REMOVE, NewId, identified, pressed, too_full, without_blanks
from form_builder.schema import Source, read_form
from form_builder.visibility import prune, visible
from form_builder.wtform import MARKED, PageForm, page_form


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a post.

    `answers` are all answers with this page's, those not asked dropped: save them even when there are problems.
    `problems` concern this page only. `unfinished`: a row was added or removed, a commune is being picked, or the
    page only asked how it now stands; show `page` again, with no errors but those it had and that are not mended.
    """

    page: PageForm
    answers: dict[str, Any]
    problems: tuple[Problem, ...]
    unfinished: bool


def show(
    source: Source,
    page_key: str,
    answers: Mapping[str, Any],
    language: str,
    *,
    problems: Collection[Problem] = (),
    prefilled: Collection[str] = (),
    earlier: Mapping[str, str] = MappingProxyType({}),
) -> PageForm:
    """A page with the answers so far. `prefilled` are the paths whose answers the person has not yet seen, from
    the account; `earlier` those from a dossier, with its number."""
    form = read_form(source)
    page = page_form(form, page_key, language)(data=answers)
    page.open(visible(form, answers))
    page.mark(problems)
    for question in page.every:
        question.prefilled = question.name in prefilled
        question.earlier = "" if question.prefilled else earlier.get(question.name, "")
    return page


def take(
    source: Source,
    page_key: str,
    posted: Any,
    answers: Mapping[str, Any],
    language: str,
    *,
    new_id: NewId,
    judged: bool = True,
    left: str = "",
    former: FindFormer = nothing_former,
    troubles: Collection[Problem] = (),
) -> Reply:
    """Reads a posted page (`request.form`) on top of the answers so far and judges it.

    `new_id` names rows that are new: a text of letters and digits never given before in this form.
    `judged` False: only reads and opens what the answers now ask (htmx, while someone is still typing), and says
    what is wrong with the question that was left: the one with an input called `left`. Where nothing else on the
    page changes by it, the reply's page has it as its `left`. `former` looks up what was typed of a former address.
    `troubles` are files that came with the page and were not taken: they are said whatever else is.
    """
    form, before = read_form(source), Posted.of(posted)
    fields, after = form.page(page_key).fields, pressed(before, new_id) or pressed_files(before)
    after = stepped(before, form.places) if after is None else after
    if after is not None or not judged:
        typed = identified(fields, after or before, new_id)
        page, kept, unreadable = _bound(form, page_key, typed, answers, language)
        unreadable = (*_too_full(form, page_key, before), *unreadable)
        behind = page.with_input(left)
        wrong = _to_be_said(page_problems(form, page_key, kept, unreadable), before, behind)
        page.mark((*troubles, *wrong))
        page.left = None if after is not None else _alone(page, behind, wrong, before)
        page.opens_at_errors = bool(troubles)
        look_up(page.every, former)
        _focus(page, before)
        return Reply(page, kept, (), unfinished=True)
    typed = identified(fields, without_blanks(fields, before), new_id)
    page, kept, unreadable = _bound(form, page_key, typed, answers, language)
    unreadable = (*_too_full(form, page_key, before), *unreadable)
    problems = (*troubles, *page_problems(form, page_key, kept, unreadable))
    page.mark(problems)
    look_up(page.every, former)
    return Reply(page, kept, problems, unfinished=False)


def _bound(
    form: Form, page_key: str, typed: Posted, answers: Mapping[str, Any], language: str
) -> tuple[PageForm, dict[str, Any], tuple[Problem, ...]]:
    """The page bound to what was typed, all answers without those not asked, and what could not be read."""
    page = page_form(form, page_key, language)(formdata=typed)
    reading = from_form(page)
    merged = merge(answers, reading.answers, (field.key for field in page.page.fields))
    page.open(visible(form, merged))
    return page, prune(form, merged), reading.problems


def _too_full(form: Form, page_key: str, posted: Posted) -> tuple[Problem, ...]:
    """No page of ours posts more rows than are read; who does is told how many there may be."""
    found = too_full(form.page(page_key).fields, posted)
    most = ((name, min(field.schema.get("maxItems", MOST_ROWS), MOST_ROWS)) for field, name in found)
    return tuple(problem(form, "form.too_many", name, limit=limit, limit_en=limit) for name, limit in most)


def _to_be_said(problems: Collection[Problem], posted: Posted, left: Question | None) -> tuple[Problem, ...]:
    """Of what is wrong now, what the page already said, and what is wrong with the question that was left: errors
    stay until mended, none comes before its time.

    Rows of which one was removed have other numbers: theirs are told again when the page is sent.
    """
    moved = f"{posted.first(REMOVE).rpartition('.')[0]}." if REMOVE in posted else None
    said = {where for where in posted.getlist(MARKED) if not (moved and where.startswith(moved))}
    said |= {left.name} if left is not None else set()
    return tuple(problem for problem in problems if problem.where in said)


def _alone(
    page: PageForm, left: Question | None, wrong: Collection[Problem], posted: Posted
) -> Question | None:
    """The question that was left, when it is all that changes: it opens nothing, and mends nothing elsewhere."""
    if left is None or page.opens(left):
        return None
    before, now = set(posted.getlist(MARKED)), {problem.where for problem in wrong}
    return left if before - {left.name} == now - {left.name} else None


def _focus(page: PageForm, posted: Posted) -> None:
    """Opens the page where its reader works on: in the row added, at the rows of which one was removed, or in the
    address that is being picked."""
    focus_on(page.every, posted)
    for question in page.every:
        if isinstance(question, Rows) and question.name == posted.first(ADD):
            first = next(iter(question.rows[-1]), question)
            first.focused = True
        elif isinstance(question, Rows) and posted.first(REMOVE).startswith(f"{question.name}."):
            question.focused = True


def page_problems(
    form: Form, page_key: str, answers: Mapping[str, Any], unreadable: Collection[Problem] = ()
) -> tuple[Problem, ...]:
    """What is wrong on one page, in its order: first what could not be read, then what the judge says."""
    keys = {field.key for field in form.page(page_key).fields}
    shown = visible(form, answers)
    found = {each.where: each for each in unreadable if each.where in shown}
    for each in judge(form, answers):
        if each.where.partition(".")[0] in keys:
            found.setdefault(each.where, each)
    return in_order(form, found.values())

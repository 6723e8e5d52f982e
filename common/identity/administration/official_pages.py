"""Pages of officials and their posts."""

from datetime import timedelta
from typing import Any, cast

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from common.clock import local_date
from common.identity.actor import ROLES
from common.identity.administration import officials as people
from common.identity.administration.blueprint import administration, administrators, again, searched, word
from common.identity.administration.directory import (
    in_force,
    official_numbered,
    officials,
    open_units,
    posts_of,
    unit_called,
)
from common.identity.administration.forms import (
    EndForm,
    FirstPassword,
    NameForm,
    OfficialForm,
    PostForm,
    named,
    offer,
)
from common.identity.models import Account, Assignment
from common.web import current_actor, now, problems_page, session

NEW = "identity/administration/new_official.html"
ONE = "identity/administration/official.html"
POST = "identity/administration/new_post.html"
END = "identity/administration/post_end.html"
NAME = "identity/administration/official_name.html"
PASSWORD = "identity/administration/official_password.html"  # noqa: S105 — the name of a page


@administration.get("/officials")
@administrators
def official_list() -> str:
    text, after = searched()
    listed = officials(session(), text, after=after)
    context = {"today": local_date(now()), "in_force": in_force, "is_first": not after}
    return render_template("identity/administration/officials.html", listed=listed, text=text, **context)


@administration.get("/new-official")
@administrators
def new_official() -> str:
    return render_template(NEW, form=OfficialForm())


@administration.post("/officials")
@administrators
def make_official() -> Response:
    form = OfficialForm()
    if not form.validate():
        return again(NEW, form)
    login, name, password = str(form.login.data), str(form.full_name.data), str(form.password.data)
    made = people.add_official(
        session(), login=login, full_name=name, password=password, by=current_actor(), at=now()
    )
    if isinstance(made, tuple):
        return again(NEW, form, made)
    flash(_("Đã mở tài khoản cho %(name)s. Hãy giao vai trò.", name=made.full_name), "success")
    return cast(Response, redirect(url_for("administration.new_post", number=made.id), 303))


@administration.get("/officials/<int:number>")
@administrators
def official(number: int) -> str:
    return render_template(ONE, **_surroundings(_official(number)))


@administration.get("/officials/<int:number>/name")
@administrators
def official_name(number: int) -> str:
    account = _official(number)
    return render_template(NAME, account=account, form=NameForm(obj=account))


@administration.post("/officials/<int:number>/name")
@administrators
def rename(number: int) -> Response:
    account, form = _official(number), NameForm()
    if not form.validate():
        return again(NAME, form, account=account)
    people.rename(session(), account, str(form.full_name.data), by=current_actor(), at=now())
    flash(_("Đã sửa họ tên."), "success")
    return _to(account)


@administration.get("/officials/<int:number>/password")
@administrators
def official_password(number: int) -> str:
    return render_template(PASSWORD, account=_official(number), form=FirstPassword())


@administration.post("/officials/<int:number>/password")
@administrators
def set_password(number: int) -> Response:
    account, form = _official(number), FirstPassword()
    if not form.validate():
        return again(PASSWORD, form, account=account)
    problems = people.set_password(session(), account, str(form.password.data), by=current_actor(), at=now())
    if problems:
        return again(PASSWORD, form, problems, account=account)
    flash(_("Đã đặt mật khẩu mới; các phiên đăng nhập đang mở của người này đã kết thúc."), "success")
    return _to(account)


@administration.post("/officials/<int:number>/deactivation")
@administrators
def deactivate(number: int) -> Response:
    account = _official(number)
    refusal = people.deactivate(session(), account, by=current_actor(), at=now())
    if refusal:
        return problems_page(ONE, [refusal], **_surroundings(account))
    flash(_("Đã khóa tài khoản; không ai đăng nhập được bằng tài khoản này nữa."), "success")
    return _to(account)


@administration.post("/officials/<int:number>/reactivation")
@administrators
def reactivate(number: int) -> Response:
    account = _official(number)
    people.reactivate(session(), account, by=current_actor(), at=now())
    flash(_("Đã mở khóa tài khoản."), "success")
    return _to(account)


@administration.get("/officials/<int:number>/new-post")
@administrators
def new_post(number: int) -> str:
    form = _post_form()
    form.since.data = local_date(now())
    return render_template(POST, account=_official(number), form=form)


@administration.post("/officials/<int:number>/posts")
@administrators
def give_post(number: int) -> Response:
    account, form = _official(number), _post_form()
    if not form.validate():
        return again(POST, form, account=account)
    given = people.give_post(
        session(),
        account,
        unit_called(session(), str(form.unit.data)) or abort(404),
        str(form.role.data),
        since=form.since.data,
        until=form.until.data,
        by=current_actor(),
        at=now(),
    )
    if isinstance(given, tuple):
        return again(POST, form, given, account=account)
    flash(_("Đã giao vai trò."), "success")
    return _to(account)


@administration.get("/officials/<int:number>/posts/<int:post>")
@administrators
def post_end(number: int, post: int) -> str:
    account, form = _official(number), EndForm()
    held = _post(account, post)
    # The earliest day that still makes sense is yesterday: it ends the post at once.
    form.ended_on.data = local_date(now()) - timedelta(days=1)
    return render_template(END, account=account, post=held, form=form)


@administration.post("/officials/<int:number>/posts/<int:post>")
@administrators
def end_post(number: int, post: int) -> Response:
    account, form = _official(number), EndForm()
    held = _post(account, post)
    if not form.validate():
        return again(END, form, account=account, post=held)
    no = people.end_post(session(), held, until=form.ended_on.data, by=current_actor(), at=now())
    if no:
        return again(END, form, no, account=account, post=held)
    flash(_("Đã ghi ngày cuối của phân công."), "success")
    return _to(account)


def _official(number: int) -> Account:
    return official_numbered(session(), number) or abort(404)


def _post(account: Account, number: int) -> Assignment:
    return next((each for each in posts_of(session(), account) if each.id == number), None) or abort(404)


def _surroundings(account: Account) -> dict[str, Any]:
    posts = posts_of(session(), account)
    is_own = account.id == current_actor().account_id
    return {
        "account": account,
        "posts": posts,
        "is_own": is_own,
        "in_force": in_force,
        "today": local_date(now()),
    }


def _post_form() -> PostForm:
    form = PostForm()
    offer(form.unit, [(each.key, named(each)) for each in open_units(session())], _("Chọn đơn vị"))
    offer(form.role, [(role, word("role", role)) for role in ROLES], _("Chọn vai trò"))
    return form


def _to(account: Account) -> Response:
    return cast(Response, redirect(url_for("administration.official", number=account.id), 303))

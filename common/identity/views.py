"""Sign in and out, open an account, see and change what is known of oneself."""

from typing import Any, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from common.i18n import language
from common.identity import accounts
from common.identity.accounts import Contact
from common.identity.delegating import DELEGABLE
from common.identity.forms import ContactForm, PasswordForm, ProfileForm, RegisterForm, SignInForm
from common.identity.models import Account
from common.identity.numbers import read_identity_number
from common.identity.sign_in import close_session, open_session
from common.identity.throttle import (
    REGISTER_BY_PEER,
    SIGN_IN_BY_LOGIN,
    SIGN_IN_BY_LOGIN_AND_PEER,
    SIGN_IN_BY_PEER,
)
from common.problems import Refusal
from common.web import (
    current_actor,
    now,
    on_loopback,
    password_is_given,
    problems_page,
    public,
    session,
    signed_in,
    surroundings,
)
from common.web.navigation import first_page
from common.web.throttling import forgive_tries, take_try

identity = Blueprint("identity", __name__)


@identity.get("/sign-in")
@public
def sign_in() -> str:
    return render_template("identity/sign_in.html", form=SignInForm(), next=request.args.get("next", ""))


@identity.post("/sign-in")
@public
def open_sign_in() -> Response:
    form, onward = SignInForm(), request.form.get("next", "")
    if not form.validate():
        return problems_page("identity/sign_in.html", form=form, next=onward)
    login = (form.login.data or "").strip().casefold()
    _take_sign_in(login)
    account = accounts.sign_in(
        session(), login, form.password.data or "", local=on_loopback(), key=_identity_key(), at=now()
    )
    if isinstance(account, Refusal):
        return problems_page("identity/sign_in.html", [account], form=form, next=onward)
    forgive_tries(SIGN_IN_BY_LOGIN_AND_PEER, f"{login}|{request.remote_addr}")
    open_session(account)
    if account.password_given:
        return cast(Response, redirect(url_for("identity.password", next=_own(onward) or None), 303))
    return cast(Response, redirect(_own(onward) or first_page(), 303))


@identity.post("/sign-out")
@public
def sign_out() -> Response:
    close_session()
    flash(_("Đã đăng xuất. Nếu dùng máy chung, hãy đóng trình duyệt."), "success")
    return cast(Response, redirect("/", 303))


@identity.get("/register")
@public
def register() -> str:
    return render_template("identity/register.html", form=RegisterForm())


@identity.post("/register")
@public
def open_account() -> Response:
    form = RegisterForm()
    if not form.validate():
        return problems_page("identity/register.html", form=form)
    take_try(REGISTER_BY_PEER, str(request.remote_addr))
    account = accounts.register(
        session(),
        full_name=str(form.full_name.data),
        identity_number=str(read_identity_number(str(form.identity_number.data))),
        password=str(form.password.data),
        contact=_contact(form, language()),
        key=_identity_key(),
        at=now(),
    )
    if isinstance(account, Refusal):
        return problems_page("identity/register.html", [account], form=form)
    open_session(account)
    flash(_("Đã mở tài khoản. Từ nay đăng nhập bằng số định danh cá nhân."), "success")
    return cast(Response, redirect(first_page(), 303))


@identity.get("/profile")
@signed_in
def profile() -> str:
    return _profile(ProfileForm(obj=_account()))


def _profile(form: ProfileForm) -> str:
    known = {"account": _account(), "may_delegate": _may_delegate()}
    return render_template("identity/profile.html", form=form, **known)


def _may_delegate() -> bool:
    return any(current_actor().holds(role) for role in DELEGABLE)


@identity.post("/profile")
@signed_in
def change_profile() -> Response:
    form, account = ProfileForm(), _account()
    if not form.validate():
        return problems_page(
            "identity/profile.html", account=account, form=form, may_delegate=_may_delegate()
        )
    locale = str(form.locale.data)
    contact = _contact(form, locale)
    accounts.change_contact(
        session(), account, contact, born_on=form.born_on.data, by=current_actor(), at=now()
    )
    flash(_("Đã lưu thông tin của bạn."), "success")
    return cast(Response, redirect(f"/profile?language={locale}", 303))


@identity.get("/profile/password")
@signed_in
def password() -> str:
    return render_template("identity/password.html", form=PasswordForm(), **_way_on())


@identity.post("/profile/password")
@signed_in
def change_password() -> Response:
    form, account, way_on = PasswordForm(), _account(), _way_on()
    if not form.validate():
        return problems_page("identity/password.html", form=form, **way_on)
    take_try(SIGN_IN_BY_LOGIN, f"password of {account.id}")
    refusal = accounts.change_password(
        session(), account, old=str(form.old.data), new=str(form.password.data), by=current_actor(), at=now()
    )
    if refusal:
        return problems_page("identity/password.html", [refusal], form=form, **way_on)
    open_session(account)
    flash(_("Đã đổi mật khẩu. Các phiên đăng nhập ở máy khác đã kết thúc."), "success")
    onward = (_own(way_on["next"]) or first_page()) if way_on["given"] else "/profile"
    return cast(Response, redirect(onward, 303))


def _way_on() -> dict[str, Any]:
    """Whether the password has to be changed now, and where its owner wanted to go."""
    return {"given": password_is_given(), "next": request.values.get("next", "")}


def _account() -> Account:
    return cast(Account, current_user.account)


def _contact(form: ContactForm, locale: str) -> Contact:
    return Contact(str(form.address.data), str(form.email.data), str(form.phone.data), locale)


def _identity_key() -> str:
    return surroundings().settings.identity_key


def _take_sign_in(login: str) -> None:
    peer = str(request.remote_addr)
    take_try(SIGN_IN_BY_PEER, peer)
    take_try(SIGN_IN_BY_LOGIN_AND_PEER, f"{login}|{peer}")
    take_try(SIGN_IN_BY_LOGIN, login)


def _own(address: str) -> str:
    """The address when it is a page of this house; "" for anything that could lead elsewhere."""
    local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if local and address.isprintable() else ""

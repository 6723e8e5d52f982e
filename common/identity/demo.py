"""The demo accounts, offered on the page to sign in so that nobody has to go back to the terminal for them."""

from collections.abc import Sequence

from flask import Flask

from common.operations.parts import DemoAccount
from common.web import on_loopback


def install(app: Flask, accounts: Sequence[DemoAccount]) -> None:
    """Gives templates `demo_accounts()`; give no accounts where the installation is not a demo.

    Their passwords are published and open nothing from elsewhere: they are named to this very machine only.
    """
    app.jinja_env.globals["demo_accounts"] = lambda: accounts if on_loopback() else ()

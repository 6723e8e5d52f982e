"""Chromium for tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, expect

from scripts.browser import found

# No traffic of its own, and no sandbox only where the kernel refuses one to root.
FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Milliseconds that a page has for whatever is waited for: many tests share the machine.
PATIENCE = 20_000


def launch(playwright: Playwright) -> Browser:
    """The machine's Chromium, headless, with a fresh profile; Playwright's where there is none."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    return playwright.chromium.launch(headless=True, executable_path=found(), args=flags)


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page in a fresh context; afterwards nothing may have broken a script or the content policy, in windows that
    it opened neither."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **options)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    broken: list[str] = []
    context.on("weberror", lambda error: broken.append(str(error.error)))
    context.on(
        "console",
        lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield context.new_page()
    context.close()
    assert not broken, broken

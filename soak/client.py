"""A client outside: carries one dossier after another through the pages, and asks again when no answer came."""

import re
from collections.abc import Callable
from functools import partial
from random import Random
from time import sleep

from soak.browser import Answer, Browser, Lost
from soak.furnishing import CITIZEN, OFFICIAL, PASSWORD
from soak.ledger import Act, Ledger
from soak.procedure import KEY

FILING = re.compile(r"N-[0-9.]+H01-\d{6}-\d+")
TASK = re.compile(r"/desk/tasks/(\d+)")
PAUSE_SECONDS = 0.3
# How often one thing is asked for: some minutes.
PATIENCE = 500
ACTS = (
    ("/completion", "complete"),
    ("/acceptance", "accept"),
    ("/claim", "claim"),
    ("/return", "hand_over"),
)
OUTCOMES = {"fit", "done", "granted", "collected"}


class GaveUp(Exception):
    """The house did not come back, or the pages are not what they should be."""


class Client:
    """`goes_on` says whether there is still something to do."""

    def __init__(
        self, addresses: tuple[str, ...], ledger: Ledger, random: Random, goes_on: Callable[[], bool]
    ) -> None:
        self.ledger, self.random, self.goes_on = ledger, random, goes_on
        self.official, self.citizen = Browser(*addresses), Browser(*addresses)

    def work(self) -> None:
        """Files dossiers and finishes them until it is told to stop."""
        self.sign_in()
        while self.goes_on():
            self.carry_through(self.file())

    def sign_in(self) -> None:
        for browser, login in ((self.official, OFFICIAL), (self.citizen, CITIZEN)):
            self._sent(browser, "/sign-in", {"login": login, "password": PASSWORD})

    def file(self) -> str:
        """The filing number of a new dossier."""
        begun = self._sent(self.citizen, f"/procedures/{KEY}/applications", {})
        application = begun.location.rpartition("/")[2]
        page = f"/applications/{application}/pages/person"
        self._sent(self.citizen, page, {"full_name": "Nguyễn Thị Lan", "copies": "3"})
        address = f"/applications/{application}/filing"
        check = self._get(self.citizen, f"/applications/{application}/check")
        self._until_told(self.citizen, address, check.forms[address])
        found = FILING.search(self._get(self.citizen, address).text)
        if found is None:
            raise GaveUp("no filing number on the page")
        self.ledger.told(Act(found[0], "submit"))
        return found[0]

    def carry_through(self, filing: str) -> None:
        """Whatever the dossier's pages offer, until they offer nothing."""
        page: Answer | None = self._get(self.official, f"/desk/dossiers/{filing}")
        while page is not None and self.goes_on():
            page = self._next(filing, page)

    def _next(self, filing: str, page: Answer) -> Answer | None:
        """The page after the next act; None when there is nothing more to do."""
        forms = page.forms
        for ending, act in ACTS:
            for address in (each for each in forms if each.endswith(ending)):
                fields = forms[address]
                if act == "complete":
                    outcome = next(each for each in OUTCOMES if f'value="{each}"' in page.text)
                    fields |= {"outcome": outcome}
                return self._do(filing, act, address, fields)
        tasks = sorted({int(found) for found in TASK.findall(page.text)})
        return self._get(self.official, f"/desk/tasks/{self.random.choice(tasks)}") if tasks else None

    def _do(self, filing: str, act: str, address: str, fields: dict[str, str]) -> Answer:
        found = TASK.search(address)
        wanted = Act(filing, act, int(found[1]) if found else 0)
        after = self._until_told(self.official, address, fields)
        if after is None:
            self.ledger.unexpected(f"{wanted}")
        else:
            self.ledger.told(wanted)
        return (
            after
            if after and after.said == "success"
            else self._get(self.official, f"/desk/dossiers/{filing}")
        )

    def _until_told(self, browser: Browser, address: str, fields: dict[str, str]) -> Answer | None:
        """Posts until there is an answer: what is shown when it was done, now or by an earlier post whose answer was
        lost; None when it was refused and nobody had asked before."""
        lost = False
        for _ in range(PATIENCE):
            answer = self._once(partial(browser.post, address, fields))
            if answer is None:
                lost = True
                sleep(PAUSE_SECONDS)
                continue
            page = self._get(browser, answer.location) if answer.status == 303 else answer
            done = answer.status == 303 and page.said != "danger"
            return page if done or lost else None
        raise GaveUp(address)

    def _sent(self, browser: Browser, page: str, fields: dict[str, str]) -> Answer:
        """Fills in the form of the page, and sends it until it is taken."""
        for _ in range(PATIENCE):
            typed = self._get(browser, page).forms[page] | fields
            answer = self._once(partial(browser.post, page, typed))
            if answer is not None and answer.status == 303:
                return answer
            sleep(PAUSE_SECONDS)
        raise GaveUp(page)

    def _get(self, browser: Browser, page: str) -> Answer:
        for _ in range(PATIENCE):
            answer = self._once(partial(browser.get, page))
            if answer is not None:
                return self._get(browser, answer.location) if answer.status in (302, 303) else answer
            sleep(PAUSE_SECONDS)
        raise GaveUp(page)

    def _once(self, ask: Callable[[], Answer]) -> Answer | None:
        """The answer; None when none came, or one that says that the house cannot answer now."""
        try:
            answer = ask()
        except Lost:
            self.ledger.answered(None)
            return None
        self.ledger.answered(answer.status)
        return None if answer.status >= 500 else answer

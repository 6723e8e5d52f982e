"""A client outside: carries one dossier after another through the pages, and asks again when no answer came."""

import re
from collections.abc import Callable
from random import Random
from time import sleep

from soak.browser import Answer, Browser, Lost
from soak.house import CITIZEN, OFFICIAL, PASSWORD
from soak.ledger import Act, Ledger
from soak.procedure import KEY

FILING = re.compile(r"N-[0-9.]+H01-\d{6}-\d+")
TASK = re.compile(r"/desk/tasks/(\d+)")
PAUSE_SECONDS = 0.3
# How often one thing is asked for: with the longest pause, many minutes.
PATIENCE = 2000
OUTCOMES = {"fit", "done", "granted", "collected"}


class GaveUp(Exception):
    """The house did not come back, or the pages are not what they should be."""


class Client:
    """`goes_on` says whether there is still something to do."""

    def __init__(
        self, addresses: tuple[str, ...], ledger: Ledger, random: Random, goes_on: Callable[[], bool]
    ) -> None:
        self.ledger, self.random, self.goes_on = ledger, random, goes_on
        self.addresses = addresses
        self.official, self.citizen = Browser(addresses[0]), Browser(addresses[0])

    def work(self) -> None:
        """Files dossiers and finishes them until it is told to stop."""
        for browser, login in ((self.official, OFFICIAL), (self.citizen, CITIZEN)):
            self._sign_in(browser, login)
        while self.goes_on():
            self.carry_through(self.file())

    def file(self) -> str:
        """The filing number of a new dossier."""
        begun = self._sent(self.citizen, f"/procedures/{KEY}/applications", {})
        application = begun.location.rpartition("/")[2]
        page = f"/applications/{application}/pages/person"
        self._sent(self.citizen, page, {"full_name": "Nguyễn Thị Lan", "copies": "3"})
        address = f"/applications/{application}/filing"
        self._until_told(self.citizen, f"/applications/{application}/check", address, {})
        found = FILING.search(self._get(self.citizen, address).text)
        if found is None:
            raise GaveUp("no filing number on the page")
        self.ledger.told(Act(found[0], "submit"))
        return found[0]

    def carry_through(self, filing: str) -> None:
        """Whatever the dossier's page offers, until it offers nothing."""
        while self.goes_on() and self._next(filing):
            continue

    def _next(self, filing: str) -> bool:
        page = self._get(self.official, f"/desk/dossiers/{filing}")
        forms = page.forms
        for ending, act in (("/acceptance", "accept"), ("/claim", "claim"), ("/return", "hand_over")):
            for address in (each for each in forms if each.endswith(ending)):
                self._do(filing, act, address, forms[address])
                return True
        if tasks := {int(found) for found in TASK.findall(page.text)}:
            self._complete(filing, self.random.choice(sorted(tasks)))
            return True
        return False

    def _complete(self, filing: str, task: int) -> None:
        address = f"/desk/tasks/{task}/completion"
        page = self._get(self.official, f"/desk/tasks/{task}")
        if address not in page.forms:
            return  # Done already: the answer to that was lost, and asked for again.
        outcome = next(each for each in OUTCOMES if f'value="{each}"' in page.text)
        self._do(filing, "complete", address, page.forms[address] | {"outcome": outcome})

    def _do(self, filing: str, act: str, address: str, fields: dict[str, str]) -> None:
        found = TASK.search(address)
        wanted = Act(filing, act, int(found[1]) if found else 0)
        if self._until_told(self.official, f"/desk/dossiers/{filing}", address, fields):
            self.ledger.told(wanted)
        else:
            self.ledger.unexpected(f"{wanted}")

    def _until_told(self, browser: Browser, page: str, address: str, fields: dict[str, str]) -> bool:
        """Posts until there is an answer. True: it was done now, or by an earlier post whose answer was lost."""
        fields = fields or self._get(browser, page).forms[address]
        lost = False
        for _ in range(PATIENCE):
            answer = self._once(lambda: browser.post(address, fields))
            if answer is None:
                lost = True
                sleep(PAUSE_SECONDS)
                continue
            if answer.status == 303:
                return self._get(browser, answer.location).said != "danger" or lost
            return lost
        raise GaveUp(address)

    def _sent(self, browser: Browser, page: str, fields: dict[str, str]) -> Answer:
        """Fills in the form of the page, and sends it until it is taken."""
        for _ in range(PATIENCE):
            typed = self._get(browser, page).forms[page] | fields
            answer = self._once(lambda typed=typed: browser.post(page, typed))
            if answer is not None and answer.status == 303:
                return answer
            sleep(PAUSE_SECONDS)
        raise GaveUp(page)

    def _get(self, browser: Browser, page: str) -> Answer:
        for _ in range(PATIENCE):
            answer = self._once(lambda: browser.get(page))
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

    def _sign_in(self, browser: Browser, login: str) -> None:
        self._sent(browser, "/sign-in", {"login": login, "password": PASSWORD})

"""A real browser on a real site with the demonstration place in it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ..demo_site import built_demo, copy_demo, serving

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
IS_REQUIRED = os.environ.get("PROCURE_REQUIRE_SERVICES") == "1"
PATIENCE = 60_000
"""Milliseconds; a busy machine may take long over one page, and a longer wait costs nothing where all is well."""
RELOADS = 5
MOVED_ON = re.compile("context was destroyed|axe is not defined|because of a navigation|frame was detached")


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if IS_REQUIRED:
            raise AssertionError("Chromium is required here, and there is none")
        pytest.skip("needs Chromium on the path")
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[tuple[str, dict[str, Any], Path]]:
    """(address, summary, instance folder) of a running demonstration site of this file's own."""
    folder = tmp_path_factory.mktemp("site")
    summary = copy_demo(built_demo(tmp_path_factory), folder)
    with serving(folder) as address:
        yield address, summary, folder


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


class Reader:
    """Somebody at a browser: opens pages, and every page they open must be sound."""

    def __init__(self, page: Any, address: str, summary: dict[str, Any]) -> None:
        self.page, self.address, self.summary = page, address, summary
        self.faults: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def sign_in(self, role: str) -> "Reader":
        person = next(one for one in self.summary["people"] if one["role"] == role)
        self.open("/sign-in")
        self.page.fill("#email", person["email"])
        self.page.fill("#password", person["password"])
        self.press("Sign in")
        assert "/sign-in" not in self.page.url
        return self

    def press(self, name: str) -> "Reader":
        """Press the first button of the page proper whose name begins so, and wait for the whole page that follows."""
        return self.follow(self.page.get_by_role("main").get_by_role("button", name=re.compile(f"^{name}")).first)

    def follow(self, control: Any) -> "Reader":
        """Click what sends a form or leads elsewhere; afterwards the next page is there, whole."""
        with self.page.expect_navigation():
            control.click()
        return self

    def wait_for_jobs(self) -> "Reader":
        """Until the page shows no job: while it does, it may reload at any moment and shut what was opened on it."""
        while self.page.locator("[data-job]").count():
            self.page.wait_for_timeout(250)
            self.page.wait_for_load_state()
        return self

    def open(self, path: str) -> "Reader":
        answer = self.page.goto(self.address + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.check()

    def check(self) -> "Reader":
        """Nothing axe objects to, no script error, no sideways scroll of the page itself; judged once it is whole."""
        found = axe_violations(self.page)
        assert found == [], f"{self.page.url}: {found}"
        assert self.faults == [], f"{self.page.url}: {self.faults}"
        assert self.page.title().strip()
        wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        assert not wide, f"{self.page.url} scrolls sideways at {self.page.viewport_size}"
        return self

    def person(self, role: str) -> dict[str, Any]:
        found: dict[str, Any] = next(one for one in self.summary["people"] if one["role"] == role)
        return found


def axe_violations(page: Any) -> list[str]:
    """What axe objects to. A page that shows a job reloads when the job is over; then it is looked at again."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Error

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for turn in range(RELOADS, -1, -1):
        page.wait_for_load_state()
        try:
            results = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
            break
        except Error as error:
            if turn == 0 or not MOVED_ON.search(str(error)):
                raise
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in results.response["violations"]]


@pytest.fixture
def reader(browser: Any, site: tuple[str, dict[str, Any], Path]) -> Iterator[Callable[..., Reader]]:
    """reader(width=1280, script=True) > somebody with an empty browser."""
    contexts = []

    def start(width: int = 1280, *, script: bool = True) -> Reader:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return Reader(page, site[0], site[1])

    yield start
    for context in contexts:
        context.close()

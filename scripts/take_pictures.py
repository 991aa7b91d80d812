"""Take the pictures of the README: the main pages of the demonstration place, in Debian's Chromium."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
PORT = "5987"
ADDRESS = f"http://127.0.0.1:{PORT}"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
PICTURES = (
    ("local-share", "anchor:finance", "/spending/local-share"),
    ("ledger", "anchor:finance", "/spending/ledgers/1"),
    ("lot", "anchor:buyer", "/buying/lots/1#alone"),
    ("lots-for-you", "enterprise:admin", "/supplying/lots"),
    ("place", "place:viewer", "/monitoring"),
)


def flask(*words: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def site() -> Iterator[dict[str, Any]]:
    """The demonstration place served from a folder of its own; its summary."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PROCURE_INSTANCE_PATH": folder, "PORT": PORT}
        flask("db", "upgrade", environment=environment)
        summary = json.loads(flask("demo", "load", environment=environment))
        server = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "serve"], cwd=ROOT, env=environment)
        try:
            wait()
            yield summary
        finally:
            server.terminate()
            server.wait()


def wait() -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{ADDRESS}/sign-in").close()
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the site did not start")


def take(summary: dict[str, Any]) -> None:
    people = {person["role"]: person for person in summary["people"]}
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, role, path in PICTURES:
            page = browser.new_context(viewport={"width": 1100, "height": 900}).new_page()
            page.goto(f"{ADDRESS}/sign-in")
            page.fill("#email", people[role]["email"])
            page.fill("#password", people[role]["password"])
            page.click("main button:has-text('Sign in')")
            page.wait_for_url(lambda address: "/sign-in" not in address)
            page.goto(ADDRESS + path)
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"docs/pictures/{name}.png")
        browser.close()


if __name__ == "__main__":
    with site() as summary:
        take(summary)

"""Guessing passwords is slow, and never locks the real person out for ever."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from procure import Procure, create_app

from .. import factories
from ..conftest import Visitor, settings_for


@pytest.fixture
def guarded(migrated: Path, tmp_path: Path) -> Procure:
    shutil.copy(migrated, tmp_path / "procure.sqlite")
    app = create_app(settings_for(tmp_path), TESTING=True).furnish()
    with app.app_context():
        factories.a_person("ann@example.org")
        factories.a_person("bob@example.org")
    return app


def guess(app: Procure, email: str, password: str, address: str) -> Any:
    visitor = Visitor(app)
    return visitor.post("/sign-in", {"email": email, "password": password}, environ_base={"REMOTE_ADDR": address})


def test_ten_wrong_guesses_close_the_account_to_guessers_from_anywhere(guarded: Procure) -> None:
    for number in range(10):
        assert guess(guarded, "ann@example.org", "wrong wrong wrong", f"10.0.0.{number}").status_code == 401
    refused = guess(guarded, "ann@example.org", factories.PASSWORD, "10.0.1.1")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 300
    assert guess(guarded, "bob@example.org", factories.PASSWORD, "10.0.1.1").status_code == 302


def test_ten_wrong_guesses_close_the_door_to_one_address(guarded: Procure) -> None:
    for number in range(10):
        assert guess(guarded, f"nobody{number}@example.org", "wrong wrong wrong", "10.0.0.1").status_code == 401
    assert guess(guarded, "ann@example.org", factories.PASSWORD, "10.0.0.1").status_code == 429
    assert guess(guarded, "ann@example.org", factories.PASSWORD, "10.0.0.2").status_code == 302


def test_signing_in_rightly_is_never_counted(guarded: Procure) -> None:
    answers = {guess(guarded, "ann@example.org", factories.PASSWORD, "10.0.0.1").status_code for _ in range(12)}
    assert answers == {302}

"""What every test may ask for: an app on a fresh database, clients, people signed in.

No test has an app context open around its requests: what a view did not commit is gone, as it would be for a user.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from procure import Procure, create_app

from . import factories
from .tenancy import watch_tenancy

Result = TypeVar("Result")
# how long a busy machine takes to think of an example says nothing about the product
property_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("any machine")
SERVICES_REQUIRED = os.environ.get("PROCURE_REQUIRE_SERVICES") == "1"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", default=False, help="also run the slow property and fault runs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if "long" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="slow: run with --long"))


def settings_for(folder: Path, **changes: str) -> dict[str, str]:
    return {
        "PROCURE_INSTANCE_PATH": str(folder),
        "SECRET_KEY": "a secret for tests only, long enough to pass",
        **changes,
    }


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database as the migrations leave it."""
    from flask_migrate import upgrade

    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(settings_for(folder)).furnish()
    with app.app_context():
        upgrade(directory=str(app.config["MIGRATIONS_FOLDER"]))
        close(app)
    return folder / "procure.sqlite"


@pytest.fixture
def app(migrated: Path, tmp_path: Path) -> Iterator[Procure]:
    """The whole app on a copy of the migrated database; mistakes in templates and tenancy are errors."""
    shutil.copy(migrated, tmp_path / "procure.sqlite")
    app = create_app(settings_for(tmp_path), TESTING=True, RATELIMIT_ENABLED=False).furnish()
    watch_tenancy(app)
    yield app
    with app.app_context():
        close(app)


def close(app: Procure) -> None:
    from procure.extensions import db

    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


@pytest.fixture
def client(app: Procure) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def make(app: Procure) -> Callable[..., Any]:
    """Run a factory, or any function, in a context of its own: make(factories.a_lot, anchor)."""

    def run(function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        with app.app_context():
            return function(*args, **kwargs)

    return run


class Visitor:
    """A browser without JavaScript: follows forms the way a person does."""

    def __init__(self, app: Procure) -> None:
        self.client = app.test_client()
        self._token: dict[str, str] = {}

    def get(self, address: str, **kwargs: Any) -> Any:
        return self.client.get(address, buffered=True, **kwargs)

    def post(
        self, address: str, values: dict[str, Any] | None = None, *, page: str | None = None, **kwargs: Any
    ) -> Any:
        """Open the page the form stands on (the address itself unless told), then send it with its hidden fields."""
        opened = self.client.get(page or address)
        hidden = hidden_fields(opened.text)
        return self.client.post(address, data={**hidden, **(values or {})}, **kwargs)

    def token(self) -> dict[str, str]:
        """The hidden fields of this visitor's forms, fetched once."""
        if not self._token:
            page = self.client.get("/account")
            self._token = hidden_fields((page if page.status_code == 200 else self.client.get("/sign-in")).text)
        return self._token

    def sign_in(self, email: str, password: str = factories.PASSWORD) -> "Visitor":
        answer = self.post("/sign-in", {"email": email, "password": password})
        assert answer.status_code == 302, answer.text
        return self


def hidden_fields(page: str) -> dict[str, str]:
    """The token and the organisation that forms on a page carry."""
    import re

    fields = {}
    for name in ("csrf_token", "acting_for"):
        for tag in re.findall(r"<input[^>]*>", page):
            if f'name="{name}"' in tag and (value := re.search(r'value="([^"]*)"', tag)):
                fields[name] = value.group(1)
    return fields


@pytest.fixture
def visitor(app: Procure) -> Callable[[], Visitor]:
    return lambda: Visitor(app)


@pytest.fixture
def signed_in_as(app: Procure, make: Callable[..., Any]) -> Callable[..., Visitor]:
    """signed_in_as(organisation, "anchor", "finance") > a visitor with that role."""

    def enter(organisation: int | None, kind: str = "", role: str = "") -> Visitor:
        if organisation is None:
            person = make(factories.a_person, is_installation_admin=True)
        else:
            person = make(factories.a_member, organisation, kind, role)
        return Visitor(app).sign_in(make(_email_of, person))

    return enter


def _email_of(person: int) -> str:
    from procure.extensions import db
    from procure.models import Person

    found = db.session.get(Person, person)
    assert found is not None
    return found.email


@pytest.fixture
def run_jobs(app: Procure) -> Callable[[], int]:
    """Do every queued job, as the worker would."""
    from procure.jobs import run_all

    def run() -> int:
        with app.app_context():
            return run_all()

    return run

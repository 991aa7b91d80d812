"""Services are tried on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from procure import Procure, create_app

from ..conftest import close, settings_for
from ..databases import throwaway
from ..tenancy import watch_tenancy


@pytest.fixture(scope="session")
def migrated_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database as the migrations leave it, to copy from."""
    from flask_migrate import upgrade

    with throwaway() as url:
        app = create_app(settings_for(tmp_path_factory.mktemp("pg"), DATABASE_URL=url)).furnish()
        with app.app_context():
            upgrade(directory=str(app.config["MIGRATIONS_FOLDER"]))
            close(app)
        yield url.rsplit("/", 1)[1]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Procure]:
    """The app on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "procure.sqlite")
        yield from _opened(tmp_path, {})
        return
    with throwaway(request.getfixturevalue("migrated_postgres")) as url:
        yield from _opened(tmp_path, {"DATABASE_URL": url})


def _opened(folder: Path, changes: dict[str, str]) -> Iterator[Procure]:
    app = create_app(settings_for(folder, **changes), TESTING=True, RATELIMIT_ENABLED=False).furnish()
    watch_tenancy(app)
    yield app
    with app.app_context():
        close(app)

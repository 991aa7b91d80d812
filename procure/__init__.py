"""Procure keeps public money local."""

import os
import secrets
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from .cli import LazyCommands
from .config import ROOT, WITHOUT_MODEL, Settings, read_settings


class Procure(Flask):
    """The app. Database, queue and pages are furnished when first needed: a command that reads a file needs none."""

    def __init__(self, settings: Settings, changes: Mapping[str, Any]) -> None:
        super().__init__("procure", instance_path=str(settings.instance.resolve()))
        self.config.update(settings.flask, MIGRATIONS_FOLDER=ROOT / "migrations")
        self.config.update(changes)
        self.cli = LazyCommands(self.name)
        self.extensions = _OpenedOnDemand(self)
        self._furnishing = threading.RLock()
        self._is_furnished = False

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        self.furnish()
        return super().__call__(environ, start_response)

    def furnish(self) -> "Procure":
        """Open everything that needs the database, the queue or pages; once."""
        with self._furnishing:
            if not self._is_furnished:
                self._is_furnished = True
                _furnish(self)
        return self


class _OpenedOnDemand(dict[str, Any]):
    """Extensions by name; asking for one that is not open yet furnishes the app."""

    def __init__(self, app: Procure) -> None:
        super().__init__()
        self._app = app

    def __missing__(self, name: str) -> Any:
        self._app.furnish()
        if name in self:
            return self[name]
        raise KeyError(name)


def create_app(environment: Mapping[str, str] | None = None, **changes: Any) -> Procure:
    """The whole product: the only place that knows every room.

    environment  where settings are read from; the process's own by default
    changes      Flask settings that win over everything, for tests
    errors       FaultySettingsError listing every fault of the environment
    """
    settings = read_settings(os.environ if environment is None else environment)
    app = Procure(settings, changes)
    if app.config["MODEL_FOLDER"]:
        _look_for_model(app)
    return app


def _look_for_model(app: Procure) -> None:
    """Say at once what keeps the model of meaning from being read; it is read when lots are first ranked."""
    from .matching.meaning import ModelUnusableError, find_model

    try:
        find_model(Path(app.config["MODEL_FOLDER"]))
    except ModelUnusableError as fault:
        app.logger.warning(WITHOUT_MODEL, fault)


def _furnish(app: Procure) -> None:
    from . import accounts, administering, buying, monitoring, open_data, spending, supplying, surveying
    from .extensions import init_extensions
    from .jobs import init_queue
    from .pages.errors import init_errors
    from .pages.filters import init_filters
    from .pages.guards import init_guards
    from .pages.layout import init_layout
    from .pages.once import init_once
    from .pages.readiness import init_readiness
    from .pages.security import init_security

    instance = Path(app.instance_path)
    for folder in (instance, Path(app.config["UPLOAD_FOLDER"])):
        folder.mkdir(parents=True, exist_ok=True)
    if not app.config["SECRET_KEY"]:
        app.config["SECRET_KEY"] = _kept_secret(instance / "secret-key")
    init_security(app)
    init_extensions(app)
    init_queue(app)
    init_readiness(app)
    init_guards(app)
    init_once(app)
    init_errors(app)
    init_filters(app)
    init_layout(app)
    for room in (accounts, administering, buying, monitoring, open_data, spending, supplying, surveying):
        app.register_blueprint(room.journey)


def _kept_secret(path: Path) -> str:
    """The key of an installation that runs on this machine only: made once, kept beside the database."""
    try:
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as handle:
            handle.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text().strip()

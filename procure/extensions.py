"""The bare objects of the libraries we stand on. No rules here, save how SQLite begins a transaction."""

import sqlite3
from typing import Any

from flask import Flask, has_request_context, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from .models import Record

BUSY_MILLISECONDS = 10_000
"""How long a request waits for SQLite's only pen before it says that the site is busy."""
WORK_BUSY_MILLISECONDS = 120_000
"""Work behind the page has time: it waits out another job that writes a million rows."""
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

db = SQLAlchemy(model_class=Record)
migrate = Migrate(render_as_batch=True, compare_type=True)
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)
talisman = Talisman()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """A write that starts deferred fails at once when another has written since; one that starts immediate waits."""
    if connection.dialect.name != "sqlite":
        return
    is_request = has_request_context()
    only_reads = is_request and request.method in READING_METHODS
    patience = BUSY_MILLISECONDS if is_request else WORK_BUSY_MILLISECONDS
    connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def init_extensions(app: Flask) -> None:
    """Give every extension its app."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.config["MIGRATIONS_FOLDER"]))
    csrf.init_app(app)
    limiter.init_app(app)
    talisman.init_app(
        app,
        force_https=False,
        strict_transport_security=app.config["BASE_URL"].startswith("https://"),
        strict_transport_security_preload=True,
        session_cookie_secure=app.config["SESSION_COOKIE_SECURE"],
        frame_options="DENY",
        referrer_policy="same-origin",
        permissions_policy={"camera": "()", "geolocation": "()", "microphone": "()", "payment": "()"},
        content_security_policy={
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": "'self'",
            "font-src": "'self'",
            "connect-src": "'self'",
            "manifest-src": "'self'",
            "form-action": "'self'",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
        },
        content_security_policy_nonce_in=["script-src"],
    )

"""Throwaway PostgreSQL databases for tests that must hold on both."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

SERVER = os.environ.get("PROCURE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
IS_REQUIRED = os.environ.get("PROCURE_REQUIRE_SERVICES") == "1"


def connect(**options: Any) -> Any:
    """A connection to the server's own database, or a skip that says why."""
    try:
        import psycopg

        return psycopg.connect(SERVER, autocommit=True, connect_timeout=3, **options)
    except Exception as error:  # whichever part is missing, the reason is the same for the reader
        if IS_REQUIRED:
            raise
        pytest.skip(f"needs PostgreSQL at PROCURE_TEST_POSTGRES ({type(error).__name__})")


@contextmanager
def throwaway(template: str | None = None) -> Iterator[str]:
    """The URL of a new database, dropped afterwards."""
    name = f"procure_test_{secrets.token_hex(6)}"
    with connect() as connection:
        source = f' TEMPLATE "{template}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}"{source}')
    try:
        yield f"{SERVER.rsplit('/', 1)[0]}/{name}"
    finally:
        with connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

"""Commands that touch the database say so."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import click
from flask import current_app

Command = TypeVar("Command", bound=Callable[..., Any])


class Refused(click.ClickException):
    """What was given cannot be used; the reason is told in one line."""

    exit_code = 2


def furnished(function: Command) -> Command:
    """Open the database, the queue and pages before the command runs; say plainly where they cannot be used."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        app: Any = cast(Any, current_app)._get_current_object()
        if fault := _fault_of(app):
            raise Refused(fault)
        return function(*args, **kwargs)

    return cast(Command, run)


def _fault_of(app: Any) -> str | None:
    from sqlalchemy.exc import DatabaseError

    try:
        app.furnish()
    except OSError as error:
        return f"The instance folder cannot be used: {error}"
    from ..services import health

    try:
        with app.app_context():
            return health.schema_fault()
    except DatabaseError as error:
        return f"The database cannot be opened: {error.orig}"

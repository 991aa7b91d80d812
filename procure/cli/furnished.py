"""Commands that touch the database say so."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app

Command = TypeVar("Command", bound=Callable[..., Any])


def furnished(function: Command) -> Command:
    """Open the database, the queue and pages before the command runs."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        cast(Any, current_app).furnish()
        return function(*args, **kwargs)

    return cast(Command, run)

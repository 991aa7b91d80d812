"""One thing of an organisation's own, by its number: another organisation's is found no more than one that is not."""

from typing import TypeVar

from sqlalchemy import select

from ..extensions import db
from ..models import Owned
from .errors import NotFoundError

Thing = TypeVar("Thing", bound=Owned)


def find(table: type[Thing], number: int, *, of: int) -> Thing:
    """One row of a table.

    errors  NotFoundError
    """
    found = db.session.scalar(select(table).filter_by(id=number, organisation_id=of))
    if found is None:
        raise NotFoundError
    return found

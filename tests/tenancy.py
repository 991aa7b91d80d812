"""A watch over every query a request makes: a private table may only be asked with the organisation named."""

from typing import Any

from flask import has_request_context
from sqlalchemy import Insert, event
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql import visitors

from procure import Procure
from procure.models import InRoom, Private, Record

PRIVATE = {mapper.local_table.name for mapper in Record.registry.mappers if issubclass(mapper.class_, Private)}

ROOMS = {mapper.local_table.name for mapper in Record.registry.mappers if issubclass(mapper.class_, InRoom)}
"""What only the partners of one consortium may read: a query on these asks whether the reader is one of them."""


def watch_tenancy(app: Procure) -> None:
    """Make any query of a request on a private table fail unless it filters by organisation."""
    from procure.extensions import db

    with app.app_context():
        session = db.session
        if not event.contains(session, "do_orm_execute", _check):
            event.listen(session, "do_orm_execute", _check)


def _check(state: ORMExecuteState) -> None:
    if not has_request_context() or state.is_relationship_load or state.is_column_load:
        return
    if unguarded := unguarded_tables(state.statement):
        raise AssertionError(f"a query on {sorted(unguarded)} does not name the organisation: {state.statement}")


def unguarded_tables(statement: Any) -> set[str]:
    """Private tables a statement reads or changes without naming the organisation.

    A row that is inserted names its organisation in a column of its own; what is read for it must be filtered.
    """
    if isinstance(statement, Insert):
        return unguarded_tables(statement.select) if statement.select is not None else set()
    tables, filtered = tables_and_filters(statement)
    closed = set() if "consortium_member" in filtered else tables & ROOMS
    return (tables & PRIVATE) - filtered | closed


def tables_and_filters(statement: Any) -> tuple[set[str], set[str]]:
    """Names of the tables a statement touches, and of those whose organisation_id it compares with something."""
    tables: set[str] = set()
    filtered: set[str] = set()
    for element in visitors.iterate(statement):
        name = getattr(element, "name", None)
        if element.__visit_name__ == "table" and isinstance(name, str):
            tables.add(name)
        if element.__visit_name__ == "binary":
            for side in (element.left, element.right):
                table = getattr(side, "table", None)
                if getattr(side, "name", "") == "organisation_id" and table is not None:
                    filtered.add(getattr(getattr(table, "element", table), "name", ""))
    return tables, filtered

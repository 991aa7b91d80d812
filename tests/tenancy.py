"""A watch over every query a request makes: a private table may only be asked with the organisation named."""

from typing import Any

from flask import has_request_context
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql import visitors

from procure import Procure
from procure.models import Private, Record

PRIVATE = {mapper.local_table.name for mapper in Record.registry.mappers if issubclass(mapper.class_, Private)}


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
    tables, filtered = tables_and_filters(state.statement)
    unguarded = (tables & PRIVATE) - filtered
    if unguarded:
        raise AssertionError(f"a query on {sorted(unguarded)} does not name the organisation: {state.statement}")


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
                    filtered.add(getattr(table, "name", ""))
    return tables, filtered

"""How Alembic meets our database: through the app, in one transaction, in batches where SQLite needs them."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

database = current_app.extensions["migrate"].db


def migrate_online() -> None:
    options = {"render_as_batch": True, "compare_type": True, **current_app.extensions["migrate"].configure_args}
    with database.engine.connect() as connection, whole_families(connection):
        context.configure(
            connection=connection, target_metadata=database.metadata, transaction_per_migration=False, **options
        )
        with context.begin_transaction():
            context.run_migrations()
            refuse_orphans(connection)


@contextmanager
def whole_families(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew: the old one is dropped, which must not delete the rows below it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    bare = connection.connection.driver_connection
    bare.execute("PRAGMA foreign_keys=OFF")  # has no effect once a transaction is open
    try:
        yield
    finally:
        bare.execute("PRAGMA foreign_keys=ON")


def refuse_orphans(connection: Connection) -> None:
    """Undo everything rather than leave rows that point nowhere."""
    is_asked = connection.dialect.name == "sqlite"
    if is_asked and (orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"rows of {sorted({row[0] for row in orphans})} would point to rows that are gone")


def migrate_offline() -> None:
    context.configure(
        url=current_app.config["SQLALCHEMY_DATABASE_URI"], target_metadata=database.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    migrate_offline()
else:
    migrate_online()

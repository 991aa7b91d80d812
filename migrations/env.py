"""How Alembic meets our database: through the app, in one transaction, in batches where SQLite needs them."""

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db


def migrate_online() -> None:
    options = {"render_as_batch": True, "compare_type": True, **current_app.extensions["migrate"].configure_args}
    with database.engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=database.metadata, transaction_per_migration=False, **options
        )
        with context.begin_transaction():
            context.run_migrations()


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

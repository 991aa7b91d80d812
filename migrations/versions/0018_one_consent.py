"""What anchors of a place agree to tell each other is one table, with a kind."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BEFORE = (("decision_sharing", "links"), ("evidence_sharing", "purchases"))
"""Table of each consent until now, and its kind from now on."""
FACTS = "organisation_id, is_named, agreed_by_id, agreed_at"


def upgrade() -> None:
    _make("sharing_consent", sa.Column("kind", sa.String(), nullable=False))
    for table, kind in BEFORE:
        op.execute(f"INSERT INTO sharing_consent (kind, {FACTS}) SELECT '{kind}', {FACTS} FROM {table} ORDER BY id")  # noqa: S608
        op.drop_table(table)


def downgrade() -> None:
    for table, kind in BEFORE:
        _make(table)
        op.execute(
            f"INSERT INTO {table} ({FACTS}) SELECT {FACTS} FROM sharing_consent WHERE kind = '{kind}' ORDER BY id"  # noqa: S608
        )
    op.drop_table("sharing_consent")


def _make(table: str, *kind: sa.Column) -> None:
    unique = ("organisation_id", *(column.name for column in kind))
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *kind,
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link(table, "agreed_by_id", "person", "SET NULL"),
        _link(table, "organisation_id", "organisation", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}")),
    )
    op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])


def _link(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)

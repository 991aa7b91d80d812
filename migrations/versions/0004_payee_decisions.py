"""Payee decisions: registered bodies, merged and split names, every decision kept, and offers among anchors."""

import sqlalchemy as sa
from alembic import op

import procure.models.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Written out, because a batch would build the table anew on SQLite, under the payments that point to it.
COLUMNS = {
    "body_id": "INTEGER CONSTRAINT fk_payee_body_id_registered_body REFERENCES registered_body (id) ON DELETE SET NULL",
    "kind": "VARCHAR",
    "version": "INTEGER DEFAULT 0 NOT NULL",
    "merged_into_id": "INTEGER CONSTRAINT fk_payee_merged_into_id_payee REFERENCES payee (id) ON DELETE SET NULL",
    "split_of_id": "INTEGER CONSTRAINT fk_payee_split_of_id_payee REFERENCES payee (id) ON DELETE SET NULL",
    "split_by": "VARCHAR",
    "split_value": "VARCHAR",
}
INDEXED = ("body_id", "merged_into_id", "split_of_id")


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE payee ADD COLUMN {name} {kind}")
    for name in INDEXED:
        op.create_index(op.f(f"ix_payee_{name}"), "payee", [name])
    op.create_table(
        "payee_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("was_offered", sa.Boolean(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", procure.models.base.UtcTime(), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", procure.models.base.UtcTime(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _points("payee_decision", "payee_id", "payee.id"),
        _points("payee_decision", "into_id", "payee.id"),
        _points("payee_decision", "enterprise_id", "enterprise.organisation_id"),
        _points("payee_decision", "body_id", "registered_body.id"),
        _points("payee_decision", "decided_by_id", "person.id"),
        _points("payee_decision", "undone_by_id", "person.id"),
        _points("payee_decision", "organisation_id", "organisation.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_decision")),
    )
    for name in ("payee_id", "decided_at", "organisation_id"):
        op.create_index(op.f(f"ix_payee_decision_{name}"), "payee_decision", [name])
    op.create_table(
        "decision_sharing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", procure.models.base.UtcTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _points("decision_sharing", "agreed_by_id", "person.id"),
        _points("decision_sharing", "organisation_id", "organisation.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_sharing")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_decision_sharing_organisation_id")),
    )
    op.create_index(op.f("ix_decision_sharing_organisation_id"), "decision_sharing", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("decision_sharing")
    op.drop_table("payee_decision")
    for name in INDEXED:
        op.drop_index(op.f(f"ix_payee_{name}"), "payee")
    for name in reversed(COLUMNS):
        op.execute(f"ALTER TABLE payee DROP COLUMN {name}")


def _points(table: str, column: str, target: str, ondelete: str = "SET NULL") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)

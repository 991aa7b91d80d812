"""Payee places: where an officer says a payee works."""

import sqlalchemy as sa
from alembic import op

import procure.models.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

POINTS = {
    "payee_id": ("payee", "CASCADE"),
    "organisation_id": ("organisation", "CASCADE"),
    "declared_by_id": ("person", "SET NULL"),
    "ended_by_id": ("person", "SET NULL"),
    "replaced_id": ("payee_site", "SET NULL"),
}


def upgrade() -> None:
    op.create_table(
        "payee_site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=True),
        sa.Column("declared_at", procure.models.base.UtcTime(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", procure.models.base.UtcTime(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_payee_site_{column}_{table}"), ondelete=ondelete
            )
            for column, (table, ondelete) in POINTS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_site")),
    )
    op.create_index(op.f("ix_payee_site_payee_id"), "payee_site", ["payee_id"])
    op.create_index(op.f("ix_payee_site_organisation_id"), "payee_site", ["organisation_id"])
    op.create_index(
        "uq_payee_site_in_force",
        "payee_site",
        ["payee_id", "kind"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("payee_site")

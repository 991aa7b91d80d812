"""Learning from decisions: parameters by version, what a payee was checked with, when an enterprise was renamed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# A nullable column is added in place by both databases: no table is copied, nothing that refers to it is touched.
ADDED = (
    ("payee", "checked_with", sa.String),
    ("enterprise", "named_at", sa.DateTime),
    ("payment", "company_number", sa.String),
    ("left_out", "company_number", sa.String),
)


def upgrade() -> None:
    op.create_table(
        "learned_parameters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("tried_on", sa.Integer(), nullable=False),
        sa.Column("newest_decision_id", sa.Integer(), nullable=False),
        sa.Column("taught_from", sa.String(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["person.id"],
            name=op.f("fk_learned_parameters_changed_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_parameters")),
    )
    op.create_index(op.f("ix_learned_parameters_state"), "learned_parameters", ["state"])
    for table, column, kind in ADDED:
        op.add_column(table, sa.Column(column, kind(), nullable=True))
    op.execute("UPDATE enterprise SET named_at = updated_at")


def downgrade() -> None:
    for table, column, _ in reversed(ADDED):
        op.drop_column(table, column)
    op.drop_index(op.f("ix_learned_parameters_state"), table_name="learned_parameters")
    op.drop_table("learned_parameters")

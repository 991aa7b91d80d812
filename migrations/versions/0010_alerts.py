"""Alerts: how often a person is told of lots, and of which already; what a proposal was made with."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _link(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "alert_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("feed_turn", sa.Integer(), nullable=False),
        sa.Column("is_fed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("alert_choice", "person_id", "person"),
        _link("alert_choice", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_choice")),
        sa.UniqueConstraint("organisation_id", "person_id", name=op.f("uq_alert_choice_organisation_id_person_id")),
    )
    op.create_table(
        "told_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("told_lot", "person_id", "person"),
        _link("told_lot", "lot_id", "lot"),
        _link("told_lot", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_lot")),
        sa.UniqueConstraint(
            "organisation_id", "person_id", "lot_id", name=op.f("uq_told_lot_organisation_id_person_id_lot_id")
        ),
    )
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    # Nullable columns are added in place by both databases.
    op.add_column("outgoing_mail", sa.Column("quiet_address", sa.String(), nullable=True))
    op.add_column("proposal", sa.Column("made_with", sa.JSON(), nullable=True))
    op.add_column("partner", sa.Column("enterprise_version", sa.Integer(), nullable=True))


INDEXES = (
    ("alert_choice", "organisation_id"),
    ("alert_choice", "person_id"),
    ("told_lot", "organisation_id"),
    ("told_lot", "person_id"),
    ("told_lot", "lot_id"),
)


def downgrade() -> None:
    with op.batch_alter_table("partner") as table:
        table.drop_column("enterprise_version")
    with op.batch_alter_table("proposal") as table:
        table.drop_column("made_with")
    with op.batch_alter_table("outgoing_mail") as table:
        table.drop_column("quiet_address")
    op.drop_table("told_lot")
    op.drop_table("alert_choice")

"""The shift list: its rows and sums, what officers said about rows, and who tells neighbours what it buys."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PENCE = ("local_pence", "doubtful_pence")
HOMES = ("home_low_pence", "home_high_pence", "home_expected_pence")


def _link(table: str, column: str, to: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def _pence(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "shift_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=False),
        sa.Column("area_name", sa.String(), nullable=False),
        sa.Column("area_definition", sa.String(), nullable=False),
        sa.Column("made_of", sa.String(), nullable=False),
        sa.Column("weights", sa.String(), nullable=False),
        sa.Column("enterprises", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        *_pence(*PENCE, "stays_pence", "with_somebody_pence", "with_nobody_pence", *HOMES),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("shift_run", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_run")),
    )
    op.create_table(
        "shift_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        *_pence(*PENCE, "left_pence"),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("descriptions", sa.JSON(), nullable=False),
        sa.Column("trades", sa.JSON(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("is_influenceable", sa.Boolean(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("has_candidate", sa.Boolean(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=True),
        *_pence("expected_pence", *HOMES),
        sa.Column("cpv", sa.String(), nullable=True),
        _link("shift_row", "organisation_id", "organisation"),
        _link("shift_row", "payee_id", "payee"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_row")),
        sa.UniqueConstraint(
            "organisation_id", "payee_id", "category", name=op.f("uq_shift_row_organisation_id_payee_id_category")
        ),
    )
    op.create_table(
        "shift_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        _link("shift_answer", "organisation_id", "organisation"),
        _link("shift_answer", "payee_id", "payee"),
        _link("shift_answer", "answered_by_id", "person", "SET NULL"),
        _link("shift_answer", "replaced_id", "shift_answer", "SET NULL"),
        _link("shift_answer", "ended_by_id", "person", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_answer")),
    )
    op.create_table(
        "evidence_sharing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("evidence_sharing", "agreed_by_id", "person", "SET NULL"),
        _link("evidence_sharing", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_sharing")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_evidence_sharing_organisation_id")),
    )
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index("ix_shift_row_organisation_id_left_pence", "shift_row", ["organisation_id", "left_pence"])
    in_force = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_shift_answer_in_force",
        "shift_answer",
        ["organisation_id", "payee_id", "category", "about"],
        unique=True,
        postgresql_where=in_force,
        sqlite_where=in_force,
    )


INDEXES = (
    ("shift_run", "organisation_id"),
    ("shift_row", "payee_id"),
    ("shift_answer", "payee_id"),
    ("evidence_sharing", "organisation_id"),
)


def downgrade() -> None:
    for table in ("evidence_sharing", "shift_answer", "shift_row", "shift_run"):
        op.drop_table(table)

"""LM3: what suppliers tell of their spending, and what an anchor's own staff are paid."""

import sqlalchemy as sa
from alembic import op

import procure.models.base

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PERSON, ORGANISATION, AREA = ("person", "SET NULL"), ("organisation", "CASCADE"), ("local_area", "CASCADE")


def _points(table: str, **columns: tuple[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)
        for column, (to, ondelete) in columns.items()
    ]


def _moment(name: str, *, is_optional: bool = False) -> sa.Column:
    return sa.Column(name, procure.models.base.UtcTime(), nullable=is_optional)


def upgrade() -> None:
    op.create_table(
        "respend_survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payee_name", sa.String(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("area_name", sa.String(), nullable=False),
        sa.Column("area_words", sa.String(), nullable=False),
        sa.Column("area_key", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("reminder_hash", sa.String(), nullable=True),
        _moment("expires_at", is_optional=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        _moment("asked_at"),
        _moment("reminded_at", is_optional=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        *_points(
            "respend_survey", area_id=("local_area", "SET NULL"), asked_by_id=PERSON, organisation_id=ORGANISATION
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_respend_survey")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_respend_survey_token_hash")),
        sa.UniqueConstraint("reminder_hash", name=op.f("uq_respend_survey_reminder_hash")),
        sa.UniqueConstraint(
            "organisation_id",
            "payee_name",
            "area_id",
            "year",
            name=op.f("uq_respend_survey_organisation_id_payee_name_area_id_year"),
        ),
    )
    op.create_table(
        "respend_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in NUMBERS),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        _moment("entered_at"),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        _moment("undone_at", is_optional=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        *_points(
            "respend_answer",
            survey_id=("respend_survey", "CASCADE"),
            entered_by_id=PERSON,
            undone_by_id=PERSON,
            organisation_id=ORGANISATION,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_respend_answer")),
    )
    op.create_table(
        "own_staff_pay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("area_key", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("pay_pence", sa.BigInteger(), nullable=False),
        sa.Column("local_pence", sa.BigInteger(), nullable=False),
        sa.Column("respent", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        _moment("entered_at"),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        _moment("ended_at", is_optional=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        *_points("own_staff_pay", area_id=AREA, entered_by_id=PERSON, ended_by_id=PERSON, organisation_id=ORGANISATION),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_staff_pay")),
    )
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(
        "uq_own_staff_pay_in_force",
        "own_staff_pay",
        ["organisation_id", "area_id", "period"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )


NUMBERS = ("staff", "suppliers", "local_staff", "local_suppliers")
INDEXES = (
    ("respend_survey", "organisation_id"),
    ("respend_survey", "area_id"),
    ("respend_answer", "organisation_id"),
    ("respend_answer", "survey_id"),
    ("own_staff_pay", "organisation_id"),
    ("own_staff_pay", "area_id"),
)


def downgrade() -> None:
    op.drop_table("own_staff_pay")
    op.drop_table("respend_answer")
    op.drop_table("respend_survey")

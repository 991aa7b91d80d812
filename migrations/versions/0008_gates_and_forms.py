"""Gates and forms: what a buyer answers about the law of a lot and its gates, with reasons."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lawful_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lawful_answer_lot_id_lot"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_lawful_answer_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lawful_answer_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawful_answer")),
    )
    op.create_index("ix_lawful_answer_lot_id_about", "lawful_answer", ["lot_id", "about"])
    op.create_index(op.f("ix_lawful_answer_organisation_id"), "lawful_answer", ["organisation_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_lawful_answer_organisation_id"), table_name="lawful_answer")
    op.drop_index("ix_lawful_answer_lot_id_about", table_name="lawful_answer")
    op.drop_table("lawful_answer")

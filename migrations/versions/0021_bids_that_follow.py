"""A consortium may follow an earlier one: the same members, another lot."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = "fk_consortium_earlier_id_consortium"
INDEX = "ix_consortium_earlier_id"


def upgrade() -> None:
    with op.batch_alter_table("consortium") as table:
        table.add_column(sa.Column("earlier_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(KEY), "consortium", ["earlier_id"], ["id"], ondelete="SET NULL")
        table.create_index(op.f(INDEX), ["earlier_id"])


def downgrade() -> None:
    with op.batch_alter_table("consortium") as table:
        table.drop_index(op.f(INDEX))
        table.drop_constraint(op.f(KEY), type_="foreignkey")
        table.drop_column("earlier_id")

"""Two indexes of payments that another one begins with: every payment stored paid for them, no question needed them."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("payment") as batch_op:
        batch_op.drop_index("ix_payment_ledger_id")
        batch_op.drop_index("ix_payment_organisation_id")


def downgrade() -> None:
    with op.batch_alter_table("payment") as batch_op:
        batch_op.create_index("ix_payment_organisation_id", ["organisation_id"], unique=False)
        batch_op.create_index("ix_payment_ledger_id", ["ledger_id"], unique=False)

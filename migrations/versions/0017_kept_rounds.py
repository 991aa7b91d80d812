"""Sums of ledgers by month and by payee; first rounds of LM3, districts and years kept with an anchor's sums."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _link(table: str, column: str, to: str, ondelete: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def _pence(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.BigInteger(), nullable=False) for name in names)


def _whole(*names: str) -> tuple[sa.Column[int], ...]:
    return tuple(sa.Column(name, sa.Integer(), nullable=False) for name in names)


def _table(table: str, unique: tuple[str, ...], *columns: sa.schema.SchemaItem) -> None:
    """A table whose rows are an organisation's, no two alike in some columns."""
    only = [sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}"))] if unique else []
    op.create_table(
        table,
        *_whole("id"),
        *columns,
        *_whole("organisation_id"),
        _link(table, "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *only,
    )


def upgrade() -> None:
    _ledger_sums()
    _table(
        "spend_round",
        ("sums_id", "period"),
        *_whole("sums_id"),
        sa.Column("period", sa.String(), nullable=False),
        *_whole("parties"),
        *_pence("pence", "persons_pence", "received_pence", "doubtful_pence"),
        sa.Column("left_out", sa.JSON(), nullable=False),
        *_whole("suppliers"),
        _link("spend_round", "sums_id", "spend_sums"),
    )
    _table(
        "spend_party",
        (),
        *_whole("round_id", "payee_id"),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("is_person", sa.Boolean(), nullable=False),
        *_pence("pence", "received_pence", "doubtful_pence"),
        _link("spend_party", "round_id", "spend_round"),
    )
    op.create_index("ix_spend_party_round_id_place", "spend_party", ["round_id", "place"])
    op.create_index("ix_spend_party_round_id_payee_id", "spend_party", ["round_id", "payee_id"])
    _table(
        "spend_district",
        ("sums_id", "district"),
        *_whole("sums_id"),
        sa.Column("district", sa.String(), nullable=False),
        *_pence("pence"),
        *_whole("payees"),
        *_pence("largest_pence"),
        _link("spend_district", "sums_id", "spend_sums"),
    )
    _table(
        "spend_year",
        ("sums_id", "year"),
        *_whole("sums_id", "year"),
        *_pence("pence"),
        *_whole("payees"),
        *(sa.Column(name, sa.Double(), nullable=True) for name in ("concentration", "largest", "vcse")),
        _link("spend_year", "sums_id", "spend_sums"),
    )
    for table in ("spend_round", "spend_district", "spend_year"):
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])


def _ledger_sums() -> None:
    _table(
        "ledger_month",
        ("ledger_id", "month"),
        *_whole("ledger_id"),
        sa.Column("month", sa.Date(), nullable=False),
        *_whole("payments"),
        *_pence("pence"),
        _link("ledger_month", "ledger_id", "ledger"),
    )
    op.create_index(op.f("ix_ledger_month_organisation_id"), "ledger_month", ["organisation_id"])
    _table(
        "ledger_payee",
        ("ledger_id", "payee_id"),
        *_whole("ledger_id", "payee_id", "payments"),
        *_pence("pence"),
        _link("ledger_payee", "ledger_id", "ledger"),
        _link("ledger_payee", "payee_id", "payee", None),
    )
    covering = ["payee_id", "organisation_id", "pence", "payments"]
    op.create_index("ix_ledger_payee_payee_id_organisation_id", "ledger_payee", covering)
    for table, key in (("ledger_month", "month"), ("ledger_payee", "payee_id")):
        op.execute(
            f"INSERT INTO {table} (organisation_id, ledger_id, {key}, payments, pence)"
            f" SELECT organisation_id, ledger_id, {key}, SUM(payments), SUM(pence) FROM monthly_spend"
            f" GROUP BY organisation_id, ledger_id, {key}"
        )


def downgrade() -> None:
    for table in ("spend_year", "spend_district", "spend_party", "spend_round", "ledger_payee", "ledger_month"):
        op.drop_table(table)

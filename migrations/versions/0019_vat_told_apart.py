"""The VAT that ledgers tell apart stands beside each sum, so that an anchor may count it or leave it out."""

import json
import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

COLUMNS = (("monthly_spend", "vat_pence"), ("monthly_spend", "vat_within_pence"), ("ledger_month", "vat_pence"))
BANDS = (
    "CASE WHEN p.pence < 0 THEN 1 WHEN p.pence < 50000 THEN 2 WHEN p.pence < 500000 THEN 3 WHEN p.pence < 2500000"
    " THEN 4 WHEN p.pence < 10000000 THEN 5 WHEN p.pence < 100000000 THEN 6 ELSE 7 END"
)
BEFORE = re.compile(r" (?:nett?|excl|excluding|exclusive|excludes|exc|ex|without|before) ")
WITH_VAT = re.compile(r" (?:gross|incl|including|inclusive|includes|inc|with) ")


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.BigInteger(), nullable=False, server_default="0"))
    for table in ("monthly_spend", "ledger_month"):
        with op.batch_alter_table(table) as batch:
            for of, column in COLUMNS:
                if of == table:
                    batch.alter_column(column, server_default=None)
    _sum_again()


def _sum_again() -> None:
    """The sums of every confirmed ledger that tells VAT apart, made anew from its payments."""
    op.execute("CREATE TEMPORARY TABLE with_vat (ledger_id INTEGER, sheet VARCHAR)")
    found = op.get_bind().execute(sa.text("SELECT id, sheets FROM ledger WHERE state = 'confirmed'")).all()
    told = [{"ledger": number, "sheet": sheet} for number, sheets in found for sheet in _with_vat(sheets)]
    if told:
        op.get_bind().execute(sa.text("INSERT INTO with_vat VALUES (:ledger, :sheet)"), told)
    telling = (
        "SELECT p.ledger_id FROM payment p JOIN ledger l ON l.id = p.ledger_id WHERE l.state = 'confirmed'"
        " AND (p.vat_pence IS NOT NULL OR p.gross_pence IS NOT NULL)"
    )
    op.execute(f"CREATE TEMPORARY TABLE telling AS SELECT DISTINCT ledger_id FROM ({telling}) AS found")  # noqa: S608
    op.execute("DELETE FROM monthly_spend WHERE ledger_id IN (SELECT ledger_id FROM telling)")
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    month = "DATE(p.paid_on, 'start of month')" if is_sqlite else "CAST(DATE_TRUNC('month', p.paid_on) AS DATE)"
    keys = (
        f"p.organisation_id, p.ledger_id, p.payee_id, {month}, SUBSTR(COALESCE(p.category, ''), 1, 200),"
        f" COALESCE(p.supplier_postcode, ''), SUBSTR(COALESCE(p.department, ''), 1, 200), {BANDS}"
    )
    within = "CASE WHEN w.sheet IS NULL THEN 0 ELSE COALESCE(p.vat_pence, 0) END"
    beside = "CASE WHEN w.sheet IS NULL THEN COALESCE(p.gross_pence - p.pence, p.vat_pence, 0) ELSE 0 END"
    op.execute(
        "INSERT INTO monthly_spend (organisation_id, ledger_id, payee_id, month, category, postcode, department,"
        " size_band, payments, pence, vat_pence, vat_within_pence)"
        f" SELECT {keys}, COUNT(p.id), SUM(p.pence), SUM({within}) + SUM({beside}), SUM({within}) FROM payment p"  # noqa: S608
        " JOIN telling t ON t.ledger_id = p.ledger_id"
        f" LEFT JOIN with_vat w ON w.ledger_id = p.ledger_id AND w.sheet = p.sheet GROUP BY {keys}"
    )
    op.execute(
        "UPDATE ledger_month SET vat_pence = (SELECT COALESCE(SUM(m.vat_pence), 0) FROM monthly_spend m"
        " WHERE m.ledger_id = ledger_month.ledger_id AND m.month = ledger_month.month)"
        " WHERE ledger_id IN (SELECT ledger_id FROM telling)"
    )
    op.execute(
        "UPDATE ledger SET sums_version = sums_version + 1, sums_count = (SELECT COUNT(*) FROM monthly_spend m"
        " WHERE m.ledger_id = ledger.id) WHERE id IN (SELECT ledger_id FROM telling)"
    )
    for table in ("telling", "with_vat"):
        op.execute(f"DROP TABLE {table}")


def _with_vat(kept: Any) -> set[str]:
    """The sheets whose heading says that the amounts are with VAT."""
    sheets = json.loads(kept) if isinstance(kept, str) else kept or []
    found = set()
    for sheet in sheets:
        for column in sheet.get("columns", ()):
            words = f" {' '.join(re.findall(r'[a-z]+', str(column.get('heading') or '').lower()))} "
            if column.get("field") == "amount" and not BEFORE.search(words) and WITH_VAT.search(words):
                found.add(str(sheet["sheet"]))
    return found


def downgrade() -> None:
    for table in ("monthly_spend", "ledger_month"):
        with op.batch_alter_table(table) as batch:
            for of, column in COLUMNS:
                if of == table:
                    batch.drop_column(column)

"""Areas of every kind with their earlier definitions; monthly sums by department and size; sums kept for pages."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0014"
branch_labels = None
depends_on = None


def _link(table: str, column: str, to: str, ondelete: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def _definition() -> list[sa.Column]:
    return [
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("outcodes", sa.JSON(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("miles", sa.Double(), nullable=True),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("counts_branches", sa.Boolean(), nullable=False),
        sa.Column("boundaries_id", sa.Integer(), nullable=True),
    ]


def upgrade() -> None:
    _widen_areas()
    _add_past()
    _add_sums()
    for column in ("sums_version", "sums_count"):
        op.add_column("ledger", sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("ledger") as table:
        for column in ("sums_version", "sums_count"):
            table.alter_column(column, server_default=None)
    _make_monthly_spend(is_wide=True)


def _widen_areas() -> None:
    with op.batch_alter_table("local_area") as table:
        table.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="outcodes"))
        table.add_column(sa.Column("codes", sa.JSON(), nullable=False, server_default="[]"))
        for column, kind in (("latitude", sa.Double()), ("longitude", sa.Double()), ("miles", sa.Double())):
            table.add_column(sa.Column(column, kind, nullable=True))
        table.add_column(sa.Column("site", sa.String(), nullable=True))
        table.add_column(sa.Column("counts_branches", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("boundaries_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("defined_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("local_area") as table:
        for column in ("kind", "codes", "counts_branches", "version"):
            table.alter_column(column, server_default=None)


def _add_past() -> None:
    op.create_table(
        "past_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("defined_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        *_definition(),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("past_area", "area_id", "local_area"),
        _link("past_area", "ended_by_id", "person", "SET NULL"),
        _link("past_area", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_area")),
        sa.UniqueConstraint("area_id", "version", name=op.f("uq_past_area_area_id_version")),
    )
    op.create_index(op.f("ix_past_area_organisation_id"), "past_area", ["organisation_id"])
    codes = ("lsoa", "lsoa_2011", "ward", "authority", "region", "icb")
    op.create_table(
        "past_postcode_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        *(sa.Column(code, sa.String(), nullable=True) for code in codes),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_postcode_place")),
        sa.UniqueConstraint("postcode", "replaced_by_id", name=op.f("uq_past_postcode_place_postcode_replaced_by_id")),
    )
    op.create_index(op.f("ix_past_postcode_place_replaced_by_id"), "past_postcode_place", ["replaced_by_id"])


def _add_sums() -> None:
    op.create_table(
        "spend_sums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_key", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("worked_out_at", sa.DateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("spend_sums", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_sums")),
        sa.UniqueConstraint("organisation_id", "area_key", name=op.f("uq_spend_sums_organisation_id_area_key")),
    )
    parts = ("local", "elsewhere", "unplaced", "local_shared", "elsewhere_shared")
    op.create_table(
        "spend_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sums_id", sa.Integer(), nullable=False),
        sa.Column("cut", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        *(sa.Column(part, sa.BigInteger(), nullable=False) for part in parts),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("spend_cell", "sums_id", "spend_sums"),
        _link("spend_cell", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_cell")),
    )
    op.create_table(
        "spend_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("spend_rule", "decided_by_id", "person", "SET NULL"),
        _link("spend_rule", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend_rule")),
    )
    for table in ("spend_sums", "spend_cell", "spend_rule"):
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])
    op.create_index("ix_spend_cell_sums_id_cut_month", "spend_cell", ["sums_id", "cut", "month"])
    in_force = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_spend_rule_in_force",
        "spend_rule",
        ["organisation_id", "rule"],
        unique=True,
        postgresql_where=in_force,
        sqlite_where=in_force,
    )


BANDS = (
    "CASE WHEN p.pence < 0 THEN 1 WHEN p.pence < 50000 THEN 2 WHEN p.pence < 500000 THEN 3 WHEN p.pence < 2500000"
    " THEN 4 WHEN p.pence < 10000000 THEN 5 WHEN p.pence < 100000000 THEN 6 ELSE 7 END"
)
CATEGORY, POSTCODE = "SUBSTR(COALESCE(p.category, ''), 1, 200)", "COALESCE(p.supplier_postcode, '')"
DEPARTMENT = "SUBSTR(COALESCE(p.department, ''), 1, 200)"


def _make_monthly_spend(*, is_wide: bool) -> None:
    """The sums are made anew from the payments of confirmed ledgers; nothing but payments is in them."""
    op.drop_table("monthly_spend")
    also = [
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("size_band", sa.Integer(), nullable=False),
    ]
    told = ("ledger_id", "month", "category", "payee_id", "postcode")
    op.create_table(
        "monthly_spend",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger_id", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        *(also if is_wide else []),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("monthly_spend", "ledger_id", "ledger"),
        _link("monthly_spend", "organisation_id", "organisation"),
        _link("monthly_spend", "payee_id", "payee", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_spend")),
        sa.UniqueConstraint(*told, "department", "size_band", name="uq_monthly_spend_of_ledger")
        if is_wide
        else sa.UniqueConstraint(*told, name=op.f("uq_monthly_spend_ledger_id_month_category_payee_id_postcode")),
    )
    for column in ("ledger_id", "payee_id", "organisation_id"):
        op.create_index(op.f(f"ix_monthly_spend_{column}"), "monthly_spend", [column])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    month = "DATE(p.paid_on, 'start of month')" if is_sqlite else "CAST(DATE_TRUNC('month', p.paid_on) AS DATE)"
    wide = f", {DEPARTMENT}, {BANDS}" if is_wide else ""
    keys = f"p.organisation_id, p.ledger_id, p.payee_id, {month}, {CATEGORY}, {POSTCODE}{wide}"
    into = "organisation_id, ledger_id, payee_id, month, category, postcode" + (
        ", department, size_band" if is_wide else ""
    )
    op.execute(
        f"INSERT INTO monthly_spend ({into}, payments, pence) SELECT {keys}, COUNT(p.id), SUM(p.pence) FROM payment p"  # noqa: S608
        f" JOIN ledger l ON l.id = p.ledger_id WHERE l.state = 'confirmed' GROUP BY {keys}"
    )
    if is_wide:
        op.execute(
            "UPDATE ledger SET sums_version = 1, sums_count = (SELECT COUNT(*) FROM monthly_spend m"
            " WHERE m.ledger_id = ledger.id) WHERE state = 'confirmed'"
        )


def downgrade() -> None:
    _make_monthly_spend(is_wide=False)
    with op.batch_alter_table("ledger") as table:
        for column in ("sums_version", "sums_count"):
            table.drop_column(column)
    for table_name in ("spend_rule", "spend_cell", "spend_sums", "past_postcode_place", "past_area"):
        op.drop_table(table_name)
    op.execute("DELETE FROM local_area WHERE kind <> 'outcodes'")
    with op.batch_alter_table("local_area") as table:
        for column in (
            "kind", "codes", "latitude", "longitude", "miles", "site", "counts_branches", "boundaries_id", "version",
            "defined_at",
        ):  # fmt: skip
            table.drop_column(column)

"""The place: how much an anchor shows, totals published once, targets, baselines and what a council enters."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None


def _link(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _replaced(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        _link(table, "organisation_id", "organisation", "CASCADE"),
        _link(table, "set_by_id", "person", "SET NULL"),
        _link(table, "ended_by_id", "person", "SET NULL"),
        _link(table, "replaced_id", table, "SET NULL"),
        _key(table),
    )


def upgrade() -> None:
    # A column with a constant default is added in place by both databases; the default is the old meaning.
    op.add_column("watch", sa.Column("level", sa.String(), nullable=False, server_default="figures"))
    with op.batch_alter_table("watch") as table:
        table.alter_column("level", server_default=None)
    _totals()
    _aims()
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for table, columns in STANDING.items():
        stands = sa.text("ended_at IS NULL")
        op.create_index(
            f"uq_{table}_standing",
            table,
            ["organisation_id", *columns],
            unique=True,
            postgresql_where=stands,
            sqlite_where=stands,
        )
    _remember_who_was_shown()


INDEXES = (
    ("past_watch", "watch_id"),
    ("published_total", "organisation_id"),
    ("published_total", "quarter"),
    ("counted_anchor", "total_id"),
    ("counted_anchor", "organisation_id"),
    ("place_target", "organisation_id"),
    ("place_target", "subject_id"),
    ("place_baseline", "organisation_id"),
    ("resilience_value", "organisation_id"),
)
STANDING: dict[str, tuple[str, ...]] = {
    "place_target": ("subject_id",),
    "place_baseline": (),
    "resilience_value": ("characteristic", "indicator", "year"),
}


def _totals() -> None:
    op.create_table(
        "past_watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("watch_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        _link("past_watch", "watch_id", "watch", "CASCADE"),
        _key("past_watch"),
    )
    op.create_table(
        "published_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("area_name", sa.String(), nullable=False),
        sa.Column("area_definition", sa.String(), nullable=False),
        sa.Column("total_pence", sa.BigInteger(), nullable=False),
        sa.Column("local_pence", sa.BigInteger(), nullable=True),
        sa.Column("elsewhere_pence", sa.BigInteger(), nullable=True),
        sa.Column("doubtful_pence", sa.BigInteger(), nullable=True),
        sa.Column("contributors", sa.Integer(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("published_total", "published_by_id", "person", "SET NULL"),
        _link("published_total", "organisation_id", "organisation", "CASCADE"),
        _key("published_total"),
    )
    op.create_table(
        "counted_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("total_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("local_pence", sa.BigInteger(), nullable=False),
        sa.Column("elsewhere_pence", sa.BigInteger(), nullable=False),
        sa.Column("doubtful_pence", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("known_at", sa.DateTime(), nullable=True),
        _link("counted_anchor", "total_id", "published_total", "CASCADE"),
        _link("counted_anchor", "organisation_id", "organisation", "CASCADE"),
        _key("counted_anchor"),
        sa.UniqueConstraint("organisation_id", "quarter", name=op.f("uq_counted_anchor_organisation_id_quarter")),
    )


def _aims() -> None:
    op.create_table(
        "place_target",
        *_replaced("place_target"),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        _link("place_target", "subject_id", "organisation", "CASCADE"),
        _link("place_target", "answered_by_id", "person", "SET NULL"),
    )
    op.create_table(
        "place_baseline",
        *_replaced("place_baseline"),
        sa.Column("first_quarter", sa.Date(), nullable=False),
        sa.Column("quarters", sa.Integer(), nullable=False),
    )
    op.create_table(
        "resilience_value",
        *_replaced("resilience_value"),
        sa.Column("characteristic", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
    )


def _remember_who_was_shown() -> None:
    """An anchor that withdrew before this was kept had been shown; the audit trail knows until when."""
    op.execute(
        "INSERT INTO past_watch (watch_id, level, since, until) "
        "SELECT watch.id, 'figures', watch.asked_at, max(audit_entry.at) FROM watch "
        "JOIN audit_entry ON audit_entry.subject_kind = 'watch' AND audit_entry.subject_id = watch.id "
        "WHERE audit_entry.action = 'share withdrawn' GROUP BY watch.id, watch.asked_at"
    )


def downgrade() -> None:
    for table in ("resilience_value", "place_baseline", "place_target", "counted_anchor", "published_total"):
        op.drop_table(table)
    op.drop_table("past_watch")
    with op.batch_alter_table("watch") as table:
        table.drop_column("level")

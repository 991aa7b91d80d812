"""Workspaces: a bid's plan by version, agreement, messages, documents and packs; who shares details with a room."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _link(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def upgrade() -> None:
    # A nullable column is added in place by both databases.
    op.add_column("consortium_member", sa.Column("shares_details_at", sa.DateTime(), nullable=True))
    _plans()
    _parts_of_plans()
    _rooms()
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


INDEXES = (
    ("bid_plan", "consortium_id"),
    ("bid_plan", "lot_id"),
    ("bid_share", "plan_id"),
    ("bid_share", "organisation_id"),
    ("bid_line", "plan_id"),
    ("bid_line", "organisation_id"),
    ("bid_line", "need_id"),
    ("bid_agreement", "plan_id"),
    ("bid_agreement", "organisation_id"),
    ("room_message", "consortium_id"),
    ("room_message", "organisation_id"),
    ("room_document", "consortium_id"),
    ("room_document", "organisation_id"),
    ("bid_pack", "consortium_id"),
)


def _plans() -> None:
    op.create_table(
        "bid_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("lot_version", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("lawful_basis", sa.String(), nullable=True),
        sa.Column("lawful_words", sa.Text(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        _link("bid_plan", "lot_id", "lot", "SET NULL"),
        _link("bid_plan", "made_by_id", "organisation", "SET NULL"),
        _link("bid_plan", "person_id", "person", "SET NULL"),
        _link("bid_plan", "consortium_id", "consortium", "CASCADE"),
        _key("bid_plan"),
        _once("bid_plan", "consortium_id", "version"),
    )


def _parts_of_plans() -> None:
    op.create_table(
        "bid_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("basis_points", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("bid_share", "plan_id", "bid_plan", "CASCADE"),
        _link("bid_share", "organisation_id", "organisation", "CASCADE"),
        _key("bid_share"),
        _once("bid_share", "plan_id", "organisation_id"),
    )
    op.create_table(
        "bid_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("need_name", sa.String(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("price_pence", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("bid_line", "plan_id", "bid_plan", "CASCADE"),
        _link("bid_line", "need_id", "need", "SET NULL"),
        _link("bid_line", "organisation_id", "organisation", "CASCADE"),
        _key("bid_line"),
        _once("bid_line", "plan_id", "organisation_id", "need_id"),
    )
    op.create_table(
        "bid_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("bid_agreement", "plan_id", "bid_plan", "CASCADE"),
        _link("bid_agreement", "person_id", "person", "SET NULL"),
        _link("bid_agreement", "organisation_id", "organisation", "CASCADE"),
        _key("bid_agreement"),
        _once("bid_agreement", "plan_id", "organisation_id"),
    )


def _rooms() -> None:
    op.create_table(
        "room_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("room_message", "person_id", "person", "SET NULL"),
        _link("room_message", "consortium_id", "consortium", "CASCADE"),
        _link("room_message", "organisation_id", "organisation", "CASCADE"),
        _key("room_message"),
        _once("room_message", "consortium_id", "organisation_id", "once"),
    )
    op.create_table(
        "room_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("stored_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        _link("room_document", "person_id", "person", "SET NULL"),
        _link("room_document", "consortium_id", "consortium", "CASCADE"),
        _link("room_document", "organisation_id", "organisation", "CASCADE"),
        _key("room_document"),
        _once("room_document", "stored_name"),
    )
    op.create_table(
        "bid_pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        _link("bid_pack", "made_by_id", "organisation", "SET NULL"),
        _link("bid_pack", "person_id", "person", "SET NULL"),
        _link("bid_pack", "consortium_id", "consortium", "CASCADE"),
        _key("bid_pack"),
    )


def downgrade() -> None:
    for table in ("bid_pack", "room_document", "room_message", "bid_agreement", "bid_line", "bid_share", "bid_plan"):
        op.drop_table(table)
    op.drop_column("consortium_member", "shares_details_at")

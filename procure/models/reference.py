"""Public reference data: the editions that were loaded, the bodies on public registers, places, and lists of codes.

Nothing here belongs to an organisation. A body keeps its id from edition to edition, so that a link to it lasts.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Record, now

Key = String().with_variant(String(collation="C"), "postgresql")
"""Text compared letter by letter, so that what begins with a word stands together in an index."""


class Edition(Record):
    """One loading of one publisher's file: which, from when, under which licence, and how it went."""

    __tablename__ = "edition"
    __table_args__ = (Index("ix_edition_series_state", "series", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """companies, charities, mutuals, postcodes, deprivation, areas, cpv, sic or proclass."""
    series: Mapped[str]
    """Editions of one series replace each other: the Scottish register never replaces the English one."""
    title: Mapped[str]
    edition_on: Mapped[date | None]
    licence: Mapped[str]
    filename: Mapped[str]
    sha256: Mapped[str]
    rows: Mapped[int] = mapped_column(default=0)
    """How many rows of the file were kept."""
    refused: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="loading")
    """loading, ready, replaced or failed; the ready one of a series is in force."""
    reason: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(default=now)
    loaded_at: Mapped[datetime | None] = mapped_column(index=True)
    loaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class EditionRefusal(Record):
    """A row of a publisher's file that was not kept, and why."""

    __tablename__ = "edition_refusal"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    row: Mapped[int]
    """Counted as the file's reader sees it: the heading is row 1."""
    reason: Mapped[str]


class RegisteredBody(Record):
    """An organisation as a public register states it."""

    __tablename__ = "registered_body"
    __table_args__ = (
        UniqueConstraint("register", "number"),
        Index(
            "ix_registered_body_company_number",
            "company_number",
            postgresql_where=text("company_number IS NOT NULL"),
            sqlite_where=text("company_number IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str]
    """companies, charities-ew, charities-ni, charities-sc or mutuals."""
    number: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Key, index=True)
    """The name in small letters and digits with single spaces, for finding it by how it begins."""
    status: Mapped[str | None]
    """In the register's own words, such as Active or Liquidation."""
    form: Mapped[str]
    """company, cic, charity, cio, cooperative, community_benefit, credit_union, society, partnership or other."""
    postcode: Mapped[str | None] = mapped_column(index=True)
    address_key: Mapped[str | None] = mapped_column(index=True)
    """First line and postcode in one written form, the same for everybody at one office; None without either."""
    sic: Mapped[list[str]] = mapped_column(default=list)
    company_number: Mapped[str | None]
    """Of a charity or society that is also a company."""
    is_listed: Mapped[bool] = mapped_column(default=True)
    """Whether the register's newest edition still has it."""
    edition_id: Mapped[int]
    """The edition it was last seen in; no foreign key, which would be looked up five million times a load."""


class RegisteredName(Record):
    """Another name of a registered body."""

    __tablename__ = "registered_name"
    __table_args__ = (UniqueConstraint("body_id", "name", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("registered_body.id", ondelete="CASCADE"))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Key, index=True)
    kind: Mapped[str]
    """previous, working or trading."""


class SharedOffice(Record):
    """An address where so many bodies are registered that it says little about where they work."""

    __tablename__ = "shared_office"

    address_key: Mapped[str] = mapped_column(primary_key=True)
    bodies: Mapped[int]


class PostcodePlace(Record):
    """What a postcode directory knows of one postcode; codes it does not give are None."""

    __tablename__ = "postcode_place"

    postcode: Mapped[str] = mapped_column(primary_key=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    lsoa: Mapped[str | None]
    """Of the census of 2021, as the deprivation indices of 2025 use it."""
    lsoa_2011: Mapped[str | None]
    """Of the census of 2011, as the deprivation indices of 2019 use it."""
    ward: Mapped[str | None]
    authority: Mapped[str | None] = mapped_column(index=True)
    region: Mapped[str | None]
    """An English region, or the country elsewhere."""
    icb: Mapped[str | None]
    edition_id: Mapped[int]


class PastPostcodePlace(Record):
    """Where a postcode lay by an earlier edition, kept where a newer one says otherwise."""

    __tablename__ = "past_postcode_place"
    __table_args__ = (UniqueConstraint("postcode", "replaced_by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    postcode: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    lsoa: Mapped[str | None]
    lsoa_2011: Mapped[str | None]
    ward: Mapped[str | None]
    authority: Mapped[str | None]
    region: Mapped[str | None]
    icb: Mapped[str | None]
    edition_id: Mapped[int]
    """The edition that said so."""
    replaced_by_id: Mapped[int] = mapped_column(index=True)
    """The edition that says otherwise."""


class AreaName(Record):
    """A statistical or postal area by its code."""

    __tablename__ = "area_name"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    """lsoa, ward, authority, region, country, icb or outcode."""
    name: Mapped[str]
    parent_code: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))


class Deprivation(Record):
    """Where one neighbourhood stands in the English Indices of Deprivation of one year."""

    __tablename__ = "deprivation"

    lsoa: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    decile: Mapped[int]
    """1 is the most deprived tenth."""
    rank: Mapped[int]
    """1 is the most deprived neighbourhood."""
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))


class Classification(Record):
    """One code of a published list of codes."""

    __tablename__ = "classification"

    scheme: Mapped[str] = mapped_column(primary_key=True)
    """cpv, sic or proclass."""
    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    parent: Mapped[str | None]
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))

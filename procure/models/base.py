"""What every remembered thing shares: the declarative base, UTC time, and the mark of a private table."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def now() -> datetime:
    """This moment in UTC, with its time zone."""
    return datetime.now(UTC)


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept as UTC in both databases and always handed back with its time zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone cannot be kept: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Record(DeclarativeBase):
    """One remembered thing."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcTime, dict[str, Any]: JSON, list[str]: JSON, list[dict[str, Any]]: JSON},
    )


Pence = BigInteger
"""Money is whole pence; a credit is negative; unknown is NULL."""


class Owned:
    """A table whose rows belong to one organisation."""

    @declared_attr
    def organisation_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy calls it with the class
        return mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)


class Private(Owned):
    """An owned table that nobody else may ever read: every query on it must name the organisation."""

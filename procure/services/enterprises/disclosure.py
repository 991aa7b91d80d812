"""What a buyer may see of an enterprise: a network may register it, but not give away what is its own to tell."""

from sqlalchemy import select

from ...extensions import db
from ...models import Enterprise, Interest, Lot


def interested_in(anchor_id: int) -> frozenset[int]:
    """Enterprises that showed interest in any lot of this anchor."""
    asked = (
        select(Interest.organisation_id)
        .join(Lot, Lot.id == Interest.lot_id)
        .where(Lot.organisation_id == anchor_id, Interest.state == "interested")
    )
    return frozenset(db.session.scalars(asked))


def shares_details(enterprise: Enterprise, interested: frozenset[int]) -> bool:
    """Whether contact, turnover and amounts of insurance may be shown to the anchor whose interested ones are given."""
    return (
        enterprise.registered_by_id is None
        or enterprise.shares_details_at is not None
        or enterprise.organisation_id in interested
    )

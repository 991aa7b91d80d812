"""From a row of the shift list to a lot: a draft that the buyer completes."""

from datetime import timedelta

from ...models import Lot, Organisation, ShiftRow
from ...places import parse_postcode
from ..actors import Actor
from ..enterprises.offers import district_of
from ..errors import RefusedError
from ..lots import tenders
from ..lots.lot_facts import LotFacts
from .shift_answers import Ends

LONGEST_TITLE = 200


def make_lot(row: ShiftRow, anchor: Organisation, ends: Ends | None, *, by: Actor) -> Lot:
    """Keep a draft lot for what a row buys in a year. The payee is not named in it.

    errors  RefusedError where the row cannot be moved
    """
    if not row.is_influenceable or row.left_pence <= 0:
        raise RefusedError("This row cannot be moved. Say first that it can, and why")
    title = (row.category or next(iter(row.descriptions), "") or "What we buy now").strip()[:LONGEST_TITLE]
    texts = [text for text in row.descriptions if text != title]
    place = anchor.postcode or ""
    facts = LotFacts(
        title=title.capitalize() if title.isupper() else title,
        description="\n".join(texts),
        value_pence=row.left_pence,
        starts_on=ends.on + timedelta(days=1) if ends else None,
        postcode=parse_postcode(place) or district_of(place),
        social_value_percent=tenders.usual_social_value_percent(of=by.acting_for),
    )
    return tenders.add_lot(facts, by=by)

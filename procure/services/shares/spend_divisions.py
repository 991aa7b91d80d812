"""What an anchor's own categories buy, by CPV division: an officer's word, else the engine's where it is sure."""

from collections.abc import Sequence

from sqlalchemy import select

from ...extensions import db
from ...matching.categories import DIVISION_NAMES
from ...matching.categories.purchases import bought_under
from ...models import CategoryDivision, MonthlySpend
from ...spend.cuts import NO_CATEGORY, NO_PURCHASE, NOT_TOLD
from .. import audit, own, spend_marks
from .. import standing as standings
from ..actors import Actor
from ..errors import NotFoundError, RefusedError

KINDS_OF_PURCHASE = {
    **{key: f"{key} {name}" for key, name in DIVISION_NAMES.items()},
    NO_PURCHASE: "Not a purchase: pay, taxes, grants, book-keeping",
    NOT_TOLD: "Not told by the category",
    NO_CATEGORY: "No category given",
}
"""Kinds of purchase by key, in words."""


def standing(of: int) -> dict[str, CategoryDivision]:
    """What officers said, as it stands, by category."""
    found = db.session.scalars(
        select(CategoryDivision).where(CategoryDivision.organisation_id == of, CategoryDivision.ended_at.is_(None))
    )
    return {said.category: said for said in found}


def keys_of(of: int, categories: Sequence[str]) -> list[str]:
    """For each category its key in the cut "bought": two digits, or one of the three of `spend.cuts`."""
    said = {category: key_said(row) for category, row in standing(of).items()}
    return [said.get(category) or engine_key(category) for category in categories]


def key_said(said: CategoryDivision) -> str:
    """The same as an officer said it."""
    return said.division or NO_PURCHASE


def engine_key(category: str) -> str:
    """The same by the engine alone."""
    if not category:
        return NO_CATEGORY
    bought = bought_under(category)
    if not bought.is_purchase:
        return NO_PURCHASE
    return bought.division if bought.division and bought.is_told else NOT_TOLD


def is_known(of: int, category: str) -> bool:
    """Whether the anchor's confirmed ledgers have this category."""
    found = select(MonthlySpend.id).where(MonthlySpend.organisation_id == of, MonthlySpend.category == category)
    return category != "" and db.session.scalar(found.limit(1)) is not None


def correct(category: str, division: str | None, reason: str, *, seen: int, by: Actor) -> CategoryDivision:
    """Say what a category buys; what was said before is kept.

    division  two digits; `cuts.NOT_TOLD` where it is of several kinds or nobody can tell; None where it is no purchase
    seen      id of what the officer saw standing; 0 for nothing
    errors    NotFoundError for a category the ledgers lack; RefusedError; ConflictError where somebody was faster
    """
    if not is_known(by.acting_for, category):
        raise NotFoundError
    if division is not None and division not in (*DIVISION_NAMES, NOT_TOLD):
        raise RefusedError("Choose a kind of purchase from the list")
    if not reason.strip():
        raise RefusedError("Say why, like This is what our caterers are booked under")
    was = standing(by.acting_for).get(category)
    standings.check_seen(was, seen)
    said = CategoryDivision(category=category, division=division, reason=reason.strip(), decided_by_id=by.person_id)
    standings.put(said, seen, of=by.acting_for)
    audit.note(by, "category division set", said, category=category, division=division, reason=said.reason)
    spend_marks.mark(by.acting_for, person_id=by.person_id)
    return said


def take_back(seen: int, *, by: Actor) -> CategoryDivision:
    """Undo what an officer said, so that the engine's word counts again.

    seen    id of what stands
    errors  NotFoundError; ConflictError where it stands no more
    """
    said = own.find(CategoryDivision, seen, of=by.acting_for)
    standings.end(CategoryDivision, said.id, of=by.acting_for)
    audit.note(by, "category division taken back", said, category=said.category)
    spend_marks.mark(by.acting_for, person_id=by.person_id)
    return said

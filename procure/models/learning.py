"""What officers' decisions taught the reconciler, version by version: numbers only, no name and no organisation."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from .base import Record, now

IN_FORCE, REVERTED, REFUSED = "in_force", "reverted", "refused"


class LearnedParameters(Record):
    """One lesson: parameters fitted to the decisions that stood, and how they did on decisions held out.

    The newest that is in force weighs the evidence; with none in force, the parameters the product ships do.
    """

    __tablename__ = "learned_parameters"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(default=IN_FORCE, index=True)
    """in_force, reverted (an administrator took it back) or refused (it was worse on decisions held out)."""
    reason: Mapped[str]
    """Why it is in force or refused, in a sentence."""
    decisions: Mapped[int]
    """How many standing decisions it was fitted to."""
    tried_on: Mapped[int]
    """How many decisions `before` and `after` were measured on; neither had seen them."""
    newest_decision_id: Mapped[int]
    """The newest decision it knew of, undone ones included: later ones count towards the next lesson."""
    taught_from: Mapped[str]
    """Digest of the shipped parameters it started from; a release that ships others sets it aside."""
    parameters: Mapped[str] = deferred(mapped_column(Text, nullable=False))
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Held-out figures of the parameters that were in force."""
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Held-out figures of these; both by the names that `payee_learning.Figures` uses."""
    changed_at: Mapped[datetime | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

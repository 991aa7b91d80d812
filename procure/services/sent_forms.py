"""Forms that were answered: one effect each, however often a browser sends them."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from ..extensions import db
from ..models import SentForm, now

REPEATED = timedelta(minutes=2)
"""So long after the first sending the same form is a double click or a lost answer. Later it is meant anew."""


def find(key: str, person_id: int) -> SentForm | None:
    return db.session.scalar(
        select(SentForm)
        .where(SentForm.key == key, SentForm.person_id == person_id, SentForm.sent_at > now() - REPEATED)
        .execution_options(populate_existing=True)
    )


def begin(key: str, person_id: int) -> bool:
    """Say that a form is being answered; the row stays only if what the form does stays. False: another is at it."""
    db.session.execute(delete(SentForm).where(SentForm.key == key, _is_old()))
    try:
        with db.session.begin_nested():
            db.session.add(SentForm(key=key, person_id=person_id))
            db.session.flush()
    except IntegrityError:
        return False
    return True


def end(key: str, address: str | None) -> None:
    """Keep where the answer led; None forgets the form, because it was sent back."""
    mine = SentForm.key == key
    db.session.execute(
        update(SentForm).where(mine).values(address=address) if address else delete(SentForm).where(mine)
    )


def forget_old() -> None:
    db.session.execute(delete(SentForm).where(_is_old()))


def _is_old() -> ColumnElement[bool]:
    return SentForm.sent_at <= now() - REPEATED

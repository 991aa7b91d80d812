"""How a person wants to hear of lots for an enterprise: messages at a frequency they choose, a feed, or nothing.

A feed's address and a quiet link are signed, not stored: whoever reads the database can make neither. Without a
choice of their own nobody gets anything.
"""

from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from ...extensions import db
from ...models import AlertChoice, Enterprise, Membership, Organisation, Person, ToldLot, now
from ...models.alerts import FREQUENCIES
from ...models.organisations import ENTERPRISE
from .. import audit, own
from ..actors import Actor
from ..enterprises import enterprises
from ..errors import ConflictError, NotFoundError, RefusedError
from ..ranking import matches
from ..ranking.matches import LotMatch

FREQUENCY_WORDS = {
    "immediate": "Within minutes of a lot opening",
    "daily": "Once a day, at 7am",
    "weekly": "Once a week, on Monday at 7am",
    "never": "Never",
}
FEED, QUIET = "feed of lots", "quiet about lots"
NO_CHOICE = 0
MOST_IN_FEED = 50


@dataclass(frozen=True)
class Fed:
    """What a feed tells: for whom, and the lots that fit, the newest first."""

    enterprise: Enterprise
    lots: tuple[LotMatch, ...]


def find(*, by: Actor) -> AlertChoice | None:
    """What this person chose for the enterprise they act for."""
    return db.session.scalar(_mine(by))


def choose(frequency: str, *, seen: int, by: Actor) -> AlertChoice:
    """Choose how often to be told. Lots that fit now count as known: messages are about later ones.

    seen    the version of the choice the person saw; 0 where there was none
    errors  RefusedError, ConflictError where it was changed meanwhile
    """
    if frequency not in FREQUENCIES:
        raise RefusedError("Choose how often we should tell you")
    choice = _taken(seen, by)
    if choice.frequency == "never" and frequency != "never":
        fitting = [one.lot.id for one in _fitting(enterprises.find(by.acting_for))]
        tell(choice, fitting)
        choice.looked_at = now()
    choice.frequency = frequency
    audit.note(by, f"alerts about lots set to {frequency}", choice)
    db.session.flush()
    return choice


def feed(move: str, *, seen: int, by: Actor) -> AlertChoice:
    """Make the feed's address, replace it, or switch the feed off: start, replace or stop.

    errors  RefusedError, ConflictError
    """
    if move not in ("start", "replace", "stop"):
        raise RefusedError("Choose what to do with the feed")
    choice = _taken(seen, by)
    choice.is_fed = move != "stop"
    choice.feed_turn = (choice.feed_turn or 0) + 1
    audit.note(by, f"feed of lots: {move}", choice)
    db.session.flush()
    return choice


def feed_token(choice: AlertChoice) -> str | None:
    """The secret end of the feed's address; None while there is no feed."""
    return _signed(FEED, choice, choice.feed_turn) if choice.is_fed else None


def quiet_address(choice: AlertChoice) -> str:
    """Where one POST, without signing in, stops the messages of this choice."""
    return f"{current_app.config['BASE_URL']}/supplying/alerts/quiet/{_signed(QUIET, choice, 0)}"


def choice_to_quiet(token: str) -> AlertChoice:
    """The choice a quiet link is about.

    errors  NotFoundError for a link that is not ours
    """
    choice_id, organisation_id, _ = _read(QUIET, token)
    return own.find(AlertChoice, choice_id, of=organisation_id)


def quieten(token: str) -> AlertChoice:
    """Stop the messages; again and again changes nothing.

    errors  NotFoundError
    """
    choice = choice_to_quiet(token)
    if choice.frequency != "never":
        choice.frequency = "never"
        choice.version += 1
        choice.changed_at = now()
        audit.note(None, "alerts about lots stopped by the link in a message", choice)
        db.session.flush()
    return choice


def fed(token: str) -> Fed:
    """What a feed's address answers.

    errors  NotFoundError for an address that was replaced or never ours, and for people who may not act any more
    """
    choice_id, organisation_id, turn = _read(FEED, token)
    choice = db.session.scalar(
        allowed().where(
            AlertChoice.id == choice_id,
            AlertChoice.organisation_id == organisation_id,
            AlertChoice.is_fed,
            AlertChoice.feed_turn == turn,
        )
    )
    if choice is None:
        raise NotFoundError
    enterprise = enterprises.find(organisation_id)
    newest = sorted(_fitting(enterprise), key=lambda one: (one.lot.opened_at or one.lot.created_at, one.lot.id))
    return Fed(enterprise, tuple(newest[::-1][:MOST_IN_FEED]))


def allowed() -> Select[AlertChoice]:
    """Choices of people who still act for the enterprise; neither they nor it suspended."""
    return (
        select(AlertChoice)
        .join(Person, Person.id == AlertChoice.person_id)
        .join(Organisation, Organisation.id == AlertChoice.organisation_id)
        .where(
            Person.suspended_at.is_(None),
            Organisation.suspended_at.is_(None),
            select(Membership.id)
            .where(
                Membership.person_id == AlertChoice.person_id,
                Membership.organisation_id == AlertChoice.organisation_id,
                Membership.kind == ENTERPRISE,
                Membership.ended_at.is_(None),
            )
            .exists(),
        )
    )


def untold(choice: AlertChoice, enterprise: Enterprise) -> list[LotMatch]:
    """Lots that fit, of which the person was not told and which nobody answered yet; best fit first."""
    known = set(
        db.session.scalars(
            select(ToldLot.lot_id).where(
                ToldLot.organisation_id == choice.organisation_id, ToldLot.person_id == choice.person_id
            )
        )
    )
    return [one for one in _fitting(enterprise) if one.lot.id not in known and not one.answer]


def tell(choice: AlertChoice, lots: list[int]) -> None:
    """Keep that the person knows of these lots."""
    known = set(
        db.session.scalars(
            select(ToldLot.lot_id).where(
                ToldLot.organisation_id == choice.organisation_id,
                ToldLot.person_id == choice.person_id,
                ToldLot.lot_id.in_(lots),
            )
        )
    )
    fresh = [lot for lot in lots if lot not in known]
    owner = {"organisation_id": choice.organisation_id, "person_id": choice.person_id}
    db.session.add_all(ToldLot(lot_id=lot, **owner) for lot in fresh)
    db.session.flush()


def _fitting(enterprise: Enterprise) -> list[LotMatch]:
    return [one for one in matches.matches_for(enterprise) if one.fits and one.answer != "not_for_us"]


def _mine(by: Actor) -> Select[AlertChoice]:
    return select(AlertChoice).where(
        AlertChoice.organisation_id == by.acting_for, AlertChoice.person_id == by.person_id
    )


def _taken(seen: int, by: Actor) -> AlertChoice:
    """The person's choice, one version on, or a first one."""
    choice = db.session.scalar(_mine(by).with_for_update())
    if (choice.version if choice else NO_CHOICE) != seen:
        raise ConflictError("You changed this in another window. Look at it again")
    if choice is not None:
        choice.version += 1
        choice.changed_at = now()
        return choice
    choice = AlertChoice(organisation_id=by.acting_for, person_id=by.person_id, frequency="never", feed_turn=0)
    try:
        with db.session.begin_nested():
            db.session.add(choice)
    except IntegrityError:
        raise ConflictError("You changed this in another window. Look at it again") from None
    return choice


def _signed(what: str, choice: AlertChoice, turn: int) -> str:
    token = _serializer(what).dumps([choice.id, choice.organisation_id, turn])
    return token if isinstance(token, str) else token.decode()


def _read(what: str, token: str) -> tuple[int, int, int]:
    try:
        choice_id, organisation_id, turn = _serializer(what).loads(token)
    except (BadData, TypeError, ValueError):
        raise NotFoundError from None
    return int(choice_id), int(organisation_id), int(turn)


def _serializer(what: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=what)

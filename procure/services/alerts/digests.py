"""Messages about lots that fit: who is due, what is new to them, and one message with all of it."""

import hashlib
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import exists, or_, select

from ... import jobs
from ...extensions import db
from ...models import AlertChoice, Job, Lot, now
from .. import mail
from ..enterprises import enterprises
from ..ranking.matches import TAKING_INTEREST, LotMatch
from . import alerts

KIND = "tell of lots"
LONDON = ZoneInfo("Europe/London")
AT = time(7)
MONDAY = 0
PAUSE = timedelta(minutes=10)
"""At least so long between two messages of somebody who wants to know at once."""
MOST_AT_ONCE = 20
"""People looked after at one go; the others follow seconds later."""
LISTED = 10


def queue_due(on: datetime | None = None) -> list[Job]:
    """A job for each person who is due; wake them after the commit. One who waits already gets no second."""
    moment = on or now()
    waiting = {job.subject_id for job in db.session.scalars(jobs.open_jobs(KIND))}
    due = [
        choice
        for choice in db.session.scalars(
            alerts.allowed().where(AlertChoice.frequency != "never").order_by(AlertChoice.id)
        )
        if choice.id not in waiting and is_due(choice, moment)
    ]
    return [
        jobs.queue_job(KIND, organisation_id=one.organisation_id, subject_id=one.id, person_id=one.person_id)
        for one in due[:MOST_AT_ONCE]
    ]


def is_due(choice: AlertChoice, moment: datetime) -> bool:
    """Whether it is time to look for this person.

    Those who want to know at once are due when a lot opened since, ten minutes after the last look at the earliest.
    """
    last = choice.looked_at or choice.changed_at
    if choice.frequency == "immediate":
        return moment - last >= PAUSE and bool(
            db.session.scalar(
                select(
                    exists().where(
                        Lot.state.in_(TAKING_INTEREST),
                        or_(Lot.opened_at > last, Lot.created_at > last),
                    )
                )
            )
        )
    return next_time(choice.frequency, last) <= moment


def next_time(frequency: str, last: datetime) -> datetime:
    """The first 7am in London after a moment; the first on a Monday for weekly."""
    local = last.astimezone(LONDON)
    day = local.date() if local.time() < AT else local.date() + timedelta(days=1)
    if frequency == "weekly":
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return datetime.combine(day, AT, LONDON)


@jobs.work(KIND)
def _tell_job(turn: jobs.Turn) -> None:
    choice = db.session.scalar(
        alerts.allowed().where(AlertChoice.id == turn.subject_id, AlertChoice.organisation_id == turn.organisation_id)
    )
    if choice is not None and choice.frequency != "never":
        send(choice)


def send(choice: AlertChoice) -> int:
    """Put one message about everything new in the outbox; how many lots it tells of."""
    choice.looked_at = now()
    found = alerts.untold(choice, enterprises.find(choice.organisation_id))
    if found:
        lots = sorted(one.lot.id for one in found)
        mark = hashlib.sha256(",".join(map(str, lots)).encode()).hexdigest()[:16]
        mail.post(
            choice.person.email,
            _subject(found),
            _body(choice, found),
            key=f"alert-{choice.id}-{mark}",
            quiet_address=alerts.quiet_address(choice),
        )
        alerts.tell(choice, lots)
    db.session.flush()
    return len(found)


def _subject(found: list[LotMatch]) -> str:
    if len(found) == 1:
        return _one_line(f"A lot that fits you: {found[0].lot.title}")[:200]
    return f"{len(found)} lots that fit you"


def _body(choice: AlertChoice, found: list[LotMatch]) -> str:
    site = current_app.config["BASE_URL"]
    pieces = [f"New on Procure for {_one_line(choice.organisation.name)}:"]
    pieces += [_about(one, f"{site}/supplying/lots/{one.lot.id}") for one in found[:LISTED]]
    if len(found) > LISTED:
        pieces.append(f"And {len(found) - LISTED} more: {site}/supplying/lots")
    pieces.append(
        f"Change how often we tell you: {site}/supplying/alerts\nStop these messages: {alerts.quiet_address(choice)}"
    )
    return "\n\n".join(pieces) + "\n"


def _about(one: LotMatch, link: str) -> str:
    lot = one.lot
    value = "value not said" if lot.value_pence is None else f"£{(lot.value_pence + 50) // 100:,}"
    until = "" if lot.deadline_on is None else f", answer by {lot.deadline_on.day} {lot.deadline_on:%B %Y}"
    lines = [f"{_one_line(lot.title)}", f"{_one_line(lot.organisation.name)}, {value}{until}", one.fit_told]
    if one.reasons:
        lines.append(one.reasons[0].to_supplier)
    return "\n".join([*lines, link])


def _one_line(text: str) -> str:
    return " ".join(text.split())

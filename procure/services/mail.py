"""Outgoing mail: kept in the same transaction as what it tells of, sent afterwards, once for each key."""

import logging
import smtplib
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from flask import current_app
from sqlalchemy import ColumnElement, and_, or_, select

from ..extensions import db
from ..models import OutgoingMail, now
from . import audit
from .actors import Actor
from .errors import ConflictError

WAITS = tuple(timedelta(minutes=minutes) for minutes in (0, 0.5, 2, 10, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60, 48 * 60))
"""How old a message is at least at its first try, its second, ...; after the last it waits for an administrator."""
BATCH = 50

ABOUT_THE_MESSAGE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
"""The server is there, and refuses this message only."""

log = logging.getLogger(__name__)


def post(recipient: str, subject: str, body: str, *, key: str, quiet_address: str | None = None) -> None:
    """Put a message in the outbox; a second one with the same key is not added.

    quiet_address  where one POST, without signing in, stops messages of this kind (RFC 8058)
    errors  ValueError where an address or subject has a line break: somebody is forging headers
    """
    if any(mark in recipient + subject + (quiet_address or "") for mark in "\r\n"):
        raise ValueError("an address or subject may not hold a line break")
    if db.session.scalar(select(OutgoingMail.id).where(OutgoingMail.key == key)) is None:
        db.session.add(
            OutgoingMail(recipient=recipient, subject=subject, body=body, key=key, quiet_address=quiet_address)
        )
        db.session.flush()


def send_waiting() -> int:
    """Send what is due; how many went. Without SMTP settings the console shows them and they stay in the outbox page.

    A server that is away ends the round: the next message would only wait for it too.
    """
    waiting = db.session.scalars(
        select(OutgoingMail)
        .where(OutgoingMail.sent_at.is_(None), _is_due())
        .order_by(OutgoingMail.attempts, OutgoingMail.id)
        .limit(BATCH)
    ).all()
    if not waiting:
        db.session.rollback()
        return 0
    url = current_app.config["SMTP_URL"]
    sent = 0
    for mail in waiting:
        mail.attempts += 1
        try:
            _send(mail, url)
            mail.sent_at = now()
            mail.last_error = None
            sent += 1
        except (OSError, smtplib.SMTPException) as error:
            mail.last_error = str(error)[:500]
            log.warning("mail %s was not sent: %s", mail.id, type(error).__name__)
            db.session.commit()
            if isinstance(error, ABOUT_THE_MESSAGE):
                continue
            break
        db.session.commit()
    return sent


def _is_due() -> ColumnElement[bool]:
    """Whether a message is old enough for its next try."""
    moment = now()
    return or_(
        *(
            and_(OutgoingMail.attempts == tries, OutgoingMail.created_at <= moment - wait)
            for tries, wait in enumerate(WAITS)
        )
    )


def try_again(mail: OutgoingMail, *, by: Actor) -> None:
    """Let a message that could not be sent be tried anew.

    errors  ConflictError where it was sent meanwhile
    """
    if mail.sent_at is not None:
        raise ConflictError("This message was sent meanwhile")
    mail.attempts = 0
    audit.note(by, "message to be tried again", mail)
    db.session.flush()


def _send(mail: OutgoingMail, url: str | None) -> None:
    message = EmailMessage()
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Message-ID"] = f"<procure-{mail.id}@{urlsplit(current_app.config['BASE_URL']).hostname}>"
    if mail.quiet_address:
        message["List-Unsubscribe"] = f"<{mail.quiet_address}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    if url is None:
        print(f"--- mail, not sent because SMTP_URL is not set ---\n{message}---", flush=True)  # noqa: T201
        return
    parts = urlsplit(url)
    with smtplib.SMTP(parts.hostname or "localhost", parts.port or 25, timeout=20) as server:
        if parts.scheme == "smtps+starttls" or "starttls" in parts.query:
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)

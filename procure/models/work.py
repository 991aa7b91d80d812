"""Work done behind the page: jobs with their heartbeat, and mail waiting to go out."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Private, Record, now

OPEN_STATES = ("queued", "running")


class Job(Record, Private):
    """A piece of long work: what, for whom, how far, and whose turn it is."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(  # type: ignore[assignment]
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    """None where the installation itself asked, as for a register that everybody uses."""
    kind: Mapped[str]
    subject_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="queued", index=True)
    """queued, running, done, failed (a fault of ours, will be tried again), parked (given up), cancelled."""
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    """Grows each time a worker takes the job; a worker that holds an old number may not commit."""
    progress_done: Mapped[int] = mapped_column(default=0)
    progress_total: Mapped[int | None]
    message: Mapped[str | None] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class OutgoingMail(Record):
    """A message to one address, kept until it is sent; the key stops a second copy."""

    __tablename__ = "outgoing_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(unique=True)
    quiet_address: Mapped[str | None]
    """Where one POST stops messages of this kind; mail programs show it as a button."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]


class SentForm(Record):
    """A form that was answered: sent again, by a double click or because the answer was lost, it does nothing more."""

    __tablename__ = "sent_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """A digest of the form's own random key and of everything that was typed: a changed form is another form."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    address: Mapped[str | None] = mapped_column(Text)
    """Where the first answer led; None while it is being worked on."""
    sent_at: Mapped[datetime] = mapped_column(default=now)

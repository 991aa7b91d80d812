"""People: who they are, signing in and out, and new passwords."""

import secrets
from datetime import datetime

from sqlalchemy import func, select, update

from ...config import RESET_LIFE, SESSION_LONGEST
from ...extensions import db
from ...models import PasswordReset, Person, SignIn, now
from .. import audit, mail
from ..actors import themselves
from ..errors import ConflictError
from ..tokens import digest
from . import passwords
from .memberships import memberships_of


def find_person(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def add_person(name: str, email: str, password: str, *, is_installation_admin: bool = False) -> Person:
    """A new person.

    errors  ConflictError when the address is taken
    """
    if find_person(email):
        raise ConflictError("Somebody already uses this email address")
    person = Person(
        name=name.strip(),
        email=email.strip().lower(),
        password_hash=passwords.keep(password),
        is_installation_admin=is_installation_admin,
    )
    db.session.add(person)
    db.session.flush()
    audit.note(themselves(person), "person added", person)
    return person


def has_anybody() -> bool:
    return bool(db.session.scalar(select(func.count(Person.id))))


def add_first_admin(name: str, email: str, password: str) -> Person:
    """The first person of an installation; the door closes behind them.

    errors  ConflictError when somebody was first
    """
    if has_anybody():
        raise ConflictError("This site already has its first administrator")
    return add_person(name, email, password, is_installation_admin=True)


def check(email: str, password: str) -> Person | None:
    """The person with this address and password, unless suspended. Unknown and wrong take the same time."""
    person = find_person(email)
    is_right = passwords.is_right(password, person.password_hash if person else None)
    return person if person and is_right and person.suspended_at is None else None


def sign_in(person: Person) -> str:
    """A new session; returns the token the browser keeps."""
    token = secrets.token_urlsafe(32)
    sign_in = SignIn(person_id=person.id, token_hash=digest(token))
    db.session.add(sign_in)
    db.session.flush()
    audit.note(themselves(person), "signed in", sign_in, person=person.id)
    return token


def person_of(token: str) -> Person | None:
    """Who holds this session, if it has not ended, run out or been suspended."""
    oldest = now() - SESSION_LONGEST
    return db.session.scalar(
        select(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(
            SignIn.token_hash == digest(token),
            SignIn.ended_at.is_(None),
            SignIn.created_at > oldest,
            Person.suspended_at.is_(None),
        )
    )


def sign_out(token: str) -> None:
    db.session.execute(
        update(SignIn).where(SignIn.token_hash == digest(token), SignIn.ended_at.is_(None)).values(ended_at=now())
    )


def end_sessions(person_id: int) -> None:
    """Sign a person out everywhere."""
    db.session.execute(
        update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None)).values(ended_at=now())
    )


def ask_reset(email: str, *, base_url: str) -> None:
    """Mail a link to choose a new password; an unknown address gets nothing, and nobody can tell."""
    person = find_person(email)
    if person is None or person.suspended_at:
        return
    token = secrets.token_urlsafe(32)
    reset = PasswordReset(person_id=person.id, token_hash=digest(token), expires_at=now() + RESET_LIFE)
    db.session.add(reset)
    db.session.flush()
    mail.post(
        person.email,
        "Choose a new Procure password",
        f"Open this link within 60 minutes to choose a new password. It works once:\n"
        f"{base_url}/password/new/{token}\n\nIf you did not ask for this, do nothing.\n",
        key=f"reset-{reset.id}",
    )
    audit.note(None, "new password asked for", reset, person=person.id)


def person_of_reset(token: str) -> Person | None:
    return db.session.scalar(
        select(Person)
        .join(PasswordReset, PasswordReset.person_id == Person.id)
        .where(
            PasswordReset.token_hash == digest(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now(),
            Person.suspended_at.is_(None),
        )
    )


def change_password(person: Person, password: str) -> None:
    """A new password: every session ends and every reset link dies."""
    moment: datetime = now()
    person.password_hash = passwords.keep(password)
    db.session.execute(
        update(PasswordReset)
        .where(PasswordReset.person_id == person.id, PasswordReset.used_at.is_(None))
        .values(used_at=moment)
    )
    end_sessions(person.id)
    audit.note(themselves(person), "password changed", person)


def names_near(person: Person) -> tuple[str, ...]:
    """Words that make a bad password for this person."""
    organisations = [one.organisation.name for one in memberships_of(person.id)]
    return (person.name, person.email.split("@")[0], *organisations)

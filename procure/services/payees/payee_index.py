"""The bodies of the loaded registers as a stored index that every worker maps, and the enterprises here on top of it.

One index for one set of editions: built by the first job that needs it, kept under the instance folder, removed when
newer editions are in force. An enterprise that registers or changes its name changes nothing that is stored.
"""

import fcntl
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, or_, select

from ...extensions import db
from ...matching.payees import Register, RegisterRow
from ...matching.payees.building import build_index
from ...matching.payees.stored import UnusableIndexError, open_index
from ...models import Edition, Enterprise, Organisation, RegisteredBody, RegisteredName
from ..reference.reference import REGISTER_KINDS

PAGE = 20_000
"""Bodies read at a time, each page in a transaction of its own: others may write between."""
ASKED_AT_ONCE = 500
SCHEMES = {"companies": "company", "mutuals": "mutual"}


class MovedOnError(Exception):
    """Another edition came into force while the index was built; the job is tried again."""


@dataclass(frozen=True)
class Known:
    """Whom a payee may be: the editions in force by their ids, and the enterprises here as rows on top of them.

    enterprise_of  entity > enterprise; a body that registered here is one entity, and the enterprise stands for it
    """

    editions: str
    rows: tuple[RegisterRow, ...]
    enterprise_of: dict[str, int]

    def target(self, entity: str) -> tuple[int | None, int | None]:
        """Enterprise or registered body; exactly one of them."""
        enterprise = self.enterprise_of.get(entity)
        return (enterprise, None) if enterprise else (None, int(entity.removeprefix("body:")))


def editions_in_force() -> list[Edition]:
    """The registers of bodies that are loaded, oldest first."""
    return list(
        db.session.scalars(
            select(Edition).where(Edition.kind.in_(REGISTER_KINDS), Edition.state == "ready").order_by(Edition.id)
        )
    )


def key_of(editions: Iterable[Edition]) -> str:
    """What tells one set of editions from another; empty without any."""
    return "-".join(str(edition.id) for edition in editions)


def known() -> Known:
    """Who is registered here now, and which editions stand behind."""
    found = db.session.execute(
        select(
            Organisation.id, Organisation.name, Organisation.postcode, Enterprise.legal_form,
            Enterprise.company_number, Enterprise.charity_number,
        )
        .join(Enterprise, Enterprise.organisation_id == Organisation.id)
        .where(Organisation.suspended_at.is_(None))
        .order_by(Organisation.id)
    ).all()  # fmt: skip
    editions = key_of(editions_in_force())
    bodies = _bodies_of([(row.company_number, row.charity_number) for row in found]) if editions else {}
    rows: list[RegisterRow] = []
    enterprise_of: dict[str, int] = {}
    for number, name, postcode, form, *numbers in found:
        company, charity = numbers
        body = bodies.get(("company", company)) or bodies.get(("charity", charity))
        entity = f"body:{body}" if body else f"enterprise:{number}"
        enterprise_of.setdefault(entity, number)
        stated = [f"{scheme}:{each}" for scheme, each in (("company", company), ("charity", charity)) if each]
        rows.append(RegisterRow(entity, name, (), postcode, form, tuple(stated)))
    return Known(editions, tuple(rows), enterprise_of)


def _bodies_of(numbers: Sequence[tuple[str | None, str | None]]) -> dict[tuple[str, str | None], int]:
    """Scheme and number > the body that stands for it in the index."""
    companies = {company for company, _ in numbers if company}
    charities = {charity for _, charity in numbers if charity}
    found: dict[tuple[str, str | None], int] = {}
    owners: dict[str, int] = {}
    wanted = sorted(companies | charities)
    for some in (wanted[start : start + ASKED_AT_ONCE] for start in range(0, len(wanted), ASKED_AT_ONCE)):
        bodies = db.session.execute(
            select(RegisteredBody.id, RegisteredBody.register, RegisteredBody.number, RegisteredBody.company_number)
            .where(or_(RegisteredBody.number.in_(some), RegisteredBody.company_number.in_(some)))
            .where(RegisteredBody.is_listed)
            .order_by(RegisteredBody.id.desc())
        ).all()
        owners.update(_owners({company for *_, company in bodies if company}))
        for number, register, stated, company in bodies:
            scheme = SCHEMES.get(register, "charity")
            owner = owners.get(stated if scheme == "company" else company or "", number)
            found[scheme, stated] = owner
            if company:
                found["company", company] = owner
    return found


def _owners(companies: Collection[str] | None = None) -> dict[str, int]:
    """Company number > the charity or society that is this company: the two are one body, and its own register tells
    more of it."""
    mine = select(RegisteredBody.company_number, func.min(RegisteredBody.id)).where(
        RegisteredBody.company_number.is_not(None), RegisteredBody.is_listed
    )
    if companies is not None:
        mine = mine.where(RegisteredBody.company_number.in_(companies))
    return {str(company): owner for company, owner in db.session.execute(mine.group_by(RegisteredBody.company_number))}


def register_for(known: Known) -> Register | None:
    """What payees are compared with; None where nobody is registered and no register is loaded.

    Call it with no transaction open: where this machine has no index of these editions yet, it is built now.

    errors  MovedOnError
    """
    if known.editions:
        return _stored(known.editions).extended(known.rows)
    return Register.build(known.rows) if known.rows else None


def _stored(editions: str) -> Register:
    folder = Path(current_app.instance_path) / "indexes"
    with _alone(folder):
        try:
            return open_index(folder / editions, edition=editions)
        except UnusableIndexError:
            _build(folder, editions)
        return open_index(folder / editions, edition=editions)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time; the lock of one that was killed goes with it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(folder: Path, editions: str) -> None:
    """Build the index of what is in force; take away every other. Who maps an old one keeps it until they let go."""
    for old in folder.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    build_index(_registered_rows(), folder / editions, edition=editions)
    moved_on = key_of(editions_in_force()) != editions
    db.session.rollback()
    if moved_on:
        shutil.rmtree(folder / editions)
        raise MovedOnError(f"the editions {editions} are no longer those in force")


def _registered_rows() -> Iterator[RegisterRow]:
    """Every listed body with all its names, a page at a time."""
    owners = _owners()
    last = 0
    while page := _page(last):
        last = page[-1].id
        names = _names(page[0].id, last)
        for body in page:
            scheme = SCHEMES.get(body.register, "charity")
            company = body.number if scheme == "company" else body.company_number
            numbers = {f"{scheme}:{body.number}", *([f"company:{company}"] if company else [])}
            entity = f"body:{owners.get(company or '', body.id)}"
            yield RegisterRow(
                entity, body.name, tuple(names.get(body.id, ())), body.postcode, body.form, tuple(sorted(numbers))
            )


def _page(after: int) -> Sequence[Any]:
    found = db.session.execute(
        select(
            RegisteredBody.id, RegisteredBody.register, RegisteredBody.number, RegisteredBody.name,
            RegisteredBody.form, RegisteredBody.postcode, RegisteredBody.company_number,
        )
        .where(RegisteredBody.id > after, RegisteredBody.is_listed)
        .order_by(RegisteredBody.id)
        .limit(PAGE)
    ).all()  # fmt: skip
    db.session.rollback()
    return found


def _names(first: int, last: int) -> dict[int, list[str]]:
    found = db.session.execute(
        select(RegisteredName.body_id, RegisteredName.name)
        .where(RegisteredName.body_id.between(first, last))
        .order_by(RegisteredName.body_id, RegisteredName.name)
    ).all()
    db.session.rollback()
    names: dict[int, list[str]] = {}
    for body, name in found:
        names.setdefault(body, []).append(name)
    return names

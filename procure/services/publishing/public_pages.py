"""An anchor's public page: published by a finance officer as it is that day, and off again at once."""

import re
import unicodedata
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager

from ...extensions import db
from ...models import LocalArea, Organisation, PublicPage, now
from ...spend import Share
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError
from ..shares import areas, place_known
from . import public_figures

LONGEST_SLUG = 60
NOTHING = (
    "There is nothing to publish yet: confirm a ledger, and say what local means. Years that would give away what "
    "others in a total paid are not published"
)


def page_of(of: int) -> PublicPage | None:
    """The anchor's own page, on or off; None where it never had one."""
    return db.session.scalar(select(PublicPage).where(PublicPage.organisation_id == of))


def open_page(slug: str) -> PublicPage:
    """A page that is on.

    errors  NotFoundError, the same for a page that is off and one that never was
    """
    found = db.session.scalar(
        select(PublicPage)
        .join(Organisation, Organisation.id == PublicPage.organisation_id)
        .where(PublicPage.slug == slug, PublicPage.is_on, Organisation.suspended_at.is_(None))
    )
    if found is None or found.content is None:
        raise NotFoundError
    return found


def on_show(most: int) -> list[PublicPage]:
    """Pages that are on, the largest spend first."""
    pages = db.session.scalars(
        select(PublicPage)
        .join(Organisation, Organisation.id == PublicPage.organisation_id)
        .where(PublicPage.is_on, Organisation.suspended_at.is_(None))
        .options(contains_eager(PublicPage.organisation))
    ).all()
    told = [page for page in pages if page.content is not None]
    return sorted(told, key=lambda page: (-whole_of(page).total, page.slug))[:most]


def whole_of(page: PublicPage) -> Share:
    """Where all the money of a page that is on went."""
    if page.content is None:
        raise ValueError(f"page {page.slug} is off")
    return public_figures.share_of(page.content["whole"])


def preview(of: int) -> tuple[LocalArea | None, dict[str, Any] | None]:
    """The headline area, and what the page would say now; None for what is not there yet."""
    area = areas.headline(of)
    return area, public_figures.content_of(of, area) if area else None


def publish(seen_pence: int, *, by: Actor) -> PublicPage:
    """Show today's figures to everybody, in the place of those shown before.

    seen_pence  the total the officer saw
    errors      RefusedError where there is nothing to show; ConflictError where the figures have changed since
    """
    place_known.hold(by.acting_for)
    _, content = preview(by.acting_for)
    if content is None:
        raise RefusedError(NOTHING)
    if public_figures.share_of(content["whole"]).total != seen_pence:
        raise ConflictError("The figures have changed since you looked at them. Look again before you publish")
    page = page_of(by.acting_for) or _new_page(by)
    page.content, page.is_on = content, True
    page.changed_at, page.changed_by_id = now(), by.person_id
    db.session.flush()
    place_known.let_be_known(by.acting_for)
    audit.note(by, "public page published", page, slug=page.slug, pence=seen_pence, area=content["area"])
    return page


def withdraw(*, by: Actor) -> None:
    """Take the page off, at once.

    errors  ConflictError where it is off already
    """
    result: Any = db.session.execute(
        update(PublicPage)
        .where(PublicPage.organisation_id == by.acting_for, PublicPage.is_on)
        .values(is_on=False, content=None, changed_at=now(), changed_by_id=by.person_id),
        execution_options={"synchronize_session": False},
    )
    if not result.rowcount:
        raise ConflictError("The page is off already")
    db.session.expire_all()
    page = page_of(by.acting_for)
    if page is None:
        raise ValueError("a page that was taken off is gone")
    audit.note(by, "public page taken off", page, slug=page.slug)


def _new_page(by: Actor) -> PublicPage:
    page = PublicPage(organisation_id=by.acting_for, slug=_free_slug(by.organisation_name, by.acting_for))
    db.session.add(page)
    try:
        db.session.flush()
    except IntegrityError as fault:
        db.session.rollback()
        raise ConflictError("Somebody else published the page just now. Look at it again") from fault
    return page


def _free_slug(name: str, of: int) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-") or "anchor"
    taken = db.session.scalar(select(PublicPage.id).where(PublicPage.slug == slug))
    return f"{slug}-{of}" if taken else slug

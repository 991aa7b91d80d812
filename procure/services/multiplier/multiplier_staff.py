"""What an anchor pays its own staff, as an officer says with a source: a part of LM3 only where it is given."""

from sqlalchemy import select

from ...extensions import db
from ...models import LocalArea, OwnStaffPay
from ...spend import Recipient
from .. import audit, own
from .. import standing as standings
from ..actors import Actor
from ..errors import RefusedError
from ..shares import areas
from ..shares.spend_periods import Period


def standing(of: int, area: LocalArea, period: Period) -> OwnStaffPay | None:
    """What was said of this area and period, whether or not the area was defined anew since."""
    return db.session.scalar(
        select(OwnStaffPay).where(
            OwnStaffPay.organisation_id == of,
            OwnStaffPay.area_id == area.id,
            OwnStaffPay.period == period.code,
            OwnStaffPay.ended_at.is_(None),
        )
    )


def in_force(of: int, area: LocalArea, period: Period) -> OwnStaffPay | None:
    """What counts: said about the area as it is defined now."""
    pay = standing(of, area, period)
    return pay if pay is not None and pay.area_key == areas.shape(area).key else None


def recipient(pay: OwnStaffPay, name: str) -> Recipient:
    """Staff who live in the area, as one recipient of the second round."""
    return Recipient(name, pay.local_pence, None if pay.respent is None else pay.respent / 100)


def save(
    area: LocalArea, period: Period, *, pay_pence: int, local_pence: int, respent: int | None, source: str, seen: int,
    by: Actor,
) -> OwnStaffPay:  # fmt: skip
    """Say what own staff were paid; it takes the place of what was said before.

    pay_pence    all pay of the period; local_pence the part of it to people who live in the area
    respent      of every £100 they spend, how many in the area, 0 to 100; None where nobody asked them
    seen         id of what stood when the page was opened; 0 for nothing
    errors       RefusedError for figures that cannot be or a source that is missing; ConflictError
    """
    if pay_pence <= 0 or not 0 <= local_pence <= pay_pence:
        raise RefusedError("Pay to staff who live in the area cannot be more than all pay")
    if respent is not None and not 0 <= respent <= 100:
        raise RefusedError("Enter a number from 0 to 100")
    if not source.strip():
        raise RefusedError("Say where the figures come from, like Payroll report of March 2026")
    standings.check_seen(standing(by.acting_for, area, period), seen)
    pay = OwnStaffPay(
        area_id=area.id,
        area_key=areas.shape(area).key,
        period=period.code,
        pay_pence=pay_pence,
        local_pence=local_pence,
        respent=respent,
        source=source.strip(),
        entered_by_id=by.person_id,
    )
    standings.put(pay, seen, of=by.acting_for)
    audit.note(by, "own staff pay entered for LM3", pay, period=period.code, source=pay.source)
    return pay


def take_back(pay_id: int, *, by: Actor) -> OwnStaffPay:
    """Leave own staff out again.

    errors  NotFoundError; ConflictError where it was changed or taken back already
    """
    pay = own.find(OwnStaffPay, pay_id, of=by.acting_for)
    standings.end(OwnStaffPay, pay.id, of=by.acting_for)
    audit.note(by, "own staff pay taken back from LM3", pay, period=pay.period)
    return pay

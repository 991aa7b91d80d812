"""What of the money that comes home would be spent here again, by what suppliers told this anchor."""

from sqlalchemy import select

from ...extensions import db
from ...models import Payee, ShiftRow, ShiftRun
from ...spend.shift import UNTOLD, Carried, Home, spent_again
from ..multiplier import multiplier_answers, multiplier_surveys
from ..shares import areas
from ..shares.spend_periods import financial_year
from .shift_plans import carried_of

Told = dict[int, tuple[float, float]]
"""Enterprise > the part of its money it spends in the headline area again, 0 to 1: at least, at most."""
AT_ONCE = 400


def told_to(run: ShiftRun) -> Told:
    """What enterprises told the anchor of a list about its headline area as it is now; of two years, the later.

    An answer is the anchor's own: what an enterprise told another anchor is not looked at.
    """
    of, area = run.organisation_id, areas.headline(run.organisation_id)
    if area is None:
        return {}
    key, told = areas.shape(area).key, Told()
    newest = financial_year(run.last_month)
    for year in (newest - 1, newest):
        surveys = multiplier_surveys.by_payee(of, area, year)
        fresh = {payee: survey.id for payee, survey in surveys.items() if survey.area_key == key}
        answers = multiplier_answers.in_force(sorted(fresh.values()), of=of)
        enterprises = _enterprises(of, sorted(fresh))
        this_year = Told()
        for payee, survey in sorted(fresh.items()):
            if payee in enterprises and survey in answers:
                low, high = multiplier_answers.spending(answers[survey]).respent
                also = this_year.get(enterprises[payee], (low, high))
                this_year[enterprises[payee]] = min(low, also[0]), max(high, also[1])
        told |= this_year
    return told


def _enterprises(of: int, payees: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(payees), AT_ONCE):
        query = select(Payee.id, Payee.enterprise_id).where(
            Payee.organisation_id == of,
            Payee.id.in_(payees[start : start + AT_ONCE]),
            Payee.enterprise_id.is_not(None),
        )
        found |= {payee: enterprise for payee, enterprise in db.session.execute(query) if enterprise}
    return found


def again_of(run: ShiftRun, told: Told) -> tuple[int, int]:
    """Pence spent here again of all that could come home: at least of what is expected, at most of all."""
    rows = db.session.execute(
        select(ShiftRow.plan, ShiftRow.home_low_pence, ShiftRow.home_high_pence).where(
            ShiftRow.organisation_id == run.organisation_id, ShiftRow.home_high_pence > 0
        )
    )
    homes = [Home(low, high, 0, carried_of(plan)) for plan, low, high in rows]
    parts = [spent_again(home, told) for home in homes]
    return sum(least for least, _ in parts), sum(most for _, most in parts)


def again_of_row(row: ShiftRow, told: Told) -> tuple[int, int]:
    """The same of one row: at least of what is expected of it, at most of all that left, whoever here would do it."""
    if not row.has_candidate:
        return 0, 0
    expected = Home(0, 0, 0, tuple(Carried(one.enterprise, 0, one.expected) for one in carried_of(row.plan)))
    most = max(told.get(one["enterprise_id"], UNTOLD)[1] for one in row.candidates)
    return spent_again(expected, told)[0], round(row.left_pence * most)

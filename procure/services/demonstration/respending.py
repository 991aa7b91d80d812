"""What suppliers of the demonstration place told of their own spending, so that LM3 has answers to stand on."""

from ...demo.words import words
from ...spend import Spending
from ..actors import Actor
from ..multiplier import multiplier, multiplier_answers, multiplier_surveys
from ..payees import payees
from ..shares import areas, spend_periods

ROUNDS = 2
PARTS = ("staff", "suppliers", "local_staff", "local_suppliers")


def add_answers(officer: Actor) -> int:
    """Ask those whose answers would narrow LM3 most, twice over; all but the last two answer. How many did."""
    area = areas.headline(officer.acting_for)
    period = next(iter(spend_periods.periods(officer.acting_for)), None)
    if area is None or period is None:
        return 0
    told = iter(words("respending"))
    answered = 0
    for _ in range(ROUNDS):
        for ask in multiplier.read(officer.acting_for, area, period).asks:
            payee = payees.find(ask.party.paid.payee_id, of=officer.acting_for)
            asked = multiplier_surveys.ask(payee, area, period.year, email=None, seen=0, by=officer, base_url="").survey
            said = next(told, None)
            if said is None:
                continue
            spending = Spending(**{part: said[part] for part in PARTS})
            if reason := said.get("reason"):
                multiplier_answers.answer_by_officer(
                    payee, area, period.year, spending, reason, seen=asked.version, by=officer
                )
            else:
                multiplier_answers.answer_by_link(asked, spending, seen=asked.version)
            answered += 1
    return answered

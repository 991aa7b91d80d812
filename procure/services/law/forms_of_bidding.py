"""What each form of bidding does for the consortium proposed for a lot, and whether it could be reserved for."""

from dataclasses import dataclass

from ... import rules
from ...models import Lot
from ...rules import Finances, FinanceTest, FormOfBidding
from ..consortia import teams
from ..enterprises.disclosure import interested_in, shares_details
from ..ranking.field import Field
from .supported_employment import Supported, supported_together


@dataclass(frozen=True)
class FormsPage:
    """The best consortium of a lot in every form. tests is empty where the lot sets no turnover."""

    team: teams.Team | None
    asked_pence: int | None
    forms: tuple[FormOfBidding, ...]
    tests: tuple[FinanceTest, ...]
    supported: Supported | None


def forms_page(lot: Lot, field: Field) -> FormsPage:
    """How the proposed consortium fares in each form. Turnover that may not be told stays unknown."""
    found = teams.teams_for(lot)
    team = found[0] if found else None
    asked = max((gate.amount_pence or 0 for gate in lot.gates if gate.kind == "turnover"), default=None)
    tests: list[FinanceTest] = []
    if team is not None and asked is not None:
        tests = rules.try_finances(_finances(lot, team), asked)
    supported = supported_together([one.enterprise for one in team.members], field) if team is not None else None
    return FormsPage(team, asked, rules.forms_of_bidding(), tuple(tests), supported)


def _finances(lot: Lot, team: teams.Team) -> list[Finances]:
    interested = interested_in(lot.organisation_id)
    return [
        Finances(
            member.enterprise.organisation.name,
            member.enterprise.turnover_pence if shares_details(member.enterprise, interested) else None,
            member.is_lead,
        )
        for member in team.members
    ]

"""What each form of bidding does for the consortium proposed for a lot, and whether it could be reserved for."""

from dataclasses import dataclass

from .. import rules
from ..models import Enterprise, Lot
from ..rules import Finances, FinanceTest, FormOfBidding, SupportedShare, Workforce
from . import teams
from .disclosure import interested_in, shares_details
from .field import Field


@dataclass(frozen=True)
class Supported:
    """Section 32 for a consortium: the combined share, whose people are not known, and the fewest to add.

    to_add  None where nobody of the field can help
    """

    share: SupportedShare
    unsaid: tuple[str, ...]
    to_add: tuple[str, ...] | None


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
    supported = _supported(team, field) if team is not None else None
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


def _supported(team: teams.Team, field: Field) -> Supported:
    """A member whose people are not known is left out of the sum, and named."""
    inside = {member.enterprise.organisation_id for member in team.members}
    known, unsaid = {}, []
    for member in team.members:
        people = _workforce(member.enterprise)
        if people is None:
            unsaid.append(member.enterprise.organisation.name)
        else:
            known[member.enterprise.organisation.name] = people
    others = {
        one.name: Workforce(one.workforce, one.supported)
        for one in field.members
        if one.workforce and one.supported is not None and int(one.key) not in inside
    }
    share = rules.supported_share(known, others)
    return Supported(share, tuple(unsaid), rules.fewest_to_reach(known, others))


def _workforce(enterprise: Enterprise) -> Workforce | None:
    if not enterprise.workforce or enterprise.disadvantaged_workforce is None:
        return None
    return Workforce(enterprise.workforce, enterprise.disadvantaged_workforce)

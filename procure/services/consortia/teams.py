"""Who could do a lot together, as its page shows it: needs by members, or why nobody can and who comes nearest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ...extensions import db
from ...models import Decision, Enterprise, Lot, Need, Partner, Proposal
from ...social_value import Comparison
from ..lots import decisions
from ..ranking import proposals
from ..ranking.candidates import enterprises_of, values_beside


@dataclass(frozen=True)
class Row:
    """One need: how much of it each member carries, in the order of the members; pounds of its value."""

    need: Need
    units: tuple[float, ...]


@dataclass(frozen=True)
class Member:
    """One enterprise of a team, and what the others would lack without it."""

    enterprise: Enterprise
    share: float
    is_lead: bool
    if_lost: tuple[str, ...]


@dataclass(frozen=True)
class Team:
    """A proposed consortium as a matrix; one member is a supplier alone.

    subject  id of the proposal that decisions are about: an earlier one of the same members where one was decided
    """

    proposal: Proposal
    subject: int
    members: tuple[Member, ...]
    rows: tuple[Row, ...]
    values: tuple[Comparison, ...]
    decision: Decision | None
    seen: int

    @property
    def name(self) -> str:
        return _listed([member.enterprise.organisation.name for member in self.members])


@dataclass(frozen=True)
class Dead:
    """Why nobody can: the requirements that clash, and the set that comes nearest with what it lacks.

    is_nearest  False where another set might lack less: only the strongest were looked at, or time was up
    """

    certificate: tuple[str, ...]
    nearest: tuple[Member, ...]
    rows: tuple[Row, ...]
    lacks: tuple[str, ...]
    is_proved: bool
    """False where the search ran out of time before it found a set or proved that there is none."""
    is_nearest: bool = True
    able: tuple[str, ...] = ()
    """What everybody registered could do of each need that falls short, in sentences."""


def teams_for(lot: Lot) -> list[Team]:
    """The current consortia, best first."""
    found = proposals.current(lot, "consortium")
    known = enterprises_of({partner.enterprise_id for one in found for partner in one.partners})
    decided = decided_sets(lot)
    return [_team(lot, proposal, known, decided) for proposal in found]


def names_of(made: Sequence[Decision]) -> dict[int, str]:
    """Proposal > what to call the consortium a decision was about: its partners, after the name it gave itself."""
    ids = {one.proposal_id for one in made if one.proposal_id is not None and one.enterprise_id is None}
    owners = {one.organisation_id for one in made}
    found = db.session.scalars(select(Proposal).where(Proposal.organisation_id.in_(owners), Proposal.id.in_(ids))).all()
    known = enterprises_of({partner.enterprise_id for one in found for partner in one.partners}) if found else {}
    return {
        one.id: _called(one, [known[each.enterprise_id].organisation.name for each in one.partners]) for one in found
    }


def _called(proposal: Proposal, partners: Sequence[str]) -> str:
    own = proposal.explanation.get("name")
    return f"{own}: {_listed(partners)}" if own else _listed(partners)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def dead_end(lot: Lot) -> Dead | None:
    """Why no consortium can do it; None where one can, or nothing was proposed yet."""
    found = proposals.current(lot, "none")
    if not found:
        return None
    told = found[0].explanation
    nearest = told.get("nearest") or {"members": [], "lacks": []}
    known = enterprises_of({int(member["id"]) for member in nearest["members"]})
    members = [member for member in nearest["members"] if int(member["id"]) in known]
    return Dead(
        certificate=tuple(say(lot, one) for one in told.get("certificate") or []),
        nearest=tuple(Member(known[int(one["id"])], one["share"], one["lead"], ()) for one in members),
        rows=_rows(lot, [one["units"] for one in members]),
        lacks=tuple(say(lot, one) for one in nearest["lacks"]),
        is_proved=told.get("is_proved", True),
        is_nearest=nearest.get("proved", True),
        able=tuple(_say_able(lot, told.get("able") or {})),
    )


def _say_able(lot: Lot, able: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for need in lot.needs:
        one, unit = able.get(str(need.id)), need.unit or "units"
        if one is None or one["passing_units"] >= need.units:
            continue
        if not one["enterprises"]:
            yield f"{need.name}: nobody registered here says they can do any of it"
            continue
        many = f"{one['enterprises']:,} enterprises together say they"
        who = "one enterprise says it" if one["enterprises"] == 1 else many
        words = f"{need.name}: {who} can do {one['units']:,} {unit}, and {need.units:,} are asked"
        yield words + _say_passing(one, unit)


def _say_passing(able: Mapping[str, int], unit: str) -> str:
    """How many of them meet the conditions that each member must meet; nothing where all do."""
    if able["passing"] == able["enterprises"]:
        return ""
    if not able["passing"]:
        return "; none of them meets what every member must meet"
    verb = "meets" if able["passing"] == 1 else "meet"
    return f"; {able['passing']:,} of them {verb} what every member must meet, with {able['passing_units']:,} {unit}"


def say(lot: Lot, requirement: Mapping[str, Any]) -> str:
    """A requirement of the solver in the words of the lot."""
    kind, subject = requirement["kind"], requirement.get("id")
    if kind == "need":
        return _say_need(lot, str(subject), requirement.get("short"))
    if kind == "turnover":
        amount = max((gate.amount_pence or 0 for gate in lot.gates if gate.kind == "turnover"), default=0)
        who = "together" if lot.form == "joint" else "for one member alone"
        return f"Turnover of £{amount // 100:,} a year {who}"
    if kind == "certificate_each":
        return f"{subject}, held by every member"
    if kind == "certificate_any":
        return f"{subject}, held by at least one member"
    if kind == "max_members":
        return f"At most {proposals.MOST_MEMBERS} members"
    if kind == "capacity_pence":
        return "Together they could not take on this much value"
    return str(requirement.get("message") or kind)


def _say_need(lot: Lot, key: str, short: float | None) -> str:
    need = next((need for need in lot.needs if str(need.id) == key), None)
    if need is None:
        return "A need that the lot no longer has"
    units = f" {need.unit}" if need.unit else ""
    if short:
        return f"{need.name}: {_amount(short)}{units} short"
    return f"{need.name}: {need.units:,}{units}"


def _amount(units: float) -> str:
    return f"{round(units, 2):,}".removesuffix(".0")


def _team(
    lot: Lot, proposal: Proposal, known: Mapping[int, Enterprise], decided: Mapping[frozenset[int], Decision]
) -> Team:
    partners = sorted(proposal.partners, key=lambda one: (-(one.share or 0.0), one.enterprise_id))
    latest = decided.get(_ids(proposal.partners))
    lost = proposal.explanation.get("if_lost") or {}
    by_id = {int(key): requirements for key, requirements in lost.items()}
    return Team(
        proposal=proposal,
        subject=proposal.id if latest is None or latest.proposal_id is None else latest.proposal_id,
        members=tuple(
            Member(
                known[one.enterprise_id],
                one.share or 0.0,
                one.is_lead,
                tuple(say(lot, requirement) for requirement in by_id.get(one.enterprise_id, [])),
            )
            for one in partners
        ),
        rows=_rows(lot, [one.units for one in partners]),
        values=values_beside(lot, [known[one.enterprise_id] for one in partners]),
        decision=latest if latest is not None and latest.action != "undo" else None,
        seen=latest.id if latest is not None else 0,
    )


def _rows(lot: Lot, carried: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    return tuple(Row(need, tuple(float(units.get(str(need.id), 0)) for units in carried)) for need in lot.needs)


def decided_sets(lot: Lot) -> dict[frozenset[int], Decision]:
    """The latest decision about each set of enterprises: a set proposed again keeps what was decided about it."""
    made = [one for one in decisions.history(lot) if one.proposal_id is not None and one.enterprise_id is None]
    about = db.session.scalars(
        select(Proposal).where(
            Proposal.organisation_id == lot.organisation_id, Proposal.id.in_({one.proposal_id for one in made})
        )
    )
    sets = {proposal.id: _ids(proposal.partners) for proposal in about}
    latest: dict[frozenset[int], Decision] = {}
    for decision in made:
        if decision.proposal_id in sets:
            latest.setdefault(sets[decision.proposal_id], decision)
    return latest


def _ids(partners: Sequence[Partner]) -> frozenset[int]:
    return frozenset(partner.enterprise_id for partner in partners)

"""How often this installation's matching was right, by what its officers decided. Sums only: no name leaves here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ...extensions import db
from ...matching import retrospect
from ...matching.accuracy import Bin, calibration, expected_calibration_error
from ...matching.catalogue.weighing import shipped_fingerprint, shipped_scales
from ...matching.retrospect import Answered, Figures
from ...models import Capability, Decision, Enterprise, Lot, Need, Organisation, Partner, Proposal
from ..enterprises.offers import key_of, model_in_force, plain_cpv
from . import accuracy_payees
from .accuracy_payees import PayeeFigures
from .proposals import LIKELY, weights_in_force
from .weights_words import tell_weights

LEAST = 20
"""With fewer decisions than this, figures are chance and no figures are shown."""
TAKEN = frozenset({"shortlist", "invite", "award"})


@dataclass(frozen=True)
class LotFigures:
    """What the ranking of suppliers did.

    decided    standing decisions about enterprises, of every buyer
    by_method  engine, popularity and cpv, on the same lots
    bins, ece  what the kept probabilities said against what officers then decided
    later      lots whose ranking was kept only after the first decision, counted with the others
    otherwise  lots whose ranking was made with other weights than those in force, counted with the others
    won        lots whose winner is known: all that popularity can learn from
    asked      lots that have proposals now
    unlikely   of these, lots for which nobody was called likely: there the engine abstains
    no_team    of these, lots for which no enterprises together would do
    """

    decided: int
    by_method: dict[str, Figures]
    bins: tuple[Bin, ...]
    ece: float | None
    later: int
    otherwise: int
    won: int
    asked: int
    unlikely: int
    no_team: int

    @property
    def is_enough(self) -> bool:
        return self.decided >= LEAST and self.by_method["engine"].lots > 0


@dataclass(frozen=True)
class RankingInForce:
    """What orders enterprises now, so that a figure can be put beside the ranking it is about.

    fitted_on    what the weights were fitted on, in words
    fingerprint  SHA-256 of the weights
    meaning      SHA-256 of the model of meaning; None where none is installed
    """

    fitted_on: str
    fingerprint: str
    meaning: str | None


@dataclass(frozen=True)
class Accuracy:
    ranking: RankingInForce
    lots: LotFigures
    payees: PayeeFigures


@dataclass(frozen=True)
class _Run:
    """One ranking of a lot as it was kept."""

    made_at: datetime
    weights: str | None
    ranked: tuple[tuple[int, float | None], ...]


_kept: dict[str, tuple[tuple[int, ...], Accuracy]] = {}


def measure() -> Accuracy:
    """Everything as it stands; worked out again only when something was decided or proposed since."""
    standing = tuple(
        db.session.execute(
            select(
                select(func.coalesce(func.max(Decision.id), 0)).scalar_subquery(),
                select(func.coalesce(func.max(Proposal.id), 0)).scalar_subquery(),
            )
        ).one()
    )
    mark = (*standing, *accuracy_payees.mark())
    found = _kept.get(str(db.engine.url))
    if found is None or found[0] != mark:
        found = mark, Accuracy(_ranking_in_force(), _lots(), accuracy_payees.measure(LEAST))
        _kept[str(db.engine.url)] = found
    return found[1]


def _ranking_in_force() -> RankingInForce:
    model = model_in_force()
    return RankingInForce(
        tell_weights(shipped_scales().version), shipped_fingerprint(), model.fingerprint if model else None
    )


def _lots() -> LotFigures:
    runs, first, verdicts, awarded = _runs(), _first_decisions(), _verdicts(), _awarded()
    shown = {lot: _shown_at(runs[lot], day) for lot, day in first.items() if lot in runs}
    offered, wanted = _codes_offered(), _codes_wanted(shown)
    answered = [
        Answered(
            on=first[lot],
            ranking=tuple(key_of(enterprise) for enterprise, _ in run.ranked),
            by_code=retrospect.by_code(wanted.get(lot, ()), offered),
            right=frozenset(key_of(one) for one in taken | awarded.get(lot, set())),
            awarded=frozenset(key_of(one) for one in awarded.get(lot, set())),
        )
        for lot, run in shown.items()
        if (taken := {one for one, action in verdicts[lot].items() if action in TAKEN}) or awarded.get(lot)
    ]
    pairs = [
        (probability, verdicts[lot][enterprise] in TAKEN or enterprise in awarded.get(lot, ()))
        for lot, run in shown.items()
        for enterprise, probability in run.ranked
        if enterprise in verdicts[lot] and probability is not None
    ]
    said, was = [one for one, _ in pairs], [one for _, one in pairs]
    asked, unlikely, no_team = _abstentions()
    return LotFigures(
        decided=sum(map(len, verdicts.values())),
        by_method=retrospect.compare(answered, list(offered)),
        bins=tuple(calibration(said, was)),
        ece=expected_calibration_error(said, was),
        later=sum(shown[lot].made_at > first[lot] for lot in shown),
        otherwise=sum(run.weights != weights_in_force() for run in shown.values()),
        won=len(awarded),
        asked=asked,
        unlikely=unlikely,
        no_team=no_team,
    )


def _runs() -> dict[int, list[_Run]]:
    """Lot > its kept rankings, oldest first. A ranking begins at rank 1, and its rows were written together."""
    rows = db.session.execute(
        select(
            Proposal.lot_id,
            Proposal.rank,
            Proposal.created_at,
            Proposal.made_with,
            Partner.enterprise_id,
            Partner.probability,
        )
        .join(Partner, Partner.proposal_id == Proposal.id)
        .where(Proposal.kind == "supplier")
        .order_by(Proposal.lot_id, Proposal.id)
    )
    gathered: dict[int, list[tuple[datetime, str | None, list[tuple[int, float | None]]]]] = defaultdict(list)
    for lot, rank, made_at, made_with, enterprise, probability in rows:
        if rank == 1 or not gathered[lot]:
            gathered[lot].append((made_at, made_with.get("weights"), []))
        gathered[lot][-1][-1].append((enterprise, probability))
    return {lot: [_Run(at, weights, tuple(ranked)) for at, weights, ranked in runs] for lot, runs in gathered.items()}


def _shown_at(runs: Sequence[_Run], day: datetime) -> _Run:
    """What an officer had before them; where nothing was kept then, the first ranking that was.

    A ranking knows profiles and never decisions, so a later one has not learned of the answer.
    """
    return next((run for run in reversed(runs) if run.made_at <= day), runs[0])


def _first_decisions() -> dict[int, datetime]:
    rows = db.session.execute(select(Decision.lot_id, func.min(Decision.decided_at)).group_by(Decision.lot_id))
    return {lot: day for lot, day in rows}


def _verdicts() -> dict[int, dict[int, str]]:
    """Lot > enterprise > the action that stands; one that was undone does not."""
    rows = db.session.execute(select(Decision.lot_id, Decision.enterprise_id, Decision.action).order_by(Decision.id))
    latest: dict[int, dict[int, str]] = defaultdict(dict)
    for lot, enterprise, action in rows:
        if enterprise is None:
            continue
        latest[lot].pop(enterprise, None)
        if action != "undo":
            latest[lot][enterprise] = action
    return latest


def _awarded() -> dict[int, set[int]]:
    """Lot > who won it, alone or as a partner of the consortium that did."""
    rows = db.session.execute(
        select(Decision.lot_id, func.coalesce(Decision.enterprise_id, Partner.enterprise_id))
        .outerjoin(Partner, Partner.proposal_id == Decision.proposal_id)
        .join(Lot, Lot.id == Decision.lot_id)
        .where(Decision.action == "award", Lot.state == "awarded")
    )
    winners: dict[int, set[int]] = defaultdict(set)
    for lot, enterprise in rows:
        if enterprise is not None:
            winners[lot].add(enterprise)
    return winners


def _codes_offered() -> dict[str, set[str]]:
    """Every enterprise that is not suspended > the CPV codes it states."""
    rows = db.session.execute(
        select(Enterprise.organisation_id, Capability.cpv)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .outerjoin(Capability, Capability.organisation_id == Enterprise.organisation_id)
        .where(Organisation.suspended_at.is_(None))
    )
    found: dict[str, set[str]] = {}
    for enterprise, written in rows:
        codes = found.setdefault(key_of(enterprise), set())
        if code := plain_cpv(written):
            codes.add(code)
    return found


def _codes_wanted(lots: Iterable[int]) -> dict[int, set[str]]:
    asked = set(lots)
    found: dict[int, set[str]] = defaultdict(set)
    for query in (select(Lot.id, Lot.cpv), select(Need.lot_id, Need.cpv)):
        for lot, written in db.session.execute(query):
            if lot in asked and (code := plain_cpv(written)):
                found[lot].add(code)
    return found


def _abstentions() -> tuple[int, int, int]:
    """Lots that have current proposals; those where nobody is likely; those where no set of enterprises would do."""
    rows = db.session.execute(
        select(Proposal.lot_id, Proposal.kind, func.max(Partner.probability))
        .outerjoin(Partner, Partner.proposal_id == Proposal.id)
        .where(Proposal.is_current)
        .group_by(Proposal.lot_id, Proposal.kind)
    ).all()
    asked = {lot for lot, _, _ in rows}
    likely = {lot for lot, kind, best in rows if kind == "supplier" and (best or 0) >= LIKELY}
    return len(asked), len(asked - likely), len({lot for lot, kind, _ in rows if kind == "none"})

"""Which open lots fit an enterprise, why, and what is missing.

Lots are ranked with the same Catalogue of all enterprises that a buyer's proposals use, so both sides of a pair read
the same probability. The catalogue is kept in the process and follows changed profiles one by one. A lot's answer is
kept until the lot changes or an enterprise that asks has changed since; other people's changes move it by hardly
anything. A lot that shares no kind of work and no telling word with an enterprise is not weighed for its list.
"""

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ...extensions import db
from ...matching.catalogue import Catalogue, Match, Signal
from ...matching.catalogue import Need as SoughtNeed
from ...matching.words import stems
from ...models import Enterprise, Interest, Lot, Need, Organisation, now
from ...models.tenders import VISIBLE_STATES
from ...rules import GateResult
from ..enterprises import offers
from ..errors import NotFoundError
from ..lots import decisions, gates, interests

TAKING_INTEREST = frozenset({"open", "invited"})
Version = tuple[int, datetime]
FITS_IN_WORDS_FROM = 0.5
"""A lot fits an enterprise that could do a part of it, or whose words agree with it from this probability on."""
FIT_WORDS = ((0.75, "Strong fit"), (FITS_IN_WORDS_FROM, "Good fit"), (0.2, "Possible fit"), (0.0, "Weak fit"))


@dataclass(frozen=True)
class Covering:
    """One need of a lot, and how many of its units an enterprise could carry."""

    need: Need
    units: int

    @property
    def is_whole(self) -> bool:
        return self.units >= self.need.units

    @property
    def words(self) -> str:
        unit = self.need.unit or "units"
        return f"{self.need.name}: {min(self.units, self.need.units):,} of {self.need.units:,} {unit}"


@dataclass(frozen=True)
class LotMatch:
    """One lot as it concerns one enterprise."""

    lot: Lot
    probability: float
    signals: tuple[Signal, ...]
    missing: tuple[str, ...]
    gates: tuple[GateResult, ...]
    covers: tuple[Covering, ...]
    is_within_capacity: bool
    interest: Interest | None
    is_invited: bool

    @property
    def fit(self) -> str:
        """The probability in words."""
        return fit_words(self.probability)

    @property
    def fit_told(self) -> str:
        """The same for a message: a lot is told of for what one can do, also where its words hardly agree."""
        if self.is_able and self.probability < FITS_IN_WORDS_FROM:
            return f"{self.fit} by its words, but you say you can do {'all' if self.is_alone else 'a part'} of it"
        return self.fit

    @property
    def reasons(self) -> tuple[Signal, ...]:
        """What speaks for it, strongest first."""
        return tuple(signal for signal in self.signals if signal.weight > 0)

    @property
    def against(self) -> tuple[str, ...]:
        """What speaks against it or is not known, in sentences to the enterprise."""
        return (*(signal.to_supplier for signal in self.signals if signal.weight <= 0), *self.missing)

    @property
    def gates_open(self) -> tuple[GateResult, ...]:
        """Gates that still stand in the way, or of which we know nothing."""
        return tuple(answer for answer in self.gates if answer.state != "met")

    @property
    def uncovered(self) -> tuple[Covering, ...]:
        return tuple(one for one in self.covers if not one.is_whole)

    @property
    def is_alone(self) -> bool:
        """Whether the enterprise could do all of it by itself, gates aside."""
        return self.is_within_capacity and not self.uncovered

    @property
    def is_able(self) -> bool:
        """Whether it could do at least a part."""
        return any(one.units for one in self.covers)

    @property
    def answer(self) -> str:
        """What the enterprise answered: interested, saved, not_for_us, or nothing."""
        return self.interest.state if self.interest else ""

    @property
    def fits(self) -> bool:
        """Whether it belongs among the lots for this enterprise."""
        if self.is_invited or self.answer in ("interested", "saved"):
            return True
        return is_fitting(self.probability, self.is_able)


@dataclass
class _Shelf:
    """One catalogue, the version of each profile in it, and what it answered so far.

    answers  (kind, lot or need, version of the lot) > the versions it was answered for, and enterprise > match
    """

    catalogue: Catalogue = field(default_factory=lambda: offers.catalogue_of(()))
    versions: dict[int, Version] = field(default_factory=dict)
    answers: dict[tuple[str, int, int], tuple[dict[int, Version], dict[int, Match]]] = field(default_factory=dict)

    def follow(self) -> None:
        """Take in every profile that is new or changed, and forget those that are gone."""
        rows = db.session.execute(
            select(Enterprise.organisation_id, Enterprise.version, Enterprise.updated_at)
            .join(Organisation, Organisation.id == Enterprise.organisation_id)
            .where(Organisation.suspended_at.is_(None))
        )
        current = {row[0]: (row[1], row[2]) for row in rows}
        if current == self.versions:
            return
        for gone in self.versions.keys() - current.keys():
            self.catalogue.remove(offers.key_of(gone))
        for enterprise in offers.enterprises_on_offer():
            if self.versions.get(enterprise.organisation_id) != current.get(enterprise.organisation_id):
                self.catalogue.put(offers.offer_of(enterprise))
        self.versions = current

    def answer(self, key: tuple[str, int, int], sought: SoughtNeed, asking: Collection[int]) -> dict[int, Match]:
        versions, found = self.answers.get(key, ({}, {}))
        if not versions or any(versions.get(one) != self.versions.get(one) for one in asking):
            ranked = self.catalogue.rank(sought, top=len(self.catalogue))
            found = {int(match.key): match for match in ranked}
            self.answers[key] = self.versions, found
        return found


_shelves: dict[str, _Shelf] = {}
_one_at_a_time = threading.Lock()


def is_fitting(probability: float, is_able: bool) -> bool:
    """The one rule of what fits. is_able: whether the enterprise could do at least a part of the lot."""
    return is_able or probability >= FITS_IN_WORDS_FROM


def fit_words(probability: float) -> str:
    return next(words for least, words in FIT_WORDS if probability >= least)


def matches_for(enterprise: Enterprise) -> list[LotMatch]:
    """Every lot open now, best fit first; ties by deadline, then by age."""
    lots = open_lots()
    found = _tell(lots, enterprise, weighed=[lot for lot in lots if may_meet(lot, enterprise)])
    return sorted(found, key=lambda one: (-one.probability, one.lot.deadline_on or date.max, one.lot.id))


def match_for(lot: Lot, enterprise: Enterprise) -> LotMatch:
    """One lot as it concerns one enterprise."""
    return _tell([lot], enterprise, weighed=[lot])[0]


def _tell(lots: Sequence[Lot], enterprise: Enterprise, *, weighed: Sequence[Lot]) -> list[LotMatch]:
    answered = interests.answers_of(enterprise.organisation_id)
    invited = {decision.lot_id for decision in decisions.invitations_to(enterprise.organisation_id)}
    ranked = ranked_for(weighed, [enterprise.organisation_id])
    today = now().date()
    found = []
    for lot in lots:
        match = ranked.get(lot.id, {}).get(enterprise.organisation_id)
        pounds = offers.pounds_for_term(enterprise, lot)
        found.append(
            LotMatch(
                lot=lot,
                probability=match.probability if match else 0.0,
                signals=match.signals if match else (),
                missing=match.to_supplier if match else (),
                gates=gates.check_gates(lot.gates, enterprise, is_shared=True, on=today),
                covers=tuple(Covering(need, offers.units_for(need, enterprise)) for need in lot.needs),
                is_within_capacity=pounds is None or lot.value_pence is None or pounds >= lot.value_pence,
                interest=answered.get(lot.id),
                is_invited=lot.id in invited,
            )
        )
    return found


def open_lots() -> list[Lot]:
    """Lots that still take interest today, oldest first."""
    parts = (selectinload(Lot.needs), selectinload(Lot.gates), selectinload(Lot.asks))
    return list(db.session.scalars(select_open().options(*parts)))


def select_open() -> Select[Lot]:
    """The same lots, for a list that is searched and paged."""
    return _visible().where(still_taking_interest()).order_by(Lot.id)


def find_lot(lot_id: int) -> Lot:
    """A lot that enterprises may see: drafts and withdrawn lots are nobody's but the buyer's.

    errors  NotFoundError
    """
    found = db.session.scalars(_visible().where(Lot.id == lot_id).options(joinedload(Lot.needs)))
    lot = found.unique().one_or_none()
    if lot is None:
        raise NotFoundError
    return lot


def still_taking_interest() -> ColumnElement[bool]:
    """Lots of which `takes_interest` is true, for a query."""
    return and_(Lot.state.in_(TAKING_INTEREST), or_(Lot.deadline_on.is_(None), Lot.deadline_on >= now().date()))


def takes_interest(lot: Lot) -> bool:
    """Whether an enterprise may still answer; the whole of the last day counts."""
    return lot.state in TAKING_INTEREST and (lot.deadline_on is None or lot.deadline_on >= now().date())


def _visible() -> Select[Lot]:
    return (
        select(Lot)
        .join(Organisation, Organisation.id == Lot.organisation_id)
        .where(Lot.state.in_(VISIBLE_STATES), Organisation.suspended_at.is_(None))
        .options(contains_eager(Lot.organisation))
    )


def ranked_for(lots: Iterable[Lot], asking: Collection[int]) -> dict[int, dict[int, Match]]:
    """Lot > enterprise > match; an enterprise that shares nothing with a lot is absent.

    asking  the enterprises whose match must be of their profile as it is now
    """
    with _one_at_a_time:
        shelf = _shelf()
        return {lot.id: shelf.answer(("lot", lot.id, lot.version), offers.sought(lot), asking) for lot in lots}


def ranked_for_needs(lot: Lot) -> dict[int, dict[int, Match]]:
    """Need > enterprise > match, for the parts of one lot."""
    with _one_at_a_time:
        shelf = _shelf()
        return {
            need.id: shelf.answer(("need", need.id, lot.version), offers.sought_part(need, lot), shelf.versions)
            for need in lot.needs
        }


def _shelf() -> _Shelf:
    """The catalogue of this database as it is now."""
    shelf = _shelves.setdefault(str(db.engine.url), _Shelf())
    shelf.follow()
    return shelf


def may_meet(lot: Lot, enterprise: Enterprise) -> bool:
    """Whether a lot is worth weighing for an enterprise: they share a CPV division, a word of title or needs,
    or, with a model, a meaning."""
    codes = [lot.cpv, *(need.cpv for need in lot.needs)]
    divisions = {code[:2] for code in codes if code} & {one.cpv[:2] for one in enterprise.capabilities if one.cpv}
    if divisions:
        return True
    asked = stems(" ".join([lot.title, *(need.name for need in lot.needs)]))
    said = stems(" ".join([enterprise.summary, *(one.statement for one in enterprise.capabilities)]))
    return not set(asked).isdisjoint(said) or offers.means_alike(lot, enterprise)

"""First rounds of LM3 kept ready: worked out with an anchor's sums, and read party by party as pages ask."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Select, insert, select

from ...extensions import db
from ...models import Payee, SpendParty, SpendRound
from ...spend import Recipient
from ...spend.exclusions import TRANSFERS
from ...spend.first_round import HIDDEN, Payer, Received, Round, Rounds
from ...spend.kinds import PERSON, PUBLIC, Kind
from ...spend.private_names import ALREADY_HIDDEN, reason_to_redact
from ..payees import payee_suppliers
from . import spend_rules
from .spend_periods import Period
from .spend_rows import Gathered

AT_ONCE = 500
PARTIES = SpendParty.metadata.tables[SpendParty.__tablename__]
"""Written to past the mapping: there are hundreds of thousands of rows."""


@dataclass(frozen=True)
class PaidParty:
    """A payee under all its names, what it was paid, and what of it surely and perhaps besides reached the area.

    name  as the organisation it is linked to calls itself, else as the ledger has it
    """

    payee_id: int
    name: str
    in_ledger: str
    is_person: bool
    pence: int
    received: int
    doubtful: int

    @property
    def spelling(self) -> str:
        """How the ledger has its name, where that is another; else ""."""
        return payee_suppliers.other_spelling(self.name, self.in_ledger)

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.name, self.received, None, self.doubtful)


@dataclass(frozen=True)
class Whole:
    """The sums of a first round."""

    parties: int
    suppliers: int
    pence: int
    persons_pence: int
    received: int
    doubtful: int
    left_out: Mapping[str, tuple[int, int]]


class Parties(Protocol):
    """The payees of a first round, wherever they come from."""

    def of(self, payee_ids: Collection[int]) -> list[PaidParty]:
        """Those of these payees that are part of it, by id."""

    def asked(self, first: int, most: int) -> list[PaidParty]:
        """So many suppliers in the order in which they are asked, from a place that counts from 1."""

    def named(self, words: str) -> list[PaidParty]:
        """Every supplier whose name holds the words, its own or the ledger's, in that order."""


def prepare(of: int, gathered: Gathered) -> Rounds:
    """Everything that rounds ask of the database."""
    rules = spend_rules.in_force(of)
    found = select(Payee.id, Payee.name).where(Payee.organisation_id == of)
    names = {str(number): name for number, name in db.session.execute(found)}
    heads, categories = gathered.rows.cuts["supplier"], gathered.rows.cuts["category"]
    never = {head: _never(names[head], gathered.kinds[int(head)]) for head in heads.values}
    out = {
        (heads.values[head], categories.values[category]): never[heads.values[head]]
        or rules.rule_for(gathered.kinds[int(heads.values[head])].group, categories.values[category])
        for head, category in set(zip(heads.at, categories.at, strict=True))
    }
    persons = frozenset(head for head in heads.values if gathered.kinds[int(head)].group == PERSON)
    return Rounds(gathered.rows, heads, Payer(names, persons, out))


def _never(name: str, kind: Kind) -> str:
    """Why nothing paid to a payee can be part of the first round; "" where it can."""
    if reason_to_redact(name) == ALREADY_HIDDEN:
        return HIDDEN
    return TRANSFERS if kind.group == PUBLIC else ""


def work_out(rounds: Rounds, sides: Sequence[int], periods: Sequence[Period]) -> dict[str, Round]:
    """The first round of each period, by its code."""
    return {period.code: rounds.of(sides, period.first, period.last) for period in periods}


def whole_of(found: Round) -> Whole:
    return Whole(
        len(found.parties),
        found.suppliers,
        sum(one.pence for one in found.parties),
        sum(one.pence for one in found.parties if one.is_person),
        sum(one.received for one in found.parties),
        sum(one.doubtful for one in found.parties),
        found.left_out,
    )


@dataclass(frozen=True)
class InMemory:
    """A first round just worked out."""

    organisation_id: int
    round: Round

    def of(self, payee_ids: Collection[int]) -> list[PaidParty]:
        wanted = set(payee_ids)
        found = [one for one in self.round.parties if one.payee_id in wanted]
        return self._with_names(sorted(found, key=lambda one: one.payee_id))

    def asked(self, first: int, most: int) -> list[PaidParty]:
        return self._with_names(self.round.parties[: self.round.suppliers][first - 1 : first - 1 + most])

    def named(self, words: str) -> list[PaidParty]:
        wanted = words.casefold()
        return [one for one in self.asked(1, self.round.suppliers) if _holds(wanted, one.name, one.in_ledger)]

    def _with_names(self, found: Sequence[Received]) -> list[PaidParty]:
        told = payee_suppliers.names_of(self.organisation_id, [one.payee_id for one in found])
        names = [told[one.payee_id] for one in found]
        return [
            PaidParty(one.payee_id, called.name, called.in_ledger, *one[1:])
            for one, called in zip(found, names, strict=True)
        ]


@dataclass(frozen=True)
class Stored:
    """A first round as the job left it."""

    organisation_id: int
    round_id: int

    def of(self, payee_ids: Collection[int]) -> list[PaidParty]:
        wanted, found = sorted(payee_ids), []
        for start in range(0, len(wanted), AT_ONCE):
            part = SpendParty.payee_id.in_(wanted[start : start + AT_ONCE])
            found += self._read(self._mine().where(part).order_by(SpendParty.payee_id))
        return found

    def asked(self, first: int, most: int) -> list[PaidParty]:
        places = SpendParty.place.between(first, first + most - 1)
        return self._read(self._mine().where(places).order_by(SpendParty.place))

    def named(self, words: str) -> list[PaidParty]:
        every = self._mine().where(SpendParty.place.is_not(None)).order_by(SpendParty.place)
        wanted = words.casefold()
        return [PaidParty(*row) for row in db.session.execute(every) if _holds(wanted, *row[1:3])]

    def _mine(self) -> Select[*tuple[Any, ...]]:
        return (
            select(
                SpendParty.payee_id, payee_suppliers.own_name(), Payee.name, SpendParty.is_person, SpendParty.pence,
                SpendParty.received_pence, SpendParty.doubtful_pence,
            )
            .join(Payee, Payee.id == SpendParty.payee_id)
            .where(
                SpendParty.organisation_id == self.organisation_id,
                SpendParty.round_id == self.round_id,
                Payee.organisation_id == self.organisation_id,
            )
        )  # fmt: skip

    def _read(self, query: Select[*tuple[Any, ...]]) -> list[PaidParty]:
        return [PaidParty(*row) for row in db.session.execute(query)]


def _holds(wanted: str, name: str, in_ledger: str) -> bool:
    return wanted in name.casefold() or wanted in in_ledger.casefold()


@dataclass(frozen=True)
class Kept:
    """A first round that a job left: its sums, its parties, and when it was worked out, where that is not today."""

    whole: Whole
    parties: Parties
    as_of: datetime | None = None


def find(of: int, sums_id: int, period: str, as_of: datetime | None) -> Kept | None:
    """What a job kept of a period; None where it kept nothing of it."""
    row = db.session.scalar(
        select(SpendRound).where(
            SpendRound.organisation_id == of, SpendRound.sums_id == sums_id, SpendRound.period == period
        )
    )
    if row is None:
        return None
    left_out = {code: (int(pence), int(payees)) for code, (pence, payees) in row.left_out.items()}
    sums = (row.pence, row.persons_pence, row.received_pence, row.doubtful_pence)
    return Kept(Whole(row.parties, row.suppliers, *sums, left_out), Stored(of, row.id), as_of)


def keep(of: int, sums_id: int, found: Mapping[str, Round]) -> None:
    """Keep the first round of each period."""
    for period, one in found.items():
        whole = whole_of(one)
        kept = SpendRound(
            organisation_id=of,
            sums_id=sums_id,
            period=period,
            parties=whole.parties,
            pence=whole.pence,
            persons_pence=whole.persons_pence,
            received_pence=whole.received,
            doubtful_pence=whole.doubtful,
            left_out={code: list(told) for code, told in whole.left_out.items()},
            suppliers=whole.suppliers,
        )
        db.session.add(kept)
        db.session.flush()
        rows = [
            {
                "organisation_id": of,
                "round_id": kept.id,
                "payee_id": party.payee_id,
                "place": place if place <= one.suppliers else None,
                "is_person": party.is_person,
                "pence": party.pence,
                "received_pence": party.received,
                "doubtful_pence": party.doubtful,
            }
            for place, party in enumerate(one.parties, start=1)
        ]
        if rows:
            db.session.execute(insert(PARTIES), rows)

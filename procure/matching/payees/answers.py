"""What is asked of the reconciler and what it answers."""

from dataclasses import dataclass
from typing import Literal

Decision = Literal["accept", "review", "none"]
PayeeKind = Literal["person", "public_body", "organisation"]


@dataclass(frozen=True, slots=True)
class Query:
    """A payee as a ledger names it, with what else the ledger knows.

    numbers      registration, VAT or charity numbers, each with its scheme in front: "company:01234567"
    supplier_id  the publisher's own number for the payee; says something only among the queries of one publisher
    """

    name: str
    postcode: str | None = None
    numbers: tuple[str, ...] = ()
    supplier_id: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One registered name; an organisation may have several rows.

    kind     what the register calls it, such as "company", "charity", "person"; free text
    numbers  as in `Query`
    """

    entity: str
    name: str
    previous_names: tuple[str, ...] = ()
    postcode: str | None = None
    kind: str | None = None
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for or against a link; weight in log-odds, below zero speaks against it."""

    name: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that may be the payee, the name by which it was found, and the probability that it is the one."""

    entity: str
    name: str
    probability: float
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Identification:
    """The answer for one query: candidates best first, what to do, and why in a sentence.

    kind  what the written name speaks of, whether or not anybody registered is found
    """

    query: str
    candidates: tuple[Candidate, ...]
    decision: Decision
    reason: str
    kind: PayeeKind = "organisation"

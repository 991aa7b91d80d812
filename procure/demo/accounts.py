"""Payees as one anchor's finance system knows them: a supplier number, a few spellings, and how often each is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from .actors import Enterprise
from .payees import SPELLING_WEIGHTS, Payee, registered_payees, spellings, unregistered_payees
from .rivals import rival_payees
from .words import words

KNOWN_REGISTERED, KNOWN_NEAR, KNOWN_FAR = 85, 60, 230
"""How many payees of each sort one anchor deals with."""


@dataclass(frozen=True)
class Account:
    """A payee, its supplier number, its spellings with the usual one first, and the departments that buy from it."""

    payee: Payee
    number: str
    spellings: tuple[str, ...]
    departments: tuple[str, ...]

    def written(self, rng: Random) -> str:
        """The name as it happens to be written this time."""
        return rng.choices(self.spellings, weights=SPELLING_WEIGHTS[: len(self.spellings)])[0]


@dataclass(frozen=True)
class Group:
    """Accounts of one sort. A few are paid often, most seldom."""

    accounts: Sequence[Account]
    cumulative: Sequence[float]

    def pick(self, rng: Random) -> Account:
        """One of them, the often-paid more likely."""
        return rng.choices(self.accounts, cum_weights=self.cumulative)[0]


@dataclass(frozen=True)
class Accounts:
    """All accounts of an anchor.

    registered  enterprises of the place
    near        other firms of the place
    rivals      firms elsewhere that sell what enterprises of the place sell
    far         other firms elsewhere
    """

    registered: Group
    near: Group
    rivals: Group
    far: Group


def open_accounts(
    seed: int, rng: Random, anchor: str, habits: dict[str, Any], known: tuple[Enterprise, ...]
) -> Accounts:
    """The accounts of an anchor, drawn from the enterprises of the place and the firms that are not on the register."""
    registered = registered_payees(known)
    others = unregistered_payees(seed, anchor)
    near = [payee for payee in others if payee.is_near]
    far = [payee for payee in others if not payee.is_near]

    def group(payees: Sequence[Payee], how_many: int) -> Group:
        chosen = rng.sample(list(payees), min(how_many, len(payees)))
        accounts = [_account(rng, payee, anchor, habits) for payee in chosen]
        weights = [1 / (rank + 4) ** 0.8 for rank in range(len(accounts))]
        return Group(accounts, list(accumulate(weights)))

    rivals = rival_payees(seed, anchor)
    return Accounts(
        registered=group(registered, KNOWN_REGISTERED),
        near=group(near, KNOWN_NEAR),
        rivals=group(rivals, len(rivals)),
        far=group(far, KNOWN_FAR),
    )


def _account(rng: Random, payee: Payee, anchor: str, habits: dict[str, Any]) -> Account:
    written = spellings(rng, payee, longest=habits["longest_name"], upper=habits["upper"])
    return Account(payee, f"{rng.randint(100_000, 999_999)}", written, _departments(payee.category, anchor))


def _departments(category: str, anchor: str) -> tuple[str, ...]:
    """Those that buy things of the category. ValueError where none does: departments.json has a gap then."""
    buying = tuple(name for name, bought in words("departments")[anchor].items() if category in bought)
    if not buying:
        raise ValueError(f"no department of the {anchor} buys {category!r}")
    return buying

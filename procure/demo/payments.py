"""Twenty thousand payments for each anchor, with the mess of real ledgers."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from .accounts import Account, Accounts, Group, open_accounts
from .actors import Enterprise
from .ledgers import Ledger, Payment
from .words import draw, words

MONTHS = tuple(date(2025 + m // 12, m % 12 + 1, 1) for m in range(3, 22))
"""April 2025 to October 2026. The last month is not loaded: it is there for people to upload by hand."""

PAYMENTS_A_MONTH = 1_108
MONTHS_IN_A_LEDGER = {"hospital": 1, "council": 3, "university": 3}
REGISTERED, NEAR, RIVALS = 0.2, 0.11, 0.07
"""The part of the payments that goes to registered enterprises, to other firms of the place, and to firms elsewhere
that sell what those enterprises sell, in the first month."""

CREDIT, DUPLICATE, ODD_POSTCODE, SAME_INVOICE = 0.025, 0.004, 0.06, 0.08
VAT_PERCENT = 20
MANY = 0.75
"""Spread of the sizes of payments to one payee, as the sigma of a lognormal."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A payment before the sums of those elsewhere are scaled to the share the anchor is meant to have."""

    paid_on: date
    account: Account
    name: str
    pounds: float
    department: str
    description: str
    transaction_number: str
    redaction: str | None


def demo_ledgers(seed: int, anchor: str, enterprises: tuple[Enterprise, ...]) -> tuple[tuple[Ledger, ...], Ledger]:
    """The ledgers of an anchor, oldest first, and the latest month, which nobody has uploaded yet."""
    rng = draw(seed, f"payments {anchor}")
    habits = words("spend")[anchor]
    accounts = open_accounts(seed, rng, anchor, habits, enterprises)
    drafts = [_drafts(rng, month, anchor, habits, accounts) for month in range(len(MONTHS))]
    scale = _scale(drafts, habits["local_share"])
    months = [tuple(_payments(rng, month, habits, scale)) for month in drafts]
    step = MONTHS_IN_A_LEDGER[anchor]
    loaded = tuple(_ledger(anchor, months, at, step) for at in range(0, len(MONTHS) - 1, step))
    return loaded, _ledger(anchor, months, len(MONTHS) - 1, 1)


def _drafts(rng: Random, month: int, anchor: str, habits: dict[str, Any], accounts: Accounts) -> list[_Draft]:
    """One month in the order of its days. Money drifts towards the place as the months go by."""
    first = MONTHS[month]
    days = monthrange(first.year, first.month)[1]
    drift = 1 + habits["growth"] * month / len(MONTHS)
    drafts: list[_Draft] = []
    dates = sorted(
        first + timedelta(days=rng.randrange(days)) for _ in range(round(PAYMENTS_A_MONTH * rng.uniform(0.93, 1.07)))
    )
    for number, paid_on in enumerate(dates):
        chance = rng.random() / drift
        account = _group(accounts, chance).pick(rng)
        transaction = _transaction_number(anchor, month * 10_000 + number)
        if drafts and rng.random() < SAME_INVOICE:
            account, transaction = drafts[-1].account, drafts[-1].transaction_number
        drafts.append(_draft(rng, paid_on, account, transaction, habits))
    return drafts


def _group(accounts: Accounts, chance: float) -> Group:
    if chance < REGISTERED:
        return accounts.registered
    if chance < REGISTERED + NEAR:
        return accounts.near
    return accounts.rivals if chance < REGISTERED + NEAR + RIVALS else accounts.far


def _draft(rng: Random, paid_on: date, account: Account, transaction: str, habits: dict[str, Any]) -> _Draft:
    pounds = account.payee.pounds * rng.lognormvariate(0, MANY)
    if rng.random() < CREDIT:
        pounds = -pounds * rng.uniform(0.1, 0.9)
    is_redacted = account.payee.enterprise is None and rng.random() < habits["redacted"]
    return _Draft(
        paid_on=paid_on,
        account=account,
        name=account.written(rng),
        pounds=pounds,
        department=rng.choice(account.departments),
        description=rng.choice(account.payee.texts),
        transaction_number=transaction,
        redaction=rng.choice(habits["redaction"]) if is_redacted else None,
    )


def _transaction_number(anchor: str, number: int) -> str:
    if anchor == "hospital":
        return f"{4_100_000 + number}"
    return f"5105{number:06}" if anchor == "council" else f"INV-{number:06}"


def _scale(months: list[list[_Draft]], local_share: float) -> float:
    """What to multiply payments elsewhere by, so that the place's part of all money comes out as meant."""
    near = sum(d.pounds for month in months for d in month if d.account.payee.is_near)
    far = sum(d.pounds for month in months for d in month if not d.account.payee.is_near)
    return near * (1 - local_share) / local_share / far


def _payments(rng: Random, drafts: list[_Draft], habits: dict[str, Any], scale: float) -> Iterator[Payment]:
    for draft in drafts:
        payment = _payment(rng, draft, habits, 1.0 if draft.account.payee.is_near else scale)
        yield payment
        if rng.random() < DUPLICATE:
            yield payment


def _payment(rng: Random, draft: _Draft, habits: dict[str, Any], scale: float) -> Payment:
    payee = draft.account.payee
    pence = round(draft.pounds * scale * 100)
    net = round(pence / 100) * 100 if rng.random() < 0.25 else pence
    net = net or 100
    vat = round(net * VAT_PERCENT / 100) if payee.has_vat else 0
    is_redacted = draft.redaction is not None
    return Payment(
        paid_on=draft.paid_on,
        payee=draft.redaction or draft.name,
        postcode=None if is_redacted else _written_postcode(rng, payee.postcode, habits["missing_postcode"]),
        supplier_number="" if is_redacted else draft.account.number,
        net_pence=net,
        vat_pence=vat,
        gross_pence=net + vat,
        category=payee.category,
        department=draft.department,
        description=draft.description,
        transaction_number=draft.transaction_number,
        truth=payee.enterprise,
        true_payee=None if is_redacted else payee.key,
        true_postcode=None if is_redacted else payee.postcode,
    )


def _written_postcode(rng: Random, postcode: str, missing: float) -> str | None:
    """Often nothing; sometimes without its space, in small letters, or the district alone."""
    if rng.random() < missing:
        return None
    if rng.random() < ODD_POSTCODE:
        return rng.choice((postcode.replace(" ", ""), postcode.lower(), postcode.split()[0]))
    return postcode


def _ledger(anchor: str, months: list[tuple[Payment, ...]], at: int, step: int) -> Ledger:
    first, last = MONTHS[at], MONTHS[at + step - 1]
    last = last.replace(day=monthrange(last.year, last.month)[1])
    title = f"{first:%B %Y}" if step == 1 else f"{first:%B} to {last:%B %Y}"
    payments = tuple(payment for month in months[at : at + step] for payment in month)
    return Ledger(f"{anchor}-{first:%Y-%m}", anchor, title, first, last, payments)

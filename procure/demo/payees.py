"""Whom the anchors pay, and in how many ways a finance system manages to write one name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from .actors import Enterprise
from .names import coined_words, far_words, name_without_suffix
from .postcodes import districts, invented_postcode
from .words import draw, trades, words

NEAR_PAYEES = 110
FAR_PAYEES = 390
NAMESAKES = 15
"""Firms of the place whose name begins like that of a registered enterprise, but which are somebody else."""

SPELLING_WEIGHTS = (60, 14, 9, 7, 5, 3, 2)
"""How often a payee is written in its usual way, and in its second, third, ... way."""


@dataclass(frozen=True, slots=True)
class Payee:
    """Someone who is paid.

    enterprise  key of the registered enterprise this is, or None
    is_near     whether its postcode lies in the place
    pounds      the usual size of one payment
    """

    key: str
    name: str
    trading_name: str | None
    previous_name: str | None
    postcode: str
    enterprise: str | None
    is_near: bool
    category: str
    texts: tuple[str, ...]
    pounds: float
    has_vat: bool


def registered_payees(enterprises: tuple[Enterprise, ...]) -> tuple[Payee, ...]:
    """The enterprises of the place as payees; larger ones are paid in larger sums."""
    by_key = {trade["key"]: trade for trade in trades()}
    return tuple(
        Payee(
            key=e.key,
            name=e.name,
            trading_name=e.trading_name,
            previous_name=e.previous_names[0] if e.previous_names else None,
            postcode=e.postcode,
            enterprise=e.key,
            is_near=True,
            category=by_key[e.trade]["category"],
            texts=(by_key[e.trade]["line"],),
            pounds=350 + (e.turnover_pence or 20_000_000) / 70_000,
            has_vat=e.legal_form in ("company", "social_enterprise", "cooperative"),
        )
        for e in enterprises
    )


def unregistered_payees(seed: int, anchor: str) -> tuple[Payee, ...]:
    """Firms that are not on the register: some near, most far. An anchor buys from them what its kind buys."""
    rng = draw(seed, "unregistered payees")
    coined_once = list(coined_words(draw(seed, "enterprises")))
    coined = coined_once[:NAMESAKES] + coined_once[NAMESAKES - NEAR_PAYEES :]
    near = [_near(rng, word, number) for number, word in enumerate(coined, start=1)]
    marks = far_words(rng)
    firms = [_far(rng, next(marks), number) for number in range(1, FAR_PAYEES + 1)]
    bodies = [_public(rng, name, number) for number, name in enumerate(words("names")["public_bodies"], start=1)]
    lines = draw(seed, f"lines {anchor}")
    far = [_with_line(lines, payee, anchor, kind) for kind, payee in firms + bodies]
    return tuple(near + [payee for payee in far if payee])


def _near(rng: Random, coined: str, number: int) -> Payee:
    trade, category, text, pounds = rng.choice(words("names")["near_trades"])
    name = f"{coined} {trade}{rng.choice((' Ltd', ' Limited', '', ' LLP'))}"
    postcode = invented_postcode(rng, rng.choice(districts()))
    usual = pounds * rng.uniform(0.6, 1.6)
    return Payee(f"near-{number:03}", name, None, None, postcode, None, True, category, (text,), usual, True)


def _far(rng: Random, mark: str, number: int) -> tuple[str, Payee]:
    """What kind of firm it is, and the firm. Supplies firms often go by their mark alone."""
    kind = rng.choice(words("names")["far_kinds"])
    says_kind = kind != "Supplies" or rng.random() < 0.5
    name = (f"{mark} {kind}" if says_kind else mark) + rng.choice(words("names")["far_suffixes"])
    postcode = invented_postcode(rng, rng.choice(words("names")["far_districts"]))
    has_vat = kind not in ("Care", "Recruitment")
    return kind, Payee(f"far-{number:03}", name, None, None, postcode, None, False, "", (), 0.0, has_vat)


def _public(rng: Random, name: str, number: int) -> tuple[str, Payee]:
    postcode = invented_postcode(rng, rng.choice(words("names")["far_districts"]))
    return "Public", Payee(f"public-{number:02}", name, None, None, postcode, None, False, "", (), 0.0, False)


def _with_line(rng: Random, payee: Payee, anchor: str, kind: str) -> Payee | None:
    """The payee with what this anchor buys from it, or None where it buys nothing of the kind."""
    lines: list[dict[str, Any]] = [row for row in words("spend")[anchor]["lines"] if kind in row["kinds"]]
    if not lines:
        return None
    line = rng.choices(lines, weights=[row["weight"] for row in lines])[0]
    usual = line["pounds"] * rng.uniform(0.5, 1.8)
    return replace(payee, category=line["category"], texts=tuple(line["texts"]), pounds=usual)


def spellings(rng: Random, payee: Payee, *, longest: int, upper: float) -> tuple[str, ...]:
    """One to seven ways this anchor writes the payee, the usual one first and none twice.

    longest  how many characters the finance system keeps
    upper    the chance that it writes the name in capitals
    """
    usual = payee.name.upper() if rng.random() < upper else payee.name
    written = [usual]
    for way in rng.sample(MISSPELLINGS, rng.randint(0, 4)):
        written.append(way(rng, usual))
    if payee.trading_name and rng.random() < 0.8:
        written.append(f"{name_without_suffix(usual)} T/A {payee.trading_name}")
    if payee.previous_name and rng.random() < 0.8:
        written.append(payee.previous_name)
    kept = (name[:longest].strip() for name in written)
    return tuple(dict.fromkeys(kept))[: len(SPELLING_WEIGHTS)]


LEGAL_WORDS = (
    ("Limited", "Ltd"),
    ("Ltd", "Limited"),
    ("Community Interest Company", "CIC"),
    ("C.I.C.", "CIC"),
    ("CIC", "Community Interest Company"),
    ("Co-operative", "Cooperative"),
    ("Co-op", "Co-operative"),
    ("plc", "PLC"),
    ("Partners LLP", "LLP"),
)


def _other_legal_words(rng: Random, name: str) -> str:
    for words_of_law, instead in LEGAL_WORDS:
        for before, after in ((words_of_law, instead), (words_of_law.upper(), instead.upper())):
            if before in name:
                return name.replace(before, after)
    return f"{name} LTD"


def _without_legal_words(rng: Random, name: str) -> str:
    short = name_without_suffix(name)
    return short if short != name else name.title()


def _with_and(rng: Random, name: str) -> str:
    return name.replace(" & ", " and ") if " & " in name else name.replace(" and ", " & ").replace("The ", "")


def _with_bank_reference(rng: Random, name: str) -> str:
    number = rng.randint(100_000, 999_999)
    return rng.choice((f"{name} - BACS {number}", f"{name} (BACS)", f"{number} {name}", f"*{name}"))


def _with_slip(rng: Random, name: str) -> str:
    """A slip of the fingers somewhere after the first letter: a letter lost, doubled or swapped."""
    at = rng.randrange(1, max(2, len(name) - 3))
    return rng.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
        )
    )


def _other_case(rng: Random, name: str) -> str:
    return name.title() if name.isupper() else name.upper()


def _with_gap(rng: Random, name: str) -> str:
    return name.replace(" ", "  ", 1) if rng.random() < 0.5 else f"{name} "


MISSPELLINGS: tuple[Callable[[Random, str], str], ...] = (
    _other_legal_words,
    _without_legal_words,
    _with_and,
    _with_bank_reference,
    _with_slip,
    _other_case,
    _with_gap,
)
"""Every way in which one system or clerk writes a name unlike another."""

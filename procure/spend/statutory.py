"""Ledger lines into a statutory file of payments: what goes in, what stays out, and why. Nothing is lost between.

source  docs/measures/statutory-files.md
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from procure.spend.statutory_rules import GROSS, NET, StatutoryRule, rule_on

REDACTED = "REDACTED PERSONAL DATA"
STANDARD_VAT_PERCENT = 20
"""Used only to warn that a payment might pass a threshold with VAT; never to make up an amount."""
FIRST = 10
"""How many lines of a file are shown before it is downloaded."""
Cell = str | date | Decimal | None


@dataclass(frozen=True, slots=True)
class SpendLine:
    """One payment line of a confirmed ledger, with the place where a person finds it.

    pence                what the ledger says was paid; a credit is negative
    basis                "net" or "gross" where the ledger's heading says which, else None
    vat_pence            all the VAT of the line; None where not known
    irrecoverable_pence  the VAT that cannot be recovered; None where the ledger does not say
    """

    supplier: str
    pence: int
    paid_on: date
    basis: str | None = None
    vat_pence: int | None = None
    gross_pence: int | None = None
    irrecoverable_pence: int | None = None
    transaction_number: str | None = None
    department: str | None = None
    category: str | None = None
    description: str | None = None
    file: str = ""
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Included:
    """A line of the file: its amount, whether we know that VAT is treated as stated, and why its name is hidden."""

    line: SpendLine
    pence: int
    is_vat_known: bool
    redaction: str | None


@dataclass(frozen=True, slots=True)
class Excluded:
    """A line that stays out, and the reason."""

    line: SpendLine
    pence: int
    is_vat_known: bool
    reason: str


@dataclass(frozen=True)
class Tally:
    """How many lines, and their money as the ledger has it and as the file would."""

    words: str
    lines: int
    ledger_pence: int
    file_pence: int


@dataclass(frozen=True)
class Totals:
    """What a file comes to: lines in it, lines left out by reason (the most first), all; and its first lines.

    redactions   why names are hidden in the file, and on how many lines; the most first
    vat_unknown  lines of the file whose amount is as the ledger gives it, because it does not say whether VAT is in it
    """

    included: Tally
    excluded: tuple[Tally, ...]
    whole: Tally
    first: tuple[Included, ...]
    redactions: tuple[tuple[str, int], ...]
    vat_unknown: int


@dataclass(frozen=True)
class StatutoryFile:
    """Every line is either included or excluded, in the order given. `sort` reads and sorts them anew, one by one."""

    rule: StatutoryRule
    amounts: str
    sort: Callable[[], Iterator[Included | Excluded]]

    @property
    def included(self) -> Iterator[Included]:
        return (each for each in self.sort() if isinstance(each, Included))

    @property
    def excluded(self) -> Iterator[Excluded]:
        return (each for each in self.sort() if isinstance(each, Excluded))

    @cached_property
    def totals(self) -> Totals:
        """The sums, from one reading of all lines."""
        counts: dict[str | None, list[int]] = {None: [0, 0, 0]}
        first: list[Included] = []
        hidden: Counter[str] = Counter()
        unknown = 0
        for each in self.sort():
            reason = each.reason if isinstance(each, Excluded) else None
            if isinstance(each, Included):
                unknown += not each.is_vat_known
                hidden.update([each.redaction] if each.redaction else [])
                if len(first) < FIRST:
                    first.append(each)
            sums = counts.setdefault(reason, [0, 0, 0])
            sums[:] = sums[0] + 1, sums[1] + each.line.pence, sums[2] + each.pence
        included = Tally("In the file", *counts.pop(None))
        excluded = sorted((Tally(reason or "", *sums) for reason, sums in counts.items()), key=_most_lines)
        return Totals(
            included, tuple(excluded), _sum("All payments", [included, *excluded]), tuple(first),
            tuple(sorted(hidden.items(), key=lambda pair: (-pair[1], pair[0]))), unknown,
        )  # fmt: skip


def _most_lines(tally: Tally) -> tuple[int, str]:
    return -tally.lines, tally.words


def _sum(words: str, parts: Sequence[Tally]) -> Tally:
    lines, ledger, file = (
        sum(column) for column in zip(*((t.lines, t.ledger_pence, t.file_pence) for t in parts), strict=True)
    )
    return Tally(words, lines, ledger, file)


def prepare(
    read: Callable[[], Iterable[SpendLine]],
    editions: Sequence[StatutoryRule],
    *,
    on: date,
    amounts: str | None = None,
    redact: Callable[[str], str | None] = lambda name: None,
    shared: Iterable[SpendLine] | None = None,
) -> StatutoryFile:
    """Sort lines into a statutory file and what stays out of it, however many: none but their sums are held.

    read      gives all lines, anew at each call
    editions  of one kind, oldest first; each line is judged by the one in force on its day
    on        the last day of the period: its edition gives the headings
    amounts   "net" or "gross"; the rule's own where None, or where the law leaves no choice
    redact    why a name must be hidden, or None
    shared    at least the lines whose supplier and transaction number other lines have too; all lines where None
    returns   included and excluded lines that together are all lines given, to the penny
    """
    latest = rule_on(on, editions) or editions[0]
    judge = _Judge(editions, latest, latest.amounts if amounts is None or latest.amounts_fixed else amounts)
    wholes: dict[Hashable, int] = defaultdict(int)
    for line in read() if shared is None else shared:
        if line.transaction_number:
            wholes[line.supplier, line.transaction_number] += amount_of(line, judge.amounts)[0]

    def sort() -> Iterator[Included | Excluded]:
        for line in read():
            pence, is_known = amount_of(line, judge.amounts)
            reason = judge.reason_out(
                line, pence, wholes.get((line.supplier, line.transaction_number), pence), is_known
            )
            if reason:
                yield Excluded(line, pence, is_known, reason)
            else:
                yield Included(line, pence, is_known, redact(line.supplier))

    return StatutoryFile(latest, judge.amounts, sort)


@dataclass(frozen=True)
class _Judge:
    """The rule in force on each day, and the treatment of VAT that holds for the whole file."""

    editions: Sequence[StatutoryRule]
    latest: StatutoryRule
    amounts: str

    def reason_out(self, line: SpendLine, pence: int, whole: int, is_vat_known: bool) -> str | None:
        """Why a line stays out; None where it goes in. `whole` is what all lines of its transaction come to."""
        rule = rule_on(line.paid_on, self.editions)
        if rule is None:
            return f"Paid before {_day(self.editions[0].since)}, when the rule began"
        if rule.leaves_out_tax and is_tax(line.supplier):
            return "Tax, paid to HM Revenue and Customs"
        if not rule.includes_credits and pence < 0:
            return "A credit is not a payment"
        size = max(abs(pence), abs(whole)) if rule.includes_credits else max(pence, whole)
        if size > rule.threshold_pence:
            return None
        words = f"Not over {_pounds(rule.threshold_pence)}, alone or with the other lines of its transaction"
        with_vat = size * (100 + STANDARD_VAT_PERCENT)
        if self.amounts == GROSS and not is_vat_known and with_vat > rule.threshold_pence * 100:
            return f"{words}; but if VAT at {STANDARD_VAT_PERCENT}% is not in it yet, it would be over. Check it"
        return words


def amount_of(line: SpendLine, wanted: str) -> tuple[int, bool]:
    """Pence of a line with VAT ("gross") or without ("net"), and whether the ledger says so.

    Where it does not say, the amount is as the ledger gives it. An amount with a VAT or a gross column beside it
    is read as without VAT, unless its heading says otherwise.
    """
    vat = line.vat_pence
    if wanted == NET:
        if line.basis == GROSS:
            return (line.pence, False) if vat is None else (line.pence - vat, True)
        return line.pence, line.basis == NET or not (vat is None and line.gross_pence is None)
    if line.basis == GROSS:
        return line.pence, True
    if line.gross_pence is not None:
        return line.gross_pence, True
    return (line.pence, False) if vat is None else (line.pence + vat, True)


def basis_of(heading: str) -> str | None:
    """What a heading says of the amounts below it: "net", "gross", or None where it says neither."""
    words = f" {' '.join(re.findall(r'[a-z]+', heading.lower()))} "
    if re.search(r" (?:nett?|excl|excluding|exclusive|excludes|exc|ex|without|before) ", words):
        return NET
    if re.search(r" (?:gross|incl|including|inclusive|includes|inc|with) ", words):
        return GROSS
    return None


@lru_cache(maxsize=16_384)
def is_tax(supplier: str) -> bool:
    """Whether a payee is the tax authority."""
    letters = " ".join(re.findall(r"[a-z]+", supplier.lower()))
    return bool(re.search(r"\bh ?m ?r ?c\b|\brevenue (?:and )?customs\b|^inland revenue\b", letters))


def cells(each: Included, rule: StatutoryRule, *, body: str, family: str = "") -> list[Cell]:
    """One row of the file, in the order of the rule's headings; amounts in pounds.

    A hidden name takes the free text with it, because that may name the person.
    """
    line, told = each.line, None if each.redaction else each.line.description
    by_field: dict[str, Cell] = {
        "amount": _as_pounds(each.pence),
        "blank": None,
        "body": body,
        "category": line.category,
        "department": line.department,
        "description": told,
        "family": family,
        "irrecoverable_vat": _as_pounds(line.irrecoverable_pence),
        "paid_on": line.paid_on,
        "purpose": told or line.category,
        "supplier": REDACTED if each.redaction else line.supplier,
        "transaction_number": line.transaction_number,
    }
    return [by_field[field] for _, field in rule.headings]


def _as_pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else Decimal(pence).scaleb(-2)


def _pounds(pence: int) -> str:
    return f"£{pence // 100:,}" + (f".{pence % 100:02d}" if pence % 100 else "")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

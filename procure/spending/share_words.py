"""How the local share's cuts are called and ordered on pages and in files."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ..pages.filters import month, plural, pounds
from ..services.shares import spend_divisions, spend_rows
from ..services.shares.shares import KeptShare
from ..spend import Share
from ..spend.cuts import NO_CATEGORY, NO_DECILE, NO_PURCHASE, NOT_TOLD, SIZE_BANDS, SMES
from ..spend.kinds import KINDS
from ..spend.placing import SOURCES

BARS = 18
"""More bars than this cannot be read; the table has every row."""
WHOSE_WORD = {"register": "register", "declared": "own word", "inferred": "name"}
HEADINGS = ("Local", "Elsewhere", "Not placed", "Placed but uncertain", "Local share, lowest", "Local share, highest")
CUT_PAGES = {
    "month": "Month",
    "category": "Category",
    "bought": "Kind of purchase",
    "department": "Department",
    "kind": "Kind of payee",
    "sme": "Small or medium-sized",
    "decile": "Deprivation",
    "size": "Size of payment",
    "source": "Placed by",
}
_CUT_OF = {"size": "size_band"}
Row = tuple[str, Share]


def rows_of(found: KeptShare, cut: str, first: date | None = None, last: date | None = None) -> list[Row]:
    """A cut with its keys in words, in the order people read it."""
    if cut == "month":
        months = [(day, share) for day, share in found.months if (first is None or day >= first)]
        return [(month(day), share) for day, share in months if last is None or day <= last]
    told = {key: share for key, share, _ in found.cut(_CUT_OF.get(cut, cut), first, last)}
    if cut in ("category", "department"):
        by_money = sorted(told, key=lambda key: (-told[key].total, key))
        return [(key or f"No {cut} given", told[key]) for key in by_money]
    words = _fixed(cut)
    keys = sorted(told, key=lambda key: (-told[key].total, key)) if cut == "bought" else words
    return [(words[key], told[key]) for key in keys if key in told]


def _fixed(cut: str) -> dict[str, str]:
    if cut == "kind":
        grades = [(group, grade) for group in KINDS for grade in WHOSE_WORD]
        graded = {f"{group}/{grade}": f"{KINDS[group]} ({WHOSE_WORD[grade]})" for group, grade in grades}
        return {**graded, **KINDS}
    if cut == "bought":
        return spend_divisions.KINDS_OF_PURCHASE
    if cut == "decile":
        tenths = {str(tenth): f"Tenth {tenth}" for tenth in range(1, 11)}
        tenths["1"], tenths["10"] = "Tenth 1, the most deprived", "Tenth 10, the least deprived"
        return {**tenths, NO_DECILE: "Not known, or not in England"}
    if cut == "size":
        return {str(band): words for band, words in SIZE_BANDS.items()}
    return SMES if cut == "sme" else {**SOURCES, "": "Nothing says where"}


def about_cut(cut: str) -> str:
    """What the page of a cut must say besides its table."""
    if cut == "decile":
        year = spend_rows.decile_year()
        if year is None:
            return "No indices of deprivation are loaded, so nothing is known of how deprived a payee's place is."
        return (
            f"How deprived the neighbourhood of the payee's postcode is, by the English Indices of Deprivation {year}."
        )
    return {
        "kind": "What a payee is, and by whose word: a public register, its own, or only its name.",
        "sme": "As far as payees said how many people work there and what they turn over.",
        "size": "By the amount of each single payment line.",
        "department": "As your ledger writes it.",
        "category": "As your ledger writes it.",
        "bought": "By CPV division, as Procure reads your categories. Where it cannot be sure, money is “not told”.",
        "source": "Each payment is placed by the best of these that is known.",
    }.get(cut, "")


def divided(rows: Sequence[Row]) -> str:
    """How the kinds of purchase add up to everything, in words."""
    told = {words: share.total for words, share in rows}
    besides = {key: told.pop(spend_divisions.KINDS_OF_PURCHASE[key], 0) for key in WORDS_OF_NO_KIND}
    parts = [f"{pounds(sum(told.values()))} bought {plural(len(told), 'kind')} of things"]
    parts += [WORDS_OF_NO_KIND[key].format(pounds(pence)) for key, pence in besides.items() if pence]
    whole = pounds(sum(share.total for _, share in rows))
    return f"{listed(parts)}. Together that is {whole}, everything that counts here."


WORDS_OF_NO_KIND = {
    NO_PURCHASE: "{} was no purchase but pay, taxes, grants or book-keeping",
    NOT_TOLD: "{} has categories that do not tell",
    NO_CATEGORY: "{} has no category",
}


def listed(parts: Sequence[str]) -> str:
    """One; one and two; one, two and three."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def cells(row: Row) -> list[Any]:
    """One line of the file: pounds, and shares from 0 to 1."""
    name, share = row
    pounds = [pence / 100 for pence in (share.local, share.elsewhere, share.unplaced, share.doubtful)]
    return [name, *pounds, share.low, share.high]


def years_of(months: Sequence[date]) -> list[int]:
    """The financial years, by the year they begin in, the latest first."""
    return sorted({month.year - (month.month < 4) for month in months}, reverse=True)


def year_words(year: int) -> str:
    """April 2025 to March 2026"""
    return f"April {year} to March {year + 1}"

"""The cuts of a board report: by what, from whom, where and how large; how concentrated; and what is left out."""

from collections.abc import Mapping

from ...papers import Column, Section, Table
from ...papers.content import PENCE, SHARE, TEXT
from ...papers.words import percent, pounds
from ...spend import Share
from ...spend.concentration import concentration
from ...spend.cuts import NO_DECILE, SIZE_BANDS, SMES
from ...spend.exclusions import RULES
from ...spend.kinds import KINDS
from ..shares import spend_rows, spend_rules, spend_vat
from ..shares.shares import KeptShare
from ..shares.spend_divisions import KINDS_OF_PURCHASE
from .report_parts import MOST_BARS, largest, share_chart, share_table

GRADES = {"register": "by a register", "declared": "by its own word or an officer’s", "inferred": "by its name"}
TENTHS = {str(tenth): f"Tenth {tenth}" for tenth in range(1, 11)} | {
    "1": "Tenth 1, the most deprived",
    "10": "Tenth 10, the least deprived",
    NO_DECILE: "Not known, or not in England",
}


def what_on(found: KeptShare) -> Section:
    """By the publisher's categories and departments."""
    tables = []
    categories = _by_money(found, "category")
    for cut, rows in (("category", categories), ("department", _by_money(found, "department"))):
        if len(rows) > 1 or cut == "category":
            title = f"Local share by {cut}"
            tables.append(share_table(title, cut.capitalize(), largest(rows, _smaller(cut)), found.whole))
    bought = {key: share for key, share, _ in found.cut("bought")}
    kinds = [(KINDS_OF_PURCHASE[key], bought[key]) for key in sorted(bought, key=lambda key: (-bought[key].total, key))]
    title = "Local share by kind of purchase"
    tables.insert(1, share_table(title, "Kind of purchase", largest(kinds, "Smaller kinds"), found.whole))
    return Section(
        "What it was spent on",
        (
            "Categories and departments are the publisher’s own, those with most money first. Kinds of purchase are "
            "CPV divisions, as Procure reads the categories; what it cannot be sure of is “not told”.",
        ),
        chart=share_chart(
            "Local share by category",
            "One bar a category, split into local, not placed and elsewhere.",
            largest(categories, _smaller("category"))[:MOST_BARS],
        ),
        tables=tuple(tables),
    )


def _smaller(cut: str) -> str:
    return f"Smaller {'categories' if cut == 'category' else 'departments'}"


def _by_money(found: KeptShare, cut: str) -> list[tuple[str, Share]]:
    told = {key: share for key, share, _ in found.cut(cut)}
    return [(key or f"No {cut} given", told[key]) for key in sorted(told, key=lambda key: (-told[key].total, key))]


def who_was_paid(found: KeptShare) -> Section:
    """By kind, size, deprivation of the place and size of payment, and how concentrated."""
    kinds = [
        (f"{KINDS[group]}, {GRADES[grade]}" if grade else KINDS[group], share) for (group, grade), share in found.kinds
    ]
    year = spend_rows.decile_year()
    tables = [
        share_table("Local share by kind of payee", "Kind of payee", kinds, found.whole),
        _fixed(found, "sme", "Local share by size of payee", "Size of payee", SMES),
        _fixed(found, "size_band", "Local share by size of payment", "Size of payment",
               {str(band): words for band, words in SIZE_BANDS.items()}),
    ]  # fmt: skip
    words = ["What a payee is, and whose word that is."]
    if year is not None:
        tables.append(_fixed(found, "decile", "Local share by deprivation of the place", "Deprivation", TENTHS))
        words.append(f"Deprivation is that of the payee’s neighbourhood by the indices of {year}.")
    return Section("Who was paid", tuple(words), tables=tuple(tables))


def _fixed(found: KeptShare, cut: str, caption: str, heading: str, words: Mapping[str, str]) -> Table:
    told = {key: share for key, share, _ in found.cut(cut)}
    rows = [(said, told[key]) for key, said in words.items() if key in told]
    return share_table(caption, heading, rows, found.whole)


def few_or_many(found: KeptShare) -> Section:
    """How much the largest suppliers get."""
    known = concentration(found.sums.totals("supplier"))
    rows = tuple((f"The largest {top}" if top > 1 else "The largest", share) for top, share in known.tops)
    table = Table("What the largest suppliers get", (Column("Suppliers"), Column("Share of the money", SHARE)), rows)
    index = "not known" if known.hhi is None else f"{known.hhi:.4f}"
    return Section(
        "Few suppliers or many",
        (
            f"{known.suppliers:,} suppliers were paid. {known.words}: the Herfindahl-Hirschman index is {index}, "
            "where 1 is a single supplier.",
        ),
        tables=(table,) if rows else (),
    )


def left_out(of: int, found: KeptShare) -> Section:
    """What the anchor leaves out by rule, and why; with what counts it is everything in its ledgers."""
    rules = spend_rules.standing(of)
    lines = [
        (RULES[key].catches, rules[key].reason if key in rules else "", share.total)
        for key, share, _ in found.excluded
        if key in RULES
    ]
    whole = found.whole.total
    out = sum(pence for _, _, pence in lines)
    table = Table(
        "What counts and what is left out",
        (Column("What"), Column("The officer’s reason", TEXT), Column("Money", PENCE)),
        (
            ("What counts in this report", "", whole),
            *lines,
            ("Everything in the confirmed ledgers, with the VAT they tell", "", whole + out),
        ),
        ends_in_total=True,
    )
    part = percent(out / (whole + out) if whole + out > 0 else None)
    words = f"{pounds(out)} is left out by rule, {part} of the ledgers."
    without = "Nothing is left out by rule."
    return Section("What is left out", (words if lines else without, spend_vat.words(of)), tables=(table,))

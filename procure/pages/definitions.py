"""What each table that can be downloaded is: its definition in words, the page of its method, its columns' units."""

from collections.abc import Mapping
from dataclasses import dataclass

POUNDS, SHARE, NUMBER = "pounds", "share from 0 to 1", "number"
LM3 = "points of LM3, 1 to 3"
SHOWN_UNITS = {
    "pounds": POUNDS,
    "whole_pounds": POUNDS,
    "count": NUMBER,
    "percent": SHARE,
    "day": "day, year first",
    "moment": "moment in UTC",
}
"""The unit of a list's column by how the page shows it."""


@dataclass(frozen=True)
class About:
    """What a table says. measure: a document of docs/measures; units: column heading > unit."""

    definition: str
    measure: str | None = None
    units: Mapping[str, str] | None = None

    def unit_of(self, heading: str) -> str | None:
        return (self.units or {}).get(heading)


SHARES = {
    "Local": POUNDS,
    "Elsewhere": POUNDS,
    "Not placed": POUNDS,
    "Placed but uncertain": POUNDS,
    "Total": POUNDS,
    "Local share, lowest": SHARE,
    "Local share, highest": SHARE,
}
_PARTS = (
    "Money of confirmed ledgers, net of VAT where the ledger tells: local, elsewhere and not placed add up to the "
    "whole. The share runs from what is surely local to what may be."
)
TABLES: Mapping[str, About] = {
    "anchors": About("Anchors on this installation, and whether each shows its figures to this place."),
    "audit": About("What was done, by whom and when."),
    "cannot-be-moved": About("Money that surely left the area and cannot be moved, and why.", "shift-list"),
    "could-come-home": About("Money that left the area and could be moved, and who here could earn it.", "shift-list"),
    "decisions": About("Every decision of a buyer about an enterprise, with its reason."),
    "enterprises": About("Registered enterprises that a buyer may see."),
    "enterprises-of-the-place": About(
        "Registered enterprises whose own postcode lies in the place, and those that cannot be placed.", "place-supply"
    ),
    "jobs": About("Long work of this installation, and how far each is."),
    "lessons": About("Lessons drawn from officers’ decisions, and what each was worth.", "payee-learning"),
    "ledgers": About("Spend files of one anchor. Money counts only where a ledger is confirmed.", "reading-ledgers"),
    "left-out-": About("Payments of a ledger that an officer left out as doubles.", "reading-ledgers"),
    "local-share-": About(_PARTS, "local-share", SHARES),
    "lm3-outlook": About(
        "LM3 now, and as it would be once the five suppliers named had answered. An LM3 of 2 means that £1 makes £2 by "
        "its third round.",
        "lm3",
        {"LM3, lowest": LM3, "LM3, highest": LM3, "Width": LM3},
    ),
    "lm3-rounds": About(
        "The rounds LM3 is made of, and what is left out.", "lm3", {"Lowest": POUNDS, "Highest": POUNDS}
    ),
    "lm3-suppliers": About(
        "Suppliers of one anchor that received money in the area, or may have, and what they told of their spending.",
        "lm3",
        {
            "Paid": POUNDS,
            "Surely here": POUNDS,
            "Perhaps here besides": POUNDS,
            "Spent here again, least": SHARE,
            "Spent here again, most": SHARE,
            "Narrows LM3 by, least": LM3,
            "Narrows LM3 by, most": LM3,
        },
    ),
    "kinds-of-purchase": About(
        "Categories of one anchor’s confirmed ledgers, the CPV division each is counted under, and whose word that is.",
        "local-share",
        {"Chance": SHARE},
    ),
    "lots": About("Lots of one buyer, with their state and value."),
    "lots-for-you": About("Open lots that fit one enterprise, the best fit first.", "lot-ranking"),
    "outbox": About("Mail of this installation, and whether it went out."),
    "messages": About("Messages between the members of one consortium."),
    "other-lots": About("Lots open now besides the one a consortium bids for, and how many needs its members cover."),
    "all-anchors-together": About(
        "Money of all anchors of the place by quarter, where three or more are in it.", "disclosure", SHARES
    ),
    "enterprises-by-district": About(
        "Registered enterprises based in each postcode district of the place.", "place-supply"
    ),
    "enterprises-by-ward-and-kind": About(
        "Registered enterprises based in the place, by ward and kind; by district where no directory tells wards.",
        "place-supply",
    ),
    "lots-by-district": About("Open lots by the postcode district where the work is done.", "place-supply"),
    "money-by-district": About(
        "Certain local money of anchors that agreed to show it; districts where few were paid are together.",
        "disclosure",
        {"Pounds": POUNDS},
    ),
    "place-progress": About(
        "Local share of each anchor now and at the baseline, its target, and the money shifted.",
        "place-share",
        {"Money shifted, lowest": POUNDS, "Money shifted, highest": POUNDS, "Target": SHARE},
    ),
    "place-targets": About("Every target the place ever set or proposed.", "place-share", {"Local share": SHARE}),
    "resilience": About("What is measured and entered of the seven characteristics, by calendar year.", "resilience"),
    "resilience-history": About("Everything a council entered for one characteristic.", "resilience"),
    "open-lots": About(
        "Lots that enterprises can still answer: those whose work is done in the place, and those of its anchors that "
        "cannot be placed.",
        "place-supply",
    ),
    "organisations": About("Organisations on this installation."),
    "our-members": About("Enterprises that one support network looks after."),
    "over-": About("Payments a body publishes, by the rules of the file.", "statutory-files"),
    "payees": About("Everyone the confirmed ledgers of one anchor paid, and how sure each link is.", "payees-settled"),
    "payments-": About("Payments of one ledger as they were read.", "reading-ledgers"),
    "reasons-": About("The legal reasons a buyer gave about one lot, and when."),
    "reference-editions": About("Editions of reference data that were loaded.", "reference-data"),
    "refused-": About("Rows that were not read, each with what to do."),
    "section-70-": About("Payments a body publishes, by the rules of the file.", "statutory-files"),
    "suppliers-": About("Enterprises ranked for one lot, with probability and reasons.", "lot-ranking"),
    "transparency-code-": About("Payments a body publishes, by the rules of the file.", "statutory-files"),
    "uncertain-payees": About("Payees placed at an office that many bodies share.", "payee-places"),
    "unplaced-payees": About("Payees whose place is not known, those with most money first.", "payee-places"),
}
"""By the name of the file; a name that ends in a dash stands for every name that begins so, the longest first."""


def about(name: str) -> About:
    """What the table of this name is; a test sees to it that every table of ours stands above."""
    if name in TABLES:
        return TABLES[name]
    beginnings = [known for known in TABLES if known.endswith("-") and name.startswith(known)]
    return TABLES[max(beginnings, key=len)] if beginnings else About("The table as its page shows it.")

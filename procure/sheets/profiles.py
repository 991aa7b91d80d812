"""What the cells of a column look like: the second witness, beside its heading, of what the column means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procure.sheets.cells import read_company_number, read_postcode, show
from procure.sheets.days import looks_like_day
from procure.sheets.money import looks_like_money
from procure.sheets.reading import Cell

_WORD = re.compile(r"[^\W\d_]{2,}")
_FIRM = re.compile(r"\b(?:ltd|limited|plc|llp|cic|council|trust|nhs|services|university|solicitors|group|uk)\b", re.I)
_PENCE = re.compile(r"\.[0-9]{2}\)?-?$")


@dataclass(frozen=True)
class Profile:
    """Shares, 0 to 1, of a column's filled cells. `filled` is of all rows looked at; `distinct` of the filled cells."""

    looked_at: int
    filled: float
    money: float
    pence: float
    day: float
    words: float
    firm: float
    postcode: float
    company: float
    distinct: float
    samples: tuple[str, ...]

    def agrees(self, field: str) -> float:
        """How well the cells fit a field, 0 to 1. A column with nothing in it can be anything."""
        if not self.looked_at:
            return 0.6
        if not self.filled:
            return 0.2
        share = {
            "supplier": self.words,
            "amount": self.money * (0.2 if self.day > 0.9 and not self.pence and self.money < 0.9 else 1),
            "vat": self.money,
            "gross": self.money,
            "paid_on": self.day,
            "supplier_postcode": self.postcode,
            "company_number": self.company,
        }.get(field, 1.0)
        return share if field not in ("supplier", "amount", "paid_on") or share >= 0.5 else 0.0


def profile(cells: Iterable[Cell]) -> Profile:
    """Look at a sample of one column."""
    seen = list(cells)
    filled = [cell for cell in seen if cell not in ("", None) and not (isinstance(cell, str) and not cell.strip())]
    texts = [show(cell) for cell in filled]
    count = len(filled) or 1

    def share(flags: Iterable[bool]) -> float:
        return sum(flags) / count

    return Profile(
        looked_at=len(seen),
        filled=len(filled) / (len(seen) or 1),
        money=share(looks_like_money(cell) for cell in filled),
        pence=share(
            not cell.is_integer() if isinstance(cell, float) else bool(_PENCE.search(text))
            for cell, text in zip(filled, texts, strict=True)
        ),
        day=share(looks_like_day(cell) for cell in filled),
        words=share(isinstance(cell, str) and bool(_WORD.search(cell)) for cell in filled),
        firm=share(bool(_FIRM.search(text)) for text in texts),
        postcode=share(read_postcode(text) is not None and len(text) < 10 for text in texts),
        company=share(read_company_number(text) is not None for text in texts),
        distinct=len(set(texts)) / count,
        samples=tuple(dict.fromkeys(texts))[:3],
    )


def profile_columns(rows: Sequence[Sequence[Cell]], width: int) -> list[Profile]:
    return [profile(row[column] if column < len(row) else "" for row in rows) for column in range(width)]

"""Firms elsewhere that sell what enterprises of the place sell too: the money that could come home."""

from collections.abc import Iterator
from random import Random
from typing import Any

from .payees import Payee
from .postcodes import invented_postcode
from .words import draw, words

WITHOUT_VAT = ("Homecare", "Wellbeing")


def rival_payees(seed: int, anchor: str) -> tuple[Payee, ...]:
    """Those this anchor buys from; a firm has one name and one postcode whoever buys from it."""
    return tuple(_rival_firms(draw(seed, "rivals"), anchor))


def _rival_firms(rng: Random, anchor: str) -> Iterator[Payee]:
    lines: list[dict[str, Any]] = words("rivals")["lines"]
    for number, (mark, line) in enumerate(zip(words("rivals")["marks"], lines, strict=False), start=1):
        name = f"{mark} {line['kind']}{rng.choice(words('names')['far_suffixes'])}"
        postcode = invented_postcode(rng, rng.choice(words("names")["far_districts"]))
        pounds = line["pounds"].get(anchor)
        if pounds:
            texts, has_vat = tuple(line["texts"]), line["kind"] not in WITHOUT_VAT
            category = line["category"]
            yield Payee(f"rival-{number:02}", name, None, None, postcode, None, False, category, texts, pounds, has_vat)

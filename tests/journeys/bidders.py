"""Three enterprises that bid together, and how they come to a plan they all agree to."""

import io
import re
from typing import Any

from .. import factories

COOKS = (("Hot meals cooked for wards", "55520000", "meals a day", 60),)
BAKES = (("Bread and cakes baked daily", "15810000", "loaves a day", 40),)
DRIVES = (("Chilled food delivered by van", "60160000", "drops a day", 12),)
NEEDS = (
    ("Hot meals", "55520000", "meals a day", 60, 9_000_000),
    ("Bread", "15810000", "loaves a day", 40, 3_000_000),
    ("Chilled delivery", "60160000", "drops a day", 10, 4_000_000),
)
GATES = (("turnover", "Turnover", 30_000_000), ("certificate_any", "ISO 9001", None))
LETTER = b"%PDF-1.7\nsigned by all three\n"


class Bidders:
    """Three enterprises, signed in, and the room they share."""

    def __init__(self, make: Any, signed_in_as: Any, name: str = "Ward Food Together") -> None:
        self.make = make
        anchor = make(factories.an_anchor, f"Trust of {name}")
        self.buyer = signed_in_as(anchor, "anchor", "buyer")
        self.lot = make(factories.a_lot, anchor, "Food for wards", needs=NEEDS, gates=GATES)
        held = (("certificate", "ISO 9001", None, None),)
        people: dict[str, Any] = {"turnover_pence": 15_000_000, "capacity_pence": 20_000_000}
        self.ids = {
            "cook": make(factories.an_enterprise, f"Canal Kitchen {name}", capabilities=COOKS, holdings=held, **people),
            "baker": make(factories.an_enterprise, f"Lock Bakery {name}", capabilities=BAKES, **people),
            "driver": make(factories.an_enterprise, f"Tow Vans {name}", capabilities=DRIVES, **people),
        }
        self.people = {key: signed_in_as(one, "enterprise", "member") for key, one in self.ids.items()}
        formed = self.cook.post(f"/supplying/consortia/new?lot={self.lot}", {"name": name})
        self.room = formed.headers["Location"]
        self.bid = f"{self.room}/bid"

    @property
    def cook(self) -> Any:
        return self.people["cook"]

    def join(self, *keys: str) -> None:
        for key in keys:
            self.cook.post(f"{self.room}/invite", {"enterprise": self.ids[key]}, page=self.room)
            assert self.people[key].post(f"{self.room}/accept", page=self.room).status_code == 302

    def version(self, who: str = "cook") -> str:
        found = re.search(r'name="version"[^>]*value="(\d+)"', self.people[who].get(f"{self.bid}/reason").text)
        if found is None:
            found = re.search(r"This is version (\d+)", self.people[who].get(f"{self.bid}/agreement").text)
        assert found
        return found[1]

    def send(self, who: str, page: str, values: dict[str, Any] | None = None, *, to: str = "") -> Any:
        visitor, address = self.people[who], f"{self.bid}/{to or page}"
        return visitor.post(address, {"version": self.version(who), **(values or {})}, page=f"{self.bid}/{page}")

    def plan(self, prices: tuple[str, str, str] = ("81,000", "27,000.50", "35,999.50")) -> None:
        """Work, prices, reason and documents: all that agreement waits for."""
        assert self.send("cook", "work", to="work/start").status_code == 302
        for who, price in zip(("cook", "baker", "driver"), prices, strict=True):
            (field,) = re.findall(r'name="(price_\d+)"', self.people[who].get(f"{self.bid}/prices").text)
            assert self.send(who, "prices", {field: price}).status_code == 302
        said = {"form_of_bid": "joint", "basis": "none_alone", "words": "None of us can both cook and deliver"}
        assert self.send("cook", "reason", said).status_code == 302
        for kind in ("agreement", "authority"):
            added = self.cook.post(
                f"{self.bid}/documents",
                {"kind": kind, "file": (io.BytesIO(LETTER), f"{kind} signed.pdf")},
                content_type="multipart/form-data",
            )
            assert added.status_code == 302, added.text

    def agree(self, *keys: str) -> None:
        for key in keys:
            assert self.send(key, "agreement", to="agreement/agree").status_code == 302, key


def docx_words(content: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])

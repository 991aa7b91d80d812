"""The demonstration place as a whole: an invented inner city on real postcode districts, the same every time."""

from dataclasses import dataclass
from datetime import date

from .actors import DEMO_DAY, Consortium, Enterprise, Organisation, Person
from .answers import demo_history
from .consortia import demo_consortia
from .enterprises import demo_enterprises, with_shared_details
from .ledgers import Ledger
from .lots import demo_lots, lot_carriers
from .payments import demo_ledgers
from .people import demo_people
from .postcodes import districts
from .tenders import Decision, Interest, Lot, Proposal
from .words import words

SEED = 2026


@dataclass(frozen=True)
class Place:
    """Everything the demonstration needs. Parts refer to each other by `key`.

    outcodes         the districts of the place: the headline meaning of local for every anchor
    ledgers          April 2025 to September 2026, by anchor and then by date
    latest_ledgers   October 2026, one for each anchor, for people to upload by hand
    """

    name: str
    demo_day: date
    outcodes: tuple[str, ...]
    anchors: tuple[Organisation, ...]
    authority: Organisation
    network: Organisation
    people: tuple[Person, ...]
    enterprises: tuple[Enterprise, ...]
    consortia: tuple[Consortium, ...]
    ledgers: tuple[Ledger, ...]
    latest_ledgers: tuple[Ledger, ...]
    lots: tuple[Lot, ...]
    proposals: tuple[Proposal, ...]
    decisions: tuple[Decision, ...]
    interests: tuple[Interest, ...]

    @property
    def payments(self) -> int:
        """How many payments the loaded ledgers hold."""
        return sum(len(ledger.payments) for ledger in self.ledgers)

    @property
    def total_pence(self) -> int:
        """The net total of the loaded ledgers."""
        return sum(ledger.total_pence for ledger in self.ledgers)


def demo_place(seed: int = SEED) -> Place:
    """Build the place. The same seed gives the same place on every machine; it takes a few seconds."""
    organisations = tuple(Organisation(**row, outcodes=districts()) for row in words("organisations"))
    anchors = tuple(o for o in organisations if o.kind == "anchor")
    authority = next(o for o in organisations if o.kind == "place")
    network = next(o for o in organisations if o.kind == "network")
    enterprises = demo_enterprises(seed, network=network.key)
    enterprises = with_shared_details(enterprises, lot_carriers(seed, enterprises))
    consortia = demo_consortia(enterprises)
    lots = demo_lots(seed, enterprises)
    history = demo_history(seed, lots, enterprises, consortia)
    books = [demo_ledgers(seed, anchor.key, enterprises) for anchor in anchors]
    return Place(
        name="Brindlebrook",
        demo_day=DEMO_DAY,
        outcodes=districts(),
        anchors=anchors,
        authority=authority,
        network=network,
        people=demo_people(enterprises),
        enterprises=enterprises,
        consortia=consortia,
        ledgers=tuple(ledger for loaded, _ in books for ledger in loaded),
        latest_ledgers=tuple(latest for _, latest in books),
        lots=lots,
        proposals=history.proposals,
        decisions=history.decisions,
        interests=history.interests,
    )

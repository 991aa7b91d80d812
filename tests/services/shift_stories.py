"""Invented ledgers whose truth is known: which purchases somebody near could do, and which nobody could."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from procure.extensions import db
from procure.models import Ledger, MonthlySpend, Payee, Payment, Upload
from procure.services import rollups

from .. import factories

FAR, NEAR = "M1 1AE", "B18 5AA"
DAY = date(2026, 6, 15)

PLANTED: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    ("Cleaning", ("Contract cleaning", "Office cleaning", "Window cleaning"), "90910000",
     ("We clean offices and clinics, mornings or evenings", "Contract cleaning and window cleaning for schools")),
    ("Catering", ("Buffet catering", "Catering for meetings", "Hospitality catering"), "55520000",
     ("Catering for meetings and events, up to 200 people", "Buffet lunches and hospitality catering")),
    ("Grounds maintenance", ("Grass cutting", "Grounds maintenance", "Hedge cutting"), "77314000",
     ("Grass cutting, hedges and grounds maintenance", "Grounds maintenance teams for parks")),
    ("Printing", ("Leaflet printing", "Printing and binding", "Poster printing"), "79810000",
     ("Digital printing of leaflets and posters", "Printing, binding and finishing")),
    ("Translation", ("Interpreting", "Interpreting and translation", "Document translation"), "79530000",
     ("Interpreting and translation in forty languages", "Document translation and interpreters for clinics")),
    ("Laundry", ("Linen hire and laundry", "Laundry of uniforms", "Laundry services"), "98310000",
     ("A laundry for uniforms and linen", "Laundry and linen, collected daily")),
    ("Furniture", ("Office furniture", "Furniture reuse", "Desks and chairs"), "39130000",
     ("Reused office furniture: desks, chairs and storage", "We repair and resell office furniture")),
    ("Security services", ("Security guarding", "Guarding of sites", "Event security"), "79713000",
     ("Security guarding of sites by trained officers", "Event security and guarding")),
    ("Waste", ("Waste collection", "Recycling collection", "Clinical waste collection"), "90511000",
     ("Waste collection and recycling for offices", "Recycling collection by cargo bike")),
    ("Training", ("Training courses", "First aid training", "Digital skills training"), "80530000",
     ("First aid training and other training courses", "Digital skills training for adults")),
    ("Painting and decorating", ("Painting and decorating", "Decorating of wards", "Internal painting"), "45442100",
     ("Painting and decorating inside and out", "Decorating of homes and wards")),
    ("Courier services", ("Courier", "Courier deliveries", "Same day courier"), "64120000",
     ("Same day courier by cargo bike", "Courier deliveries between sites")),
    ("Website design", ("Website design", "Website hosting and design", "Web development"), "72413000",
     ("Website design and hosting for charities", "Web development and website design")),
    ("Counselling", ("Staff counselling", "Counselling sessions", "Bereavement counselling"), "85312320",
     ("Counselling sessions for staff", "Bereavement counselling by qualified counsellors")),
)  # fmt: skip
"""Category, what ledgers write, the CPV code, and what enterprises near say of it."""

NOBODY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Radiopharmaceuticals", ("Technetium generators", "Isotopes")),
    ("Aircraft leasing", ("Helicopter lease", "Air ambulance aviation lease")),
    ("Laboratory analysers", ("Analyser reagents", "Mass spectrometer lease")),
    ("Enterprise software", ("Annual licence renewal", "Database licences")),
    ("Imaging equipment", ("MRI scanner", "X-ray detector panels")),
    ("Insurance", ("Indemnity premium", "Motor fleet premium")),
    ("Bridge engineering", ("Bearing replacement", "Bridge inspection gantry")),
    ("Vaccines", ("Influenza doses", "Cold chain doses")),
    ("Dredging", ("Harbour dredging", "Silt removal from docks")),
    ("Broadcast rights", ("Film rights", "Music licence")),
    ("Prosthetics", ("Artificial limbs", "Socket liners")),
    ("Railway signalling", ("Interlocking upgrade", "Track circuits")),
    ("Explosives disposal", ("Ordnance survey dive", "Blast contractor")),
    ("Satellite imagery", ("Orbital images", "Radar tiles")),
    ("Catering equipment", ("Combination ovens", "Dishwasher lease")),
    ("Cleaning machines", ("Scrubber dryer", "Floor machine parts")),
    ("Security software", ("Firewall renewal", "Endpoint protection")),
    ("Vehicle leasing", ("Minibus lease", "Fleet lease")),
    ("Building works", ("Plant room works", "Lift replacement")),
    ("Waste plant", ("Gate fee for incineration", "Landfill tax")),
)
"""What nobody near does, some of it in words that mislead; enterprises far away do it, who are not local."""


@dataclass(frozen=True)
class Planted:
    """An anchor and the payees of an invented ledger for which somebody near could step in."""

    anchor: int
    could: frozenset[int]
    rows: int


def planted(seed: int, rows: int = 120) -> Planted:
    """An anchor that pays far firms, half of them for what somebody near could do. The same seed, the same world."""
    rng = Random(seed)
    anchor = factories.an_anchor("Planted anchor")
    for number, (_, _, cpv, statements) in enumerate(PLANTED):
        for turn, statement in enumerate(statements):
            capability = (statement, cpv if rng.random() < 0.8 else None, None, None)
            factories.an_enterprise(
                f"Near {number} {turn}",
                capabilities=(capability,),
                capacity_pence=rng.choice((None, 40_000_00, 900_000_00)),
            )
    for number, (category, texts) in enumerate(NOBODY):
        factories.an_enterprise(f"Far {number}", capabilities=(f"{category}: {texts[0]}",), postcode=FAR)
    could = set()
    ledger = a_ledger(anchor)
    for number in range(rows):
        is_planted = rng.random() < 0.5
        category, texts = rng.choice(PLANTED)[:2] if is_planted else rng.choice(NOBODY)
        said = category if rng.random() < 0.7 else category.upper()
        pence = round(rng.lognormvariate(14, 1.2))
        payee = a_purchase(anchor, f"Firm {number}", said, rng.choice(texts), pence, ledger=ledger)
        if is_planted:
            could.add(payee)
    db.session.commit()
    return Planted(anchor, frozenset(could), rows)


def a_ledger(anchor: int) -> int:
    """A confirmed ledger without payments."""
    upload = Upload(
        organisation_id=anchor, kind="ledger", filename="a", stored_name=f"shift{anchor}-{Random().random()}",
        sha256="", size_bytes=1,
    )  # fmt: skip
    db.session.add(upload)
    db.session.flush()
    ledger = Ledger(organisation_id=anchor, upload_id=upload.id, state="confirmed")
    db.session.add(ledger)
    db.session.flush()
    return ledger.id


def a_purchase(
    anchor: int, name: str, category: str, text: str | None, pence: int, *, ledger: int, at: str = FAR, **facts: Any
) -> int:
    """One payment with its monthly sum; the payee's id. `facts` are the payee's; `on` is the day."""
    on = facts.pop("on", DAY)
    known = facts.pop("payee", None)
    is_linked = facts.get("enterprise_id") or facts.get("body_id")
    payee = known or Payee(
        organisation_id=anchor, name=name, **{"state": "accepted" if is_linked else "unlinked", **facts}
    )
    if not known:
        db.session.add(payee)
        db.session.flush()
    number = payee if isinstance(payee, int) else payee.id
    row = db.session.query(Payment).filter_by(organisation_id=anchor, ledger_id=ledger).count() + 2
    db.session.add(
        Payment(
            organisation_id=anchor, ledger_id=ledger, payee_id=number, row=row, supplier=name, pence=pence, paid_on=on,
            category=category or None, description=text, supplier_postcode=at or None,
        )
    )  # fmt: skip
    db.session.add(
        MonthlySpend(
            organisation_id=anchor, ledger_id=ledger, payee_id=number, month=on.replace(day=1), category=category,
            postcode=at, payments=1, pence=pence, department=f"{row}",
        )
    )  # fmt: skip
    db.session.flush()
    rollups.sum_up(db.session.get_one(Ledger, ledger))
    return number

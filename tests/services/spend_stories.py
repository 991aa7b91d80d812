"""Stories about kept sums: an anchor with areas and payees of every kind, and everything that may move its money."""

from collections.abc import Callable

from sqlalchemy import delete, select, update

from procure.extensions import db
from procure.models import Edition, Enterprise, Ledger, MonthlySpend, Organisation, Payee, PostcodePlace, now
from procure.places import Area, outcode_area
from procure.services import rollups
from procure.services.actors import Actor
from procure.services.payees import payee_sites, payees
from procure.services.shares import areas, spend_divisions, spend_rules
from procure.services.shares.area_words import Wanted

from .. import factories
from . import places

AREA = outcode_area("Around us", ["B18", "B19"])
WARDS = Area("Our wards", wards=frozenset({"E05000001"}))
MILES = Area("Near", centre=(52.49, -1.93), miles=2)


def a_world() -> tuple[Actor, dict[str, int]]:
    """An anchor with areas of three kinds and payees placed by every kind of evidence."""
    anchor = factories.an_organisation(is_anchor=True)
    officer = places.an_officer(anchor)
    areas.save(None, "Around us", ["B18", "B19"], is_headline=True, by=officer)
    areas.define(None, Wanted("Our wards", "wards", ("E05000001",)), is_headline=False, by=officer)
    circle = Wanted("Near", "circle", latitude=52.49, longitude=-1.93, miles=2, site="B18 7QH")
    areas.define(None, circle, is_headline=False, by=officer)
    db.session.add(PostcodePlace(postcode="B18 5AA", ward="E05000001", latitude=52.491, longitude=-1.93, edition_id=1))
    db.session.add(PostcodePlace(postcode="M1 1AE", ward="E05009999", latitude=53.48, longitude=-2.23, edition_id=1))
    enterprise = factories.an_enterprise(postcode="B18 5AA")
    places.a_shared_office("1 many street", "M1 1AE")
    ids = {
        "line": places.a_payee(anchor, (1, "M1 1AE"), (20, "B19 1AA")),
        "enterprise": places.a_payee(anchor, (300, ""), enterprise_id=enterprise),
        "shared": places.a_payee(anchor, (4_000, ""), body_id=places.a_body("M1 1AE", street="1 many street")),
        "nobody": places.a_payee(anchor, (50_000, ""), (-7, "")),
        "council": places.a_payee(anchor, (600_000, "B18 5AA"), name="Sandwell Metropolitan Borough Council"),
    }
    tell_vat(anchor, ids["shared"], 800)
    tell_vat(anchor, ids["council"], 100_000, within=100_000)
    factories.add_up(anchor)
    db.session.execute(update(Ledger).where(Ledger.organisation_id == anchor).values(sums_count=1, sums_version=1))
    db.session.commit()
    return officer, {**ids, "of_enterprise": enterprise}


def tell_vat(anchor: int, payee: int, vat: int, *, within: int = 0) -> None:
    """Every sum of a payee gets some VAT, beside its amount or within it."""
    told = {"vat_pence": vat, "vat_within_pence": within}
    mine = MonthlySpend.organisation_id == anchor, MonthlySpend.payee_id == payee
    db.session.execute(update(MonthlySpend).where(*mine).values(**told))


def site_declared(me: Actor, ids: dict[str, int]) -> None:
    payee = payees.find(ids["nobody"], of=me.acting_for)
    payee_sites.declare(payee, "delivery", "B18 5AA", "They told us", seen=0, by=me)


def profile_moved(me: Actor, ids: dict[str, int]) -> None:
    db.session.execute(update(Organisation).where(Organisation.id == ids["of_enterprise"]).values(postcode="M1 1AE"))
    mine = Enterprise.organisation_id == ids["of_enterprise"]
    db.session.execute(update(Enterprise).where(mine).values(version=Enterprise.version + 1))


def link_rejected(me: Actor, ids: dict[str, int]) -> None:
    db.session.execute(update(Payee).where(Payee.id == ids["enterprise"]).values(state="rejected", enterprise_id=None))


def names_merged(me: Actor, ids: dict[str, int]) -> None:
    into = {"merged_into_id": ids["enterprise"], "state": "accepted", "enterprise_id": ids["of_enterprise"]}
    db.session.execute(update(Payee).where(Payee.id == ids["nobody"]).values(**into))


def register_loaded(me: Actor, ids: dict[str, int]) -> None:
    db.session.execute(delete(PostcodePlace).where(PostcodePlace.postcode == "B18 5AA"))
    db.session.add(
        Edition(
            kind="postcodes", series="p", title="P", licence="", filename="", sha256="", state="ready", loaded_at=now()
        )
    )


def ledger_discarded(me: Actor, ids: dict[str, int]) -> None:
    ledger = db.session.scalars(
        select(Ledger).where(Ledger.organisation_id == me.acting_for).order_by(Ledger.id)
    ).first()
    assert ledger is not None
    rollups.remove(ledger)
    ledger.state = "discarded"


def rule_switched(me: Actor, ids: dict[str, int]) -> None:
    spend_rules.switch("transfers", is_on=True, reason="Purchases only", categories=[], seen=0, by=me)


def category_corrected(me: Actor, ids: dict[str, int]) -> None:
    category = spend_rules.known_categories(me.acting_for)[0]
    spend_divisions.correct(category, "55", "Our caterers", seen=0, by=me)


def vat_counted(me: Actor, ids: dict[str, int]) -> None:
    spend_rules.switch("vat", is_on=False, reason="We cannot claim it back", categories=[], seen=0, by=me)


CHANGES: list[Callable[[Actor, dict[str, int]], None]] = [
    site_declared, profile_moved, link_rejected, names_merged, register_loaded, ledger_discarded, rule_switched,
    category_corrected, vat_counted,
]  # fmt: skip

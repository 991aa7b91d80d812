"""The bid pack: the bid as every partner agreed to it, frozen when it is made. One content feeds every kind of file."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...extensions import db
from ...models import BidPack, now
from .. import audit
from ..actors import Actor
from ..errors import NotFoundError, RefusedError
from ..ranking.candidates import enterprises_of, values_beside
from . import consortia_papers, consortia_plans, consortia_rooms, workspace
from .workspace import Room

Cells = list[Any]
STATES = {"met": "Met", "not_met": "Not met", "expired": "Expired", "unknown": "Not known"}


def packs_of(consortium_id: int, *, of: int) -> list[BidPack]:
    """The packs that were made, newest first."""
    query = (
        select(BidPack)
        .where(consortia_rooms.open_to(BidPack, consortium_id, of))
        .options(joinedload(BidPack.made_by))
        .order_by(BidPack.id.desc())
    )
    return list(db.session.scalars(query))


def find(consortium_id: int, pack_id: int, *, of: int) -> BidPack:
    """One pack of this room.

    errors  NotFoundError
    """
    mine = consortia_rooms.open_to(BidPack, consortium_id, of)
    pack = db.session.scalar(select(BidPack).where(mine, BidPack.id == pack_id))
    if pack is None:
        raise NotFoundError
    return pack


def make(consortium_id: int, *, seen: int, by: Actor) -> BidPack:
    """Freeze the version that stands.

    errors  NotFoundError, ConflictError where the plan moved on, RefusedError while somebody has not agreed
    """
    consortia_rooms.living_bid(consortium_id, by)
    room = workspace.enter(consortium_id, of=by.acting_for)
    if room.version != seen:
        raise consortia_plans.PlanMovedError("The plan has changed since you read it. Read the new version first")
    if not room.is_agreed or room.lot is None:
        raise RefusedError("Everybody must agree to this version before a pack is made of it")
    pack = BidPack(
        consortium_id=consortium_id,
        version=room.version,
        content=content_of(room),
        made_by_id=by.acting_for,
        person_id=by.person_id,
    )
    db.session.add(pack)
    db.session.flush()
    audit.note(by, "bid pack made", pack, consortium=consortium_id, version=room.version)
    return pack


def content_of(room: Room) -> dict[str, Any]:
    """The pack as plain data: a title, facts, and sections of words and tables. Amounts of money are pence.

    A section with "is_price" is left out where the pack is downloaded without prices; one with "ends_in_total" has its
    sums in the last row. "caption" names its table.
    """
    lot, plan = room.lot, room.plan
    if lot is None or plan is None:
        raise ValueError("a pack needs a lot and a plan")
    facts = [
        ["Lot", lot.title],
        ["Reference", lot.reference or "none given"],
        ["Buyer", lot.organisation.name],
        ["Led by", next(one.organisation.name for one in room.accepted if one.is_lead)],
        ["Version agreed", str(room.version)],
        ["Made on", f"{now():%d %B %Y}".lstrip("0")],
    ]
    return {
        "title": room.consortium.name,
        "facts": facts,
        "sections": [
            _partners(room),
            _able(room),
            _matrix(room),
            _shares(room),
            _prices(room),
            _gates(room),
            _values(room),
            _declarations(room),
            _documents(room),
        ],
    }


def sections(pack: BidPack, *, with_prices: bool) -> list[dict[str, Any]]:
    """The sections of a pack, with or without those that name prices."""
    return [one for one in pack.content["sections"] if with_prices or not one.get("is_price")]


def _section(title: str, words: str, headings: Sequence[str], rows: list[Cells], **more: Any) -> dict[str, Any]:
    return {"title": title, "words": words, "headings": list(headings), "rows": rows, **more}


def _partners(room: Room) -> dict[str, Any]:
    rows: list[Cells] = []
    for member in room.accepted:
        profile = room.partners[member.organisation_id]
        rows.append(
            [
                member.organisation.name,
                "Leads" if member.is_lead else "Member",
                profile.company_number or "",
                profile.charity_number or "",
                member.organisation.postcode or "",
                profile.summary,
            ]
        )
    headings = ("Member", "Place", "Company number", "Charity number", "Postcode", "What it does")
    return _section("Members", "", headings, rows, caption="Who bids together")


def _able(room: Room) -> dict[str, Any]:
    """The capability matrix: needs by members, units each says it can do."""
    names = [one.organisation.name for one in room.accepted]
    rows: list[Cells] = []
    for need in room.lot.needs if room.lot else []:
        able = [room.able(one.organisation_id, need.id) for one in room.accepted]
        rows.append([need.name, need.unit or "units", need.units, *able, sum(able)])
    words, headings = "Units each member says it can do.", ("Need", "Unit", "Asked", *names, "Together")
    return _section("What each member can do", words, headings, rows, caption="Needs by members: what each could do")


def _matrix(room: Room) -> dict[str, Any]:
    """Needs by members: units each carries."""
    names = [one.organisation.name for one in room.accepted]
    rows: list[Cells] = []
    for need in room.lot.needs if room.lot else []:
        carried = [room.units.get((one.organisation_id, need.id), 0) for one in room.accepted]
        rows.append([need.name, need.unit or "units", need.units, *carried])
    words, headings = "Units each member carries.", ("Need", "Unit", "Asked", *names)
    return _section("Who does what", words, headings, rows, caption="Needs by members: what each carries")


def _shares(room: Room) -> dict[str, Any]:
    rows: list[Cells] = [
        [one.organisation.name, f"{room.shares.get(one.organisation_id, 0) / 100:.2f}%"] for one in room.accepted
    ]
    total = sum(room.shares.values())
    words = "Share of the value of the bid."
    rows.append(["Total", f"{total / 100:.2f}%"])
    return _section("Shares", words, ("Member", "Share"), rows, caption="Shares by member", ends_in_total=True)


def _prices(room: Room) -> dict[str, Any]:
    names = {one.organisation_id: one.organisation.name for one in room.accepted}
    needs = {need.id: need for need in room.lot.needs} if room.lot else {}
    rows: list[Cells] = [
        [needs[need].name, names[partner], room.units[partner, need], pence]
        for (partner, need), pence in sorted(room.prices.items(), key=lambda one: (one[0][1], one[0][0]))
        if need in needs
    ]
    total = room.plan.price_pence if room.plan else None
    rows.append(["Total", "", "", total])
    words, headings = "Prices for the whole term, without VAT.", ("Need", "Member", "Units", "Price")
    more = {"is_price": True, "pence": [3], "ends_in_total": True}
    return _section("Prices", words, headings, rows, caption="Prices by need and member", **more)


def _gates(room: Room) -> dict[str, Any]:
    form = consortia_plans.FORMS.get(room.plan.form or "", "") if room.plan else ""
    rows: list[Cells] = [
        [gate.label, STATES[gate.state], gate.sentence if gate.state == "met" else ""] for gate in room.gates
    ]
    words = f"{form}. The evidence is among the documents."
    headings = ("Condition", "State", "How it is met")
    return _section("Conditions of the lot", words, headings, rows, caption="Conditions and how each is met")


def _values(room: Room) -> dict[str, Any]:
    inside = {one.organisation_id for one in room.accepted}
    lines = values_beside(room.lot, list(enterprises_of(inside).values())) if room.lot else ()
    rows: list[Cells] = [[line.asked_words, line.offered_words, "Yes" if line.is_met else "No"] for line in lines]
    words = "What the lot asks, and what the members offer together, in counts."
    headings = ("Asked", "Offered together", "Met")
    return _section("Social value", words, headings, rows, caption="What is asked and what is offered")


def _declarations(room: Room) -> dict[str, Any]:
    """Who agreed and when, and why the joint bid is lawful. Rival bids are each partner's own to tell the buyer."""
    plan = room.plan
    if plan is None:
        raise ValueError("declarations need a plan")
    agreed = {one.organisation_id: one for one in plan.agreements if one.taken_back_at is None}
    rows: list[Cells] = [
        [one.organisation.name, f"{agreed[one.organisation_id].agreed_at:%d %B %Y}".lstrip("0")]
        for one in room.accepted
    ]
    basis = consortia_plans.LAWFUL.get(plan.lawful_basis or "", "")
    words = (
        f"Why bidding together is lawful: {basis}. In our own words: “{plan.lawful_words}”. "
        "A member that takes part in another bid for this lot must tell the buyer so in both."
    )
    return _section("Declarations", words, ("Member", "Agreed on"), rows, caption="Who agreed and when")


def _documents(room: Room) -> dict[str, Any]:
    held = consortia_papers.documents_in(room.consortium.id, of=room.me.organisation_id)
    rows: list[Cells] = [
        [consortia_papers.KINDS[one.kind], one.filename, one.organisation.name, one.sha256] for one in held
    ]
    words = "Send these with the bid. The fingerprint shows that a file is the one the members saw."
    headings = ("Document", "File", "From", "Fingerprint (SHA-256)")
    return _section("Documents", words, headings, rows, caption="Documents to send")

"""A second tenant whose private facts are words that stand nowhere else, so that a leak can be seen."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from procure.extensions import db
from procure.models import (
    BidLine,
    BidPack,
    BidPlan,
    BidShare,
    BoardReport,
    CategoryDivision,
    Consortium,
    ConsortiumMember,
    Decision,
    Enterprise,
    Interest,
    Invitation,
    Job,
    Ledger,
    LocalArea,
    MonthlySpend,
    Partner,
    Payee,
    Payment,
    Proposal,
    Redaction,
    Refusal,
    RoomDocument,
    RoomMessage,
    SpendCell,
    SpendDistrict,
    SpendParty,
    SpendRound,
    SpendRule,
    SpendSums,
    SpendYear,
    Upload,
)
from procure.services import rollups

from . import factories
from .canaries_multiplier import a_survey

MARK = "kanarie"
"""Every private text of the second tenant holds it."""
PENCE = 7_131_719_23
"""Every private amount of theirs: as pounds, £7,131,719.23."""
AMOUNTS = ("7,131,719", "7131719")


def a_second_tenant() -> dict[str, int]:
    """Fill every private table for another organisation; ids by the name a route gives them."""
    anchor = factories.an_anchor(f"{MARK} trust")
    finance = factories.a_member(anchor, "anchor", "finance", f"{MARK}@finance.example.org")
    place = factories.an_organisation(f"{MARK} council", is_place=True)
    network = factories.an_organisation(f"{MARK} network", is_network=True)
    enterprise = factories.an_enterprise("Their enterprise", capabilities=("meals on wheels",))
    ids = {"organisation_id": anchor, "anchor_id": anchor, "enterprise_id": enterprise, "member_id": enterprise}
    ids |= _a_ledger(anchor, finance)
    ids |= a_survey(anchor, MARK, PENCE)
    ids |= _a_lot(anchor, enterprise, finance)
    ids |= _a_consortium(enterprise)
    _enterprise_secrets(enterprise, network)
    area = LocalArea(organisation_id=anchor, name=f"{MARK} area", outcodes=["B1"])
    theirs = LocalArea(organisation_id=place, name=f"{MARK} place area", outcodes=["B1"])
    invitation = Invitation(
        organisation_id=anchor,
        email=f"{MARK}@invited.example.org",
        kind="anchor",
        role="buyer",
        token_hash=MARK,
        expires_at=datetime.now(UTC) + timedelta(days=3),
    )
    report = BoardReport(organisation_id=anchor, kind="anchor", title=MARK, content=a_report(), pdf=MARK.encode())
    db.session.add_all([area, theirs, invitation, report])
    db.session.commit()
    ids["report_id"] = report.id
    return {**ids, "area_id": area.id, "invitation_id": invitation.id, "place_id": place, "watch_id": 1}


def a_report() -> dict[str, Any]:
    """What a board report says of them."""
    section = {"title": MARK, "words": [MARK], "points": [], "chart": None, "tables": []}
    head = {"title": MARK, "organisation": MARK, "made_on": MARK, "summary": MARK, "facts": [[MARK, MARK]]}
    return {**head, "sections": [section]}


def _a_ledger(anchor: int, person: int) -> dict[str, int]:
    upload = Upload(
        organisation_id=anchor,
        kind="ledger",
        filename=f"{MARK}.csv",
        stored_name=f"{MARK}-stored",
        sha256=MARK,
        size_bytes=1,
        uploaded_by_id=person,
        state="read",
    )
    db.session.add(upload)
    db.session.flush()
    facts: dict[str, Any] = {"total_pence": PENCE, "payments_count": 1, "refused_count": 1}
    ledger = Ledger(organisation_id=anchor, upload_id=upload.id, state="confirmed", warnings=[MARK], **facts)
    payee = Payee(organisation_id=anchor, name=f"{MARK} supplies", state="review")
    db.session.add_all([ledger, payee])
    db.session.flush()
    job = Job(organisation_id=anchor, kind="read ledger", subject_id=ledger.id, message=MARK)
    payment = Payment(
        organisation_id=anchor,
        ledger_id=ledger.id,
        payee_id=payee.id,
        row=2,
        supplier=f"{MARK} supplies",
        pence=PENCE,
        paid_on=date(2026, 1, 5),
        category=f"{MARK} category",
    )
    redaction = Redaction(organisation_id=anchor, name=f"{MARK} supplies", is_hidden=True)
    refusal = Refusal(organisation_id=anchor, ledger_id=ledger.id, row=3, column=MARK, value=MARK, message=MARK)
    month = MonthlySpend(
        organisation_id=anchor,
        ledger_id=ledger.id,
        payee_id=payee.id,
        month=date(2026, 1, 1),
        category=f"{MARK} category",
        payments=1,
        pence=PENCE,
    )
    rule = SpendRule(organisation_id=anchor, rule="salaries", is_on=False, categories=[MARK], reason=MARK)
    division = CategoryDivision(organisation_id=anchor, category=f"{MARK} category", division="45", reason=MARK)
    sums = SpendSums(organisation_id=anchor, area_key="of another day", stamp="")
    db.session.add_all([job, payment, redaction, refusal, month, rule, division, sums])
    db.session.flush()
    nothing = dict.fromkeys(("elsewhere", "unplaced", "local_shared", "elsewhere_shared"), 0)
    cell = {"organisation_id": anchor, "sums_id": sums.id, "cut": "category", "key": MARK, "payments": 1}
    db.session.add(SpendCell(**cell, **nothing, local=PENCE))
    _kept_rounds(anchor, sums.id, payee.id)
    rollups.sum_up(ledger)
    db.session.commit()
    return {"upload_id": upload.id, "ledger_id": ledger.id, "payee_id": payee.id, "job_id": job.id}


def _kept_rounds(anchor: int, sums: int, payee: int) -> None:
    """What is kept beside cells: a first round of LM3 with its party, a district and a year."""
    whose: dict[str, Any] = {"organisation_id": anchor, "sums_id": sums}
    received = dict.fromkeys(("pence", "received_pence", "doubtful_pence"), PENCE)
    kept = SpendRound(**whose, **received, period=MARK, parties=1, persons_pence=0, suppliers=1, left_out={})
    db.session.add(kept)
    db.session.flush()
    party = {"organisation_id": anchor, "round_id": kept.id, "payee_id": payee, "place": 1, "is_person": False}
    district = SpendDistrict(**whose, district=MARK, pence=PENCE, payees=1, largest_pence=PENCE)
    db.session.add_all(
        [SpendParty(**party, **received), district, SpendYear(**whose, year=2026, pence=PENCE, payees=1)]
    )


def _a_lot(anchor: int, enterprise: int, person: int) -> dict[str, int]:
    lot = factories.a_lot(
        anchor, f"{MARK} draft", state="draft", description=MARK, needs=((MARK, None, MARK, 1, PENCE),)
    )
    proposal = Proposal(
        organisation_id=anchor,
        lot_id=lot,
        lot_version=1,
        kind="supplier",
        rank=1,
        engine=MARK,
        explanation={"why": MARK},
    )
    proposal.partners = [Partner(enterprise_id=enterprise, missing=[MARK], reasons=[])]
    decision = Decision(
        organisation_id=anchor, lot_id=lot, enterprise_id=enterprise, action="reject", reason=MARK, person_id=person
    )
    interest = Interest(organisation_id=enterprise, lot_id=lot, state="not for us", reason=MARK)
    db.session.add_all([proposal, decision, interest])
    db.session.commit()
    return {"lot_id": lot, "proposal_id": proposal.id, "decision_id": decision.id}


def _a_consortium(enterprise: int) -> dict[str, int]:
    consortium = Consortium(name=f"{MARK} together", purpose=MARK, formed_by_id=enterprise)
    consortium.members = [ConsortiumMember(organisation_id=enterprise, state="accepted", is_lead=True)]
    db.session.add(consortium)
    db.session.flush()
    room: dict[str, Any] = {"consortium_id": consortium.id}
    plan = BidPlan(version=1, form="joint", lawful_basis="benefit", lawful_words=MARK, why="prices named", **room)
    plan.shares = [BidShare(organisation_id=enterprise, basis_points=10_000)]
    plan.lines = [BidLine(organisation_id=enterprise, need_name=MARK, units=1, price_pence=PENCE)]
    content = {"title": MARK, "facts": [], "sections": [{"title": MARK, "words": MARK, "headings": [], "rows": []}]}
    pack = BidPack(version=1, content=content, **room)
    paper = RoomDocument(
        organisation_id=enterprise,
        kind="other",
        filename=f"{MARK}.pdf",
        stored_name=f"{MARK}-paper",
        sha256=MARK,
        size_bytes=1,
        **room,
    )
    message = RoomMessage(organisation_id=enterprise, body=MARK, once="1", **room)
    db.session.add_all([plan, pack, paper, message])
    db.session.commit()
    return {**room, "pack_id": pack.id, "document_id": paper.id}


def _enterprise_secrets(enterprise: int, network: int) -> None:
    """What a network told us of an enterprise that has not agreed to show it."""
    profile = db.session.get(Enterprise, enterprise)
    assert profile is not None
    profile.registered_by_id = network
    profile.turnover_pence = PENCE
    profile.contact_name = profile.contact_phone = MARK
    profile.contact_email = f"{MARK}@contact.example.org"
    db.session.commit()

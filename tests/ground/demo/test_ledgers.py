"""The ledgers add up, know the truth about themselves, and are as messy as real ones."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest

from procure.demo import Ledger, Payment, Place
from procure.demo.payees import registered_payees, spellings
from procure.demo.words import draw, trades

ANCHORS = ("hospital", "council", "university")


def ledgers_of(place: Place, anchor: str) -> list[Ledger]:
    return [ledger for ledger in place.ledgers if ledger.anchor == anchor]


def payments_of(place: Place, anchor: str) -> list[Payment]:
    return [payment for ledger in ledgers_of(place, anchor) for payment in ledger.payments]


def true_local_share(place: Place, payments: list[Payment]) -> float:
    local = sum(p.net_pence for p in payments if p.true_postcode and p.true_postcode.split()[0] in place.outcodes)
    return local / sum(p.net_pence for p in payments)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_every_line_adds_up_to_the_penny_and_lies_in_its_ledger(place: Place, anchor: str):
    for ledger in ledgers_of(place, anchor):
        assert ledger.total_pence == sum(p.net_pence for p in ledger.payments)
        for payment in ledger.payments:
            assert payment.net_pence + payment.vat_pence == payment.gross_pence
            assert payment.net_pence != 0
            assert ledger.first <= payment.paid_on <= ledger.last


@pytest.mark.parametrize("anchor", ANCHORS)
def test_ledgers_follow_each_other_without_a_gap_up_to_the_month_left_to_upload(place: Place, anchor: str):
    latest = next(ledger for ledger in place.latest_ledgers if ledger.anchor == anchor)
    for earlier, later in pairwise([*ledgers_of(place, anchor), latest]):
        assert later.first == earlier.last + timedelta(days=1)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_the_place_receives_a_believable_part_of_the_money(place: Place, anchor: str):
    assert 0.15 <= true_local_share(place, payments_of(place, anchor)) <= 0.25


def test_the_council_buys_more_nearby_at_the_end_than_at_the_beginning(place: Place):
    ledgers = ledgers_of(place, "council")
    first, last = (true_local_share(place, list(ledger.payments)) for ledger in (ledgers[0], ledgers[-1]))
    assert last > first


def test_the_truth_of_a_payment_is_a_registered_enterprise_and_its_postcode(place: Place):
    registered = {e.key: e.postcode for e in place.enterprises}
    for ledger in place.ledgers:
        for payment in ledger.payments:
            if payment.truth is not None:
                assert payment.truth == payment.true_payee
                assert payment.true_postcode == registered[payment.truth]


def test_nobody_is_paid_more_than_it_turns_over(place: Place):
    paid: Counter[str] = Counter()
    for ledger in place.ledgers:
        for payment in ledger.payments:
            if payment.truth:
                paid[payment.truth] += payment.net_pence
    for enterprise in place.enterprises:
        if enterprise.turnover_pence:
            assert paid[enterprise.key] <= enterprise.turnover_pence * 1.5, enterprise.name


def test_a_redacted_payee_says_nothing_about_who_it_was(place: Place):
    redacted = [p for ledger in place.ledgers for p in ledger.payments if p.true_payee is None]
    assert len(redacted) > 500
    for payment in redacted:
        assert "personal data" in payment.payee.lower()
        assert (payment.postcode, payment.supplier_number, payment.truth) == (None, "", None)


@pytest.mark.parametrize(
    ("mess", "least"),
    [
        pytest.param(lambda p: p.net_pence < 0, 0.015, id="credits"),
        pytest.param(lambda p: p.postcode is None, 0.1, id="missing postcodes"),
        pytest.param(lambda p: bool(p.postcode) and " " not in p.postcode, 0.01, id="odd postcodes"),
        pytest.param(lambda p: p.payee.isupper(), 0.05, id="capitals"),
        pytest.param(lambda p: "BACS" in p.payee, 0.002, id="bank references"),
        pytest.param(lambda p: "T/A" in p.payee, 0.0005, id="trading names"),
        pytest.param(lambda p: "  " in p.payee, 0.001, id="double spaces"),
        pytest.param(lambda p: p.vat_pence == 0, 0.05, id="no VAT"),
    ],
)
def test_the_mess_of_real_ledgers_is_there(place: Place, mess, least: float):
    payments = [p for ledger in place.ledgers for p in ledger.payments]
    assert sum(map(mess, payments)) >= least * len(payments)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_some_lines_are_exact_duplicates(place: Place, anchor: str):
    repeated = sum(count - 1 for count in Counter(payments_of(place, anchor)).values())
    assert 30 <= repeated <= 200


@pytest.mark.parametrize(("anchor", "longest"), [("hospital", 35), ("council", 40)])
def test_names_are_cut_where_the_finance_system_cuts_them(place: Place, anchor: str, longest: int):
    lengths = {len(p.payee) for p in payments_of(place, anchor)}
    assert max(lengths) <= longest
    assert sum(len(p.payee) == longest for p in payments_of(place, anchor)) > 100


def test_many_registered_enterprises_are_written_in_several_ways(place: Place):
    written = defaultdict(set)
    names = {e.key: e.name for e in place.enterprises}
    for ledger in place.ledgers:
        for payment in ledger.payments:
            if payment.truth:
                written[payment.truth].add(payment.payee)
    assert len(written) > 120
    assert sum(len(ways) >= 3 for ways in written.values()) > 60
    assert sum(names[key] not in ways for key, ways in written.items()) > 10


def test_no_two_payees_are_ever_written_alike(place: Place):
    meant = defaultdict(set)
    for ledger in place.ledgers:
        for payment in ledger.payments:
            if payment.true_payee:
                meant[ledger.anchor, payment.payee].add(payment.true_payee)
    assert [name for name, payees in meant.items() if len(payees) > 1] == []


def test_the_usual_spelling_comes_first_and_none_comes_twice(place: Place):
    for payee in registered_payees(place.enterprises):
        ways = spellings(draw(3, payee.key), payee, longest=60, upper=0.0)
        assert ways[0] == payee.name[:60].strip()
        assert len(set(ways)) == len(ways)


@pytest.mark.parametrize("anchor", ANCHORS)
def test_every_anchor_pays_firms_elsewhere_for_what_enterprises_here_do(place: Place, anchor: str):
    sold_here = {trade["category"] for trade in trades()}
    gone = Counter[str]()
    for payment in payments_of(place, anchor):
        if (payment.true_payee or "").startswith("rival-"):
            assert payment.true_postcode
            assert payment.true_postcode.split()[0] not in place.outcodes
            assert payment.category in sold_here
            gone[payment.true_payee or ""] += payment.net_pence
    assert len(gone) >= 15
    assert sum(gone.values()) > 100_000_000

"""Every penny is local, elsewhere or unplaced, and doubt widens the range instead of vanishing."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from procure.cli.spend import spend
from procure.places import Area, Location, miles_between, outcode_area
from procure.spend import Payment, Share, local_share, read_areas, read_payment_rows, shares_by

PRESTON = outcode_area("Preston", ["PR1", "PR2"])
POSTCODES = ["PR1 2HE", "PR2 9ZZ", "M1 1AE", "PR10 1AA", "PR1", "", None]


def paid(pence, postcode=None, **known):
    shared = known.pop("shared_address", False)
    return Payment(pence, Location(postcode=postcode, **known), shared)


payments = st.lists(
    st.builds(
        Payment,
        st.integers(-(10**12), 10**12),
        st.builds(
            Location,
            postcode=st.sampled_from(POSTCODES),
            latitude=st.one_of(st.none(), st.floats(49, 60)),
            longitude=st.one_of(st.none(), st.floats(-8, 2)),
        ),
        st.booleans(),
    ),
    max_size=30,
)


def test_unplaced_money_widens_the_answer_instead_of_vanishing():
    share = local_share([paid(500, "PR1 2HE"), paid(300, "M1 1AE"), paid(200)], PRESTON)
    assert (share.low, share.high) == (0.5, 0.7)


def test_a_shared_address_moves_the_range_and_not_the_parts():
    share = local_share(
        [paid(500, "PR1 2HE"), paid(100, "PR1 2HE", shared_address=True), paid(400, "M1 1AE", shared_address=True)],
        PRESTON,
    )
    assert (share.local, share.elsewhere, share.unplaced) == (600, 400, 0)
    assert (share.low, share.high) == (0.5, 1.0)


def test_the_worked_example_of_the_measures_page():
    share = local_share(
        [
            paid(40_000_00, "PR1 2HE"),
            paid(-2_000_00, "PR1 2HE"),
            paid(12_000_00, "PR2 9ZZ", shared_address=True),
            paid(35_000_00, "M1 1AE"),
            paid(5_000_00, "M1 1AE", shared_address=True),
            paid(10_000_00),
        ],
        PRESTON,
    )
    assert share == Share(50_000_00, 40_000_00, 10_000_00, 12_000_00, 5_000_00)
    assert (share.low, share.high) == (0.38, 0.65)


@pytest.mark.parametrize("amounts", [[], [0], [100, -100], [-100]], ids=["nothing", "nought", "cancelled", "credits"])
def test_there_is_no_share_of_nothing(amounts):
    share = local_share([paid(pence, "PR1 2HE") for pence in amounts], PRESTON)
    assert share.low is None
    assert share.high is None


@given(payments)
def test_the_three_parts_add_up_to_every_penny(ledger):
    share = local_share(ledger, PRESTON)
    assert share.total == share.local + share.elsewhere + share.unplaced == sum(payment.pence for payment in ledger)


@given(payments)
def test_money_agrees_with_decimal_sums(ledger):
    pounds = sum((Decimal(payment.pence) / 100 for payment in ledger), Decimal(0))
    assert Decimal(local_share(ledger, PRESTON).total) / 100 == pounds


@given(payments, st.floats(0, 200), st.floats(0, 200))
def test_a_wider_circle_never_holds_less_money(ledger, miles, more):
    spent = [Payment(abs(payment.pence), payment.place) for payment in ledger]
    inner, outer = (local_share(spent, Area("c", centre=(53.0, -2.0), miles=reach)) for reach in (miles, miles + more))
    assert inner.local <= outer.local
    assert inner.unplaced == outer.unplaced


@given(payments, st.sets(st.sampled_from(["PR1", "PR2", "M1", "PR10"]), min_size=1))
def test_a_nested_area_never_holds_more_money(ledger, codes):
    spent = [Payment(abs(payment.pence), payment.place) for payment in ledger]
    whole = local_share(spent, outcode_area("whole", ["PR1", "PR2", "M1", "PR10"]))
    assert local_share(spent, outcode_area("part", codes)).local <= whole.local


@given(payments, st.integers(1, 10**9))
def test_money_of_unknown_place_only_widens_the_range(ledger, pence):
    spent = [Payment(abs(payment.pence) + 1, payment.place, payment.shared_address) for payment in ledger] or [paid(1)]
    before, after = local_share(spent, PRESTON), local_share([*spent, paid(pence)], PRESTON)
    assert after.low <= before.low <= before.high <= after.high


@given(payments)
def test_groups_add_up_to_the_whole(ledger):
    groups = shares_by(lambda payment: payment.place.postcode, ledger, PRESTON)
    assert sum(groups.values(), Share()) == local_share(ledger, PRESTON)


def _run(tmp_path, payments_csv, areas):
    (tmp_path / "p.csv").write_text(payments_csv, encoding="utf-8")
    (tmp_path / "a.json").write_text(areas if isinstance(areas, str) else json.dumps(areas), encoding="utf-8")
    answer = CliRunner().invoke(
        spend, ["shares", "--payments", str(tmp_path / "p.csv"), "--areas", str(tmp_path / "a.json")]
    )
    return answer.exit_code, json.loads(answer.stdout)


def test_the_command_answers_every_kind_of_area(tmp_path):
    code, answer = _run(
        tmp_path,
        "pence,postcode,local_authority,lsoa,latitude,longitude,shared_address\n"
        "10000,b1 1aa,E08000025,E01000001,52.48,-1.90,0\n"
        "5000,M1 1AE,E08000003,E01000002,53.48,-2.24,1\n"
        "2500,B1,,,,,\n",
        [
            {"name": "districts", "outcodes": ["B1", "B18"]},
            {"name": "circle", "centre": [52.49, -1.93], "miles": 5},
            {"name": "city", "local_authorities": ["E08000025"]},
            {"name": "neighbourhood", "lsoas": ["E01000002"]},
        ],
    )
    assert code == 0
    parts = [[row["local_pence"], row["elsewhere_pence"], row["unplaced_pence"]] for row in answer["areas"]]
    assert parts == [[10000, 5000, 2500], [10000, 5000, 2500], [10000, 5000, 2500], [5000, 10000, 2500]]
    assert answer["areas"][0]["share_low"] == pytest.approx(10000 / 17500)
    assert answer["areas"][0]["share_high"] == pytest.approx(1.0)
    assert answer["areas"][3]["share_low"] == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("ledger", "areas", "reason"),
    [
        pytest.param("pence,postcode\n1.5,B1 1AA\n", [], "Row 2: pence", id="half a penny"),
        pytest.param("amount,postcode\n1,B1 1AA\n", [], "heading called pence", id="no pence"),
        pytest.param("pence,postcode,shared_address\n1,B1 1AA,maybe\n", [], "shared_address", id="neither yes nor no"),
        pytest.param("pence,postcode\n1,B1 1AA\n", [{"name": "x", "outcodes": ["Town"]}], "TOWN", id="not a district"),
        pytest.param("pence,postcode\n1,B1 1AA\n", [{"outcodes": ["B1"]}], "name", id="no name"),
        pytest.param("pence,postcode\n1,B1 1AA\n", "{", "not JSON", id="no JSON"),
        pytest.param(
            "pence,postcode\n1,B1 1AA\n", [{"name": "x", "centre": "B1", "miles": 1}], "centre", id="no point"
        ),
    ],
)
def test_what_would_make_a_false_number_is_refused_with_its_reason(tmp_path, ledger, areas, reason):
    code, answer = _run(tmp_path, ledger, areas)
    assert code == 2
    assert reason in answer["reason"]


@given(payments)
def test_the_files_give_what_an_independent_sum_gives(ledger):
    lines = ["pence,postcode,latitude,longitude,shared_address"] + [
        f"{p.pence},{p.place.postcode or ''},{p.place.latitude or ''},{p.place.longitude or ''},{int(p.shared_address)}"
        for p in ledger
    ]
    (circle,) = read_areas('[{"name": "c", "centre": [53, -2], "miles": 90}]')
    share = local_share(read_payment_rows(lines), circle)
    known = [p for p in ledger if p.place.latitude and p.place.longitude]
    near = [p for p in known if miles_between((53, -2), (p.place.latitude, p.place.longitude)) <= 90]
    assert share.local == sum(p.pence for p in near)
    assert share.elsewhere == sum(p.pence for p in known) - share.local
    assert share.local_shared == sum(p.pence for p in near if p.shared_address)

"""What must hold of every consortium, whoever the enterprises are."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.cli.match.consortium import consortium_command
from procure.matching.consortium import Enterprise, Gates, Instance, Need, best_cover, instance_from_json
from procure.matching.consortium.lot import Lot
from tests.ground.matching.consortium_lots import a_lot

lots = st.integers(1_000, 100_000).map(lambda seed: a_lot(seed, alternatives=0))
MEALS = Need("meals", 100, 1_000_000)


def worth(lot):
    best = best_cover(lot).best
    return float("-inf") if best is None else best.objective


@settings(max_examples=15, deadline=None)
@given(lots, st.integers(0, 6))
def test_adding_a_supplier_never_worsens_the_optimum(lot, place):
    newcomer = lot.enterprises[place % len(lot.enterprises)]
    fewer = replace(lot, enterprises=tuple(one for one in lot.enterprises if one is not newcomer))
    assert worth(fewer) <= worth(lot) + 1e-7


RELAXED = {
    "turnover": lambda lot: replace(lot, gates=replace(lot.gates, turnover_pence=None)),
    "insurance": lambda lot: replace(lot, gates=replace(lot.gates, insurance_pence=None)),
    "certificates_each": lambda lot: replace(lot, gates=replace(lot.gates, certificates_each=())),
    "certificates_any": lambda lot: replace(lot, gates=replace(lot.gates, certificates_any=())),
    "min_local": lambda lot: replace(lot, min_local=0),
    "max_members": lambda lot: replace(lot, max_members=None),
    "excluded_pairs": lambda lot: replace(lot, excluded_pairs=()),
}


@pytest.mark.parametrize("gate", RELAXED)
@settings(max_examples=15, deadline=None)
@given(lots)
def test_relaxing_a_gate_never_excludes_anyone(gate, lot):
    assert worth(lot) <= worth(RELAXED[gate](lot)) + 1e-7


@pytest.mark.parametrize(
    ("gate", "seed"),
    [
        ("turnover", 92),
        ("insurance", 12),
        ("certificates_each", 2),
        ("certificates_any", 37),
        ("min_local", 69),
        ("max_members", 23),
        ("excluded_pairs", 60),
    ],
)
def test_every_gate_keeps_somebody_out_of_some_lot(gate, seed):
    """So that the rule above is not kept by gates that never bind."""
    lot = a_lot(seed)
    assert worth(lot) < worth(RELAXED[gate](lot)) - 1e-7


@settings(max_examples=25, deadline=None)
@given(lots)
def test_without_any_one_of_those_that_clash_somebody_could_do_it(lot):
    told = best_cover(lot).certificate
    clash = {(one.kind, one.id) for one in told or ()}
    for one in clash:
        assert Lot.whole(lot).asking(clash - {one}).find_any() is not None, f"{one} is needless"
    assert told is None or Lot.whole(lot).asking(clash).find_any() is None


@settings(max_examples=15, deadline=None)
@given(lots)
def test_shares_add_up_to_the_whole_lot(lot):
    best = best_cover(lot).best
    if best is not None:
        assert sum(one.share for one in best.members) == pytest.approx(1, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(lots)
def test_the_order_enterprises_are_listed_in_does_not_matter(lot):
    turned = replace(lot, enterprises=lot.enterprises[::-1])
    assert best_cover(turned).best == best_cover(lot).best


def test_one_supplier_is_a_consortium_of_one():
    cover = best_cover(Instance((MEALS,), (Enterprise("a", {"meals": 100}, {"meals": 0.5}),)))
    assert cover.best is not None
    assert cover.best.objective == pytest.approx(0.5)
    assert [(one.id, one.units, one.share, one.lead) for one in cover.best.members] == [
        ("a", {"meals": 100}, 1.0, True)
    ]
    assert [one.short for one in cover.if_lost["a"]] == [100]


def test_a_penny_short_of_the_turnover_gate_is_short():
    pair = tuple(Enterprise(name, {"meals": 60}, turnover_pence=2_000_000_000) for name in "ab")
    gates = Gates(turnover_pence=4_000_000_000)
    assert best_cover(Instance((MEALS,), pair, gates)).is_feasible
    poorer = (replace(pair[0], turnover_pence=1_999_999_999), pair[1])
    cover = best_cover(Instance((MEALS,), poorer, gates))
    assert [one.kind for one in cover.certificate] == ["turnover"]


def test_the_missing_partner_is_named_with_what_is_short():
    caterer = Enterprise("a", {"meals": 80}, insurance_pence=500_000_000)
    uninsured = Enterprise("b", {"meals": 50}, insurance_pence=100_000_000)
    cover = best_cover(Instance((MEALS,), (caterer, uninsured), Gates(insurance_pence=500_000_000)))
    assert {one.kind for one in cover.certificate} == {"need", "insurance"}
    assert [one.message for one in cover.nearest.lacks] == ["Meals is short by 20 units"]


def test_nobody_at_all_is_an_answer():
    cover = best_cover(Instance((MEALS,), ()))
    assert [one.kind for one in cover.certificate] == ["need"]
    assert cover.nearest.members == ()
    assert [one.short for one in cover.nearest.lacks] == [100]


def test_a_partner_with_nothing_to_do_is_no_partner():
    worker = Enterprise("a", {"meals": 100}, {"meals": 1.0})
    idle = Enterprise("b", {"meals": 0.5}, {"meals": 1.0}, local=True)
    cover = best_cover(Instance((MEALS,), (worker, idle), min_local=1))
    assert not cover.is_feasible


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"needs": []}, "no needs", id="nothing to cover"),
        pytest.param({"needs": [{"id": "a", "units": 0}]}, "more than 0", id="no units"),
        pytest.param({"value_pence": 5}, "worth 100 pence together", id="values that do not add up"),
        pytest.param({"form": "partnership"}, "joint or lead", id="a form we do not know"),
        pytest.param({"enterprises": [{"id": "x"}, {"id": "x"}]}, "called x", id="twins"),
        pytest.param({"enterprises": [{"id": "x", "capacity": {"a": -1}}]}, "0 or more", id="less than nothing"),
        pytest.param({"enterprises": [{"id": "x", "capacity": {"a": "many"}}]}, "number", id="a word for a number"),
        pytest.param({"max_members": 2.5}, "whole number", id="half a member"),
        pytest.param({"excluded_pairs": [["x"]]}, "two ids", id="a pair of one"),
    ],
)
def test_a_lot_that_cannot_be_meant_is_refused_with_its_reason(change, reason):
    given_lot = {
        "needs": [{"id": "a", "units": 1, "value_pence": 100}],
        "enterprises": [{"id": "x", "capacity": {"a": 1}}],
    }
    assert best_cover(instance_from_json(given_lot)).is_feasible
    with pytest.raises(ValueError, match=reason):
        instance_from_json(given_lot | change)


def _run(tmp_path, given_lots):
    (tmp_path / "lots.json").write_text(json.dumps(given_lots), encoding="utf-8")
    answer = CliRunner().invoke(consortium_command, [str(tmp_path / "lots.json")])
    return answer.exit_code, json.loads(answer.stdout)


def test_the_command_answers_a_list_in_order_whether_feasible_or_not(tmp_path):
    able = {"needs": [{"id": "a", "units": 2, "value_pence": 100}], "enterprises": [{"id": "x", "capacity": {"a": 2}}]}
    code, answers = _run(tmp_path, [able, able | {"enterprises": []}])
    assert code == 0
    assert [one["status"] for one in answers] == ["optimal", "infeasible"]
    assert answers[0]["members"] == [{"id": "x", "units": {"a": 2}, "share": 1.0, "lead": True}]
    assert answers[1]["certificate"][0] == {"kind": "need", "id": "a", "message": "A needs 2 units"}


def test_a_refused_lot_keeps_its_place_and_the_others_are_answered(tmp_path):
    able = {"needs": [{"id": "a", "units": 2, "value_pence": 100}], "enterprises": [{"id": "x", "capacity": {"a": 2}}]}
    code, answers = _run(tmp_path, [{"needs": []}, able])
    assert code == 2
    assert [one["status"] for one in answers] == ["refused", "optimal"]
    assert "no needs" in answers[0]["reason"]

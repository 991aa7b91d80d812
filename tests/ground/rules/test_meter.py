"""The barrier meter: what gates do to a field of suppliers, and that milder gates never shut anyone out."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from procure.rules import Gate, Holding, Supplier, read_meter
from procure.rules.gates import STATES

TODAY = date(2026, 11, 22)
TURNOVER = Gate("turnover", "Turnover", 100_000_00)
LIABILITY = Gate("insurance", "Public liability", 500_000_000)
ISO = Gate("certificate_each", "ISO 9001")
DBS = Gate("certificate_any", "DBS")

amounts = st.one_of(st.none(), st.integers(0, 10**9))
days = st.one_of(st.none(), st.dates(date(2026, 11, 20), date(2026, 11, 24)))
holdings = st.lists(
    st.one_of(
        st.builds(Holding, st.just("turnover"), st.just("Turnover"), amounts),
        st.builds(Holding, st.just("insurance"), st.just("Public liability"), amounts, days),
        st.builds(Holding, st.just("certificate"), st.sampled_from(["ISO 9001", "DBS"]), st.none(), days),
    ),
    max_size=5,
)
suppliers = st.lists(
    st.builds(Supplier, st.just(""), holdings.map(tuple), st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    max_size=8,
).map(lambda them: [replace(one, id=str(number)) for number, one in enumerate(them)])
asked = st.lists(
    st.one_of(
        st.builds(Gate, st.just("turnover"), st.just("Turnover"), st.integers(0, 10**9)),
        st.builds(Gate, st.just("insurance"), st.just("Public liability"), st.integers(0, 10**9)),
        st.sampled_from([ISO, DBS]),
    ),
    min_size=1,
    max_size=5,
)


def relaxed(gates: list[Gate], how: list[int | None]) -> list[Gate]:
    """The same gates with amounts lowered by so much; None drops a gate, and a certificate is kept or dropped."""
    kept = []
    for gate, less in zip(gates, how, strict=False):
        if less is None:
            continue
        if gate.amount_pence is None:
            kept.append(gate)
        else:
            kept.append(replace(gate, amount_pence=max(0, gate.amount_pence - less)))
    return kept


@given(asked, suppliers, st.lists(st.one_of(st.none(), st.integers(0, 10**9)), min_size=5, max_size=5))
def test_relaxing_gates_never_excludes_anyone(gates, field, how):
    strict, mild = read_meter(gates, field, TODAY)[1], read_meter(relaxed(gates, how), field, TODAY)[1]
    assert strict.ids <= mild.ids
    assert strict.local <= mild.local
    assert strict.vcse <= mild.vcse
    assert strict.sure <= mild.sure


@given(asked, suppliers)
def test_whoever_a_gate_alone_shuts_out_comes_back_when_it_is_dropped(gates, field):
    barriers, remaining = read_meter(gates, field, TODAY)
    for place, barrier in enumerate(barriers):
        without = read_meter([*gates[:place], *gates[place + 1 :]], field, TODAY)[1]
        assert without.ids == remaining.ids | set(barrier.excluded_alone)
        assert sum(barrier.states[state] for state in STATES) == len(field)


def test_what_is_not_known_is_shown_and_shuts_nobody_out():
    silent = Supplier("silent", ())
    private = Supplier("private", (Holding("turnover", "Turnover", 1),), is_shared=False, has_answered=True)
    barriers, remaining = read_meter([TURNOVER, LIABILITY], [silent, private], TODAY)
    assert remaining.ids == {"silent", "private"}
    assert remaining.sure == 0
    assert [one.states["unknown"] for one in barriers] == [2, 2]


def test_silence_after_the_question_means_it_is_not_held():
    asked_and_silent = Supplier("asked", (), is_local=True, is_vcse=True, has_answered=True)
    (barrier,), remaining = read_meter([ISO], [asked_and_silent], TODAY)
    assert (barrier.excluded_alone, barrier.local, barrier.vcse) == (("asked",), 1, 1)
    assert remaining.ids == frozenset()


def test_an_expired_certificate_shuts_out_like_one_that_is_not_held():
    lapsed = Supplier("lapsed", (Holding("certificate", "DBS", None, date(2026, 11, 21)),))
    (barrier,), _ = read_meter([DBS], [lapsed], TODAY)
    assert (barrier.states["expired"], barrier.excluded_alone) == (1, ("lapsed",))

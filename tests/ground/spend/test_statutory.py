"""Statutory files: every line is in the file or left out with a reason, and nothing is lost between."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.spend.private_names import reason_to_redact
from procure.spend.statutory import REDACTED, SpendLine, amount_of, basis_of, cells, is_tax, prepare
from procure.spend.statutory_rules import SHIPPED, StatutoryRule, read_rules, rule_on, rules_of

RULES = read_rules()
KINDS = ["transparency-code", "over-25000", "section-70"]
JUNE = date(2026, 6, 30)


def a_line(pence: int, **facts: Any) -> SpendLine:
    return SpendLine(**{"supplier": "Canal Kitchen CIC", "pence": pence, "paid_on": date(2026, 5, 1), **facts})


def make(kind: str, *lines: SpendLine, **choices: Any) -> Any:
    return prepare(lambda: lines, rules_of(kind, RULES), on=JUNE, **choices)


def amounts_in(file: Any) -> list[int]:
    return [each.pence for each in file.included]


def reasons(file: Any) -> list[str]:
    return [each.reason for each in file.excluded]


lines = st.builds(
    SpendLine,
    supplier=st.sampled_from(["Canal Kitchen CIC", "Mrs Ada Stone", "HMRC", "REDACTED", "Lock Ltd"]),
    pence=st.integers(-4_000_000, 4_000_000) | st.sampled_from([50_000, 50_001, -50_001, 2_500_001, 3_000_001]),
    paid_on=st.dates(date(2026, 1, 1), JUNE),
    basis=st.sampled_from([None, "net", "gross"]),
    vat_pence=st.none() | st.integers(-700_000, 700_000),
    gross_pence=st.none() | st.integers(-5_000_000, 5_000_000),
    transaction_number=st.sampled_from([None, "", "1", "2"]),
)


@pytest.mark.parametrize("kind", KINDS)
@given(given_lines=st.lists(lines, max_size=30), amounts=st.sampled_from([None, "net", "gross"]))
def test_included_and_excluded_are_all_to_the_penny(
    kind: str, given_lines: list[SpendLine], amounts: str | None
) -> None:
    file = make(kind, *given_lines, amounts=amounts, redact=reason_to_redact)
    both = [each.line for each in (*file.included, *file.excluded)]
    assert sorted(map(repr, both)) == sorted(map(repr, given_lines))
    assert file.totals.whole.ledger_pence == sum(line.pence for line in given_lines)
    assert file.totals.included.ledger_pence + sum(one.ledger_pence for one in file.totals.excluded) == sum(
        line.pence for line in given_lines
    )
    assert file.totals.included.lines + sum(one.lines for one in file.totals.excluded) == len(given_lines)
    assert file.totals.included.file_pence == sum(amount_of(each.line, file.amounts)[0] for each in file.included)
    assert all(each.reason for each in file.excluded)


@pytest.mark.parametrize("kind", KINDS)
@given(given_lines=st.lists(lines, max_size=30))
def test_sums_of_transactions_of_several_lines_are_enough(kind: str, given_lines: list[SpendLine]) -> None:
    pairs = Counter((line.supplier, line.transaction_number) for line in given_lines)
    shared = [line for line in given_lines if pairs[line.supplier, line.transaction_number] > 1]
    assert list(make(kind, *given_lines, shared=shared).sort()) == list(make(kind, *given_lines).sort())


@pytest.mark.parametrize("kind", KINDS)
@given(given_lines=st.lists(lines, max_size=12))
def test_the_order_of_lines_changes_nothing(kind: str, given_lines: list[SpendLine]) -> None:
    one, other = make(kind, *given_lines), make(kind, *reversed(given_lines))
    assert sorted(map(repr, one.included)) == sorted(map(repr, other.included))


@pytest.mark.parametrize(
    ("kind", "pence", "is_in"),
    [
        ("transparency-code", 50_000, False),
        ("transparency-code", 50_001, True),
        ("transparency-code", -50_001, True),
        ("transparency-code", -50_000, False),
        ("over-25000", 2_500_000, False),
        ("over-25000", 2_500_001, True),
        ("over-25000", -2_500_001, True),
        ("section-70", 3_000_000, False),
        ("section-70", 3_000_001, True),
        ("section-70", -3_000_001, False),
    ],
)
def test_a_payment_must_be_more_than_the_threshold(kind: str, pence: int, is_in: bool) -> None:
    assert make(kind, a_line(pence)).totals.included.lines == is_in


def test_small_lines_of_a_large_transaction_go_in_with_it() -> None:
    split = [a_line(2_000_000, transaction_number="77"), a_line(600_000, transaction_number="77")]
    assert amounts_in(make("over-25000", *split)) == [2_000_000, 600_000]


@pytest.mark.parametrize(
    "apart",
    [{"transaction_number": "78"}, {"supplier": "Another Ltd"}, {"transaction_number": None}],
    ids=["another number", "another supplier", "no number"],
)
def test_separate_payments_are_never_added_up(apart: dict[str, Any]) -> None:
    one = a_line(2_000_000, transaction_number="77")
    assert amounts_in(make("over-25000", one, replace(one, **apart))) == []


def test_lines_without_a_number_are_never_one_transaction() -> None:
    assert amounts_in(make("over-25000", a_line(2_000_000), a_line(2_000_000))) == []


def test_section_70_compares_the_amount_with_vat() -> None:
    file = make("section-70", a_line(2_600_000, basis="net", vat_pence=520_000), amounts="net")
    assert (file.amounts, amounts_in(file), file.totals.vat_unknown) == ("gross", [3_120_000], 0)


def test_a_line_that_may_be_over_with_vat_is_pointed_out() -> None:
    file = make("section-70", a_line(2_600_000), a_line(2_500_000))
    assert ["Check it" in reason for reason in reasons(file)] == [True, False]


def test_payments_before_the_rule_began_stay_out() -> None:
    file = make("section-70", a_line(9_000_000, paid_on=date(2026, 3, 31)))
    assert reasons(file) == ["Paid before 1 April 2026, when the rule began"]


def test_each_line_is_judged_by_the_rule_of_its_day() -> None:
    rule = rules_of("transparency-code", RULES)[0]
    later = replace(rule, since=date(2026, 6, 1), threshold_pence=100_000)
    file = prepare(lambda: [a_line(60_000), a_line(60_000, paid_on=date(2026, 6, 1))], (rule, later), on=JUNE)
    assert (file.totals.included.lines, file.rule) == (1, later)
    assert reasons(file) == ["Not over £1,000, alone or with the other lines of its transaction"]


@pytest.mark.parametrize(
    ("wanted", "facts", "expected"),
    [
        ("net", {}, (100, False)),
        ("gross", {}, (100, False)),
        ("net", {"basis": "net"}, (100, True)),
        ("gross", {"basis": "net"}, (100, False)),
        ("gross", {"basis": "gross"}, (100, True)),
        ("net", {"basis": "gross"}, (100, False)),
        ("net", {"basis": "gross", "vat_pence": 20}, (80, True)),
        ("gross", {"vat_pence": 20}, (120, True)),
        ("net", {"vat_pence": 20}, (100, True)),
        ("gross", {"gross_pence": 120}, (120, True)),
        ("net", {"gross_pence": 120}, (100, True)),
    ],
)
def test_vat_is_as_the_ledger_says_and_never_guessed(
    wanted: str, facts: dict[str, Any], expected: tuple[int, bool]
) -> None:
    assert amount_of(a_line(100, **facts), wanted) == expected


@pytest.mark.parametrize(
    ("heading", "basis"),
    [
        ("Net Amount", "net"),
        ("Total (excludes VAT)", "net"),
        ("Amount exc. VAT", "net"),
        ("Gross", "gross"),
        ("Amount inc VAT £", "gross"),
        ("Amount", None),
        ("Internet spend", None),
    ],
)
def test_headings_say_whether_vat_is_in(heading: str, basis: str | None) -> None:
    assert basis_of(heading) == basis


@pytest.mark.parametrize("name", ["HMRC", "H M R C", "HM Revenue & Customs", "HM REVENUE AND CUSTOMS - VAT"])
def test_tax_is_not_published(name: str) -> None:
    assert is_tax(name)
    assert reasons(make("transparency-code", a_line(900_000, supplier=name))) == ["Tax, paid to HM Revenue and Customs"]


@pytest.mark.parametrize("name", ["Chmrch Ltd", "Revenue Services Ltd", "Border Force Customs"])
def test_others_are_not_taken_for_the_tax_authority(name: str) -> None:
    assert not is_tax(name)


@pytest.mark.parametrize(
    "name",
    ["Mrs Ada Stone", "MR J SMITH", "J Smith", "Smith J A", "Smith, Jane", "Stone A Miss", "Dr Élodie O’Neill-Brown"],
)
def test_names_like_a_persons_are_hidden(name: str) -> None:
    assert reason_to_redact(name)


@pytest.mark.parametrize(
    "name",
    [
        "J Smith & Sons", "J Smith Ltd", "Marks & Spencer", "Smith J Plumbing", "Dr A Patel Surgery", "B4 Catering",
        "Canal Kitchen CIC", "Birmingham, University of", "Stone", "A B C", "", "Leeds, City of the North", "3 M",
    ],
)  # fmt: skip
def test_names_of_organisations_are_shown(name: str) -> None:
    assert reason_to_redact(name) is None


@pytest.mark.parametrize("name", ["REDACTED", "redacted personal data", "Name withheld", "XXXX"])
def test_names_redacted_before_stay_so(name: str) -> None:
    assert reason_to_redact(name) == "Redacted in the ledger"


def test_a_hidden_name_takes_the_free_text_with_it_and_leaves_the_money() -> None:
    line = a_line(123_456, supplier="Mrs Ada Stone", description="Care for Ada", category="Care")
    file = make("transparency-code", line, redact=reason_to_redact)
    row = dict(
        zip([name for name, _ in file.rule.headings], cells(next(file.included), file.rule, body="Us"), strict=True)
    )
    assert row["Supplier (beneficiary)"] == REDACTED
    assert row["Purpose"] == "Care"
    assert row["Amount"] == Decimal("1234.56")
    assert "Ada" not in repr(row)


def test_the_treasury_file_has_the_published_headings() -> None:
    rule = rules_of("over-25000", RULES)[-1]
    assert ",".join(heading for heading, _ in rule.headings) == (
        "Department Family,Entity,Date,Expense Type,Expense Area,Supplier,Transaction Number,Amount,Description"
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_every_rule_has_a_source_and_says_what_is_in_doubt(rule: StatutoryRule) -> None:
    assert rule.source
    assert rule.verified or rule.doubt


def test_no_rule_holds_before_its_first_day() -> None:
    editions = rules_of("section-70", RULES)
    assert rule_on(date(2026, 3, 31), editions) is None
    assert rule_on(date(2026, 4, 1), editions) == editions[0]


def _without_kind(row: dict[str, Any]) -> None:
    del row["kind"]


def _unknown_field(row: dict[str, Any]) -> None:
    row["headings"] = [["Shoe size", "shoe_size"]]


def _odd_amounts(row: dict[str, Any]) -> None:
    row["amounts"] = "both"


@pytest.mark.parametrize("spoil", [_without_kind, _unknown_field, _odd_amounts])
def test_a_table_that_cannot_be_used_says_why(tmp_path: Path, spoil: Callable[[dict[str, Any]], None]) -> None:
    table = json.loads(SHIPPED.read_text(encoding="utf-8"))
    spoil(table["files"][0])
    own = tmp_path / "statutory-files.json"
    own.write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(ValueError, match=r"statutory-files\.json cannot be used"):
        read_rules(own)

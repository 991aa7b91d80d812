"""What kind of payee somebody is: the better word wins, and every answer says whose word it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.spend.kind_words import infer_kind
from procure.spend.kinds import GRADES, KINDS, Told, kind_of

NAMES = {
    "Brightwell Catering CIC": ("vcse", "cic"),
    "BRIGHTWELL C.I.C. BACS 0412": ("vcse", "cic"),
    "Brightwell C I C": ("vcse", "cic"),
    "Brightwell Community Interest Company": ("vcse", "cic"),
    "Handsworth Gardens CIO": ("vcse", "cio"),
    "Leith Dance SCIO": ("vcse", "cio"),
    "Midcounties Co-operative Limited": ("vcse", "cooperative"),
    "Tea Workers Co-op": ("vcse", "cooperative"),
    "Citysave Credit Union Ltd": ("vcse", "credit_union"),
    "Hill Energy Community Benefit Society": ("vcse", "community_benefit"),
    "Anytown Charitable Trust": ("vcse", "charity"),
    "The Co-operative Bank plc": ("business", None),
    "Acme Trading Ltd": ("business", None),
    "ACME TRADING LIMITED": ("business", None),
    "Harper & Sons": ("business", None),
    "Harper Webb LLP": ("business", None),
    "Council House Catering Ltd": ("business", None),
    "Police Supplies Ltd": ("business", None),
    "Coop Dreimal GmbH": ("business", None),
    "Anytown City Council": ("public_body", None),
    "Anytown MBC": ("public_body", None),
    "London Borough of Anytown": ("public_body", None),
    "Anytown Hospitals NHS Foundation Trust": ("public_body", None),
    "NHS SUPPLY CHAIN": ("public_body", None),
    "MARCHWATER AMBULANCE SERVICE NHS TR": ("public_body", None),
    "Easthome Community Health NHS Foun": ("public_body", None),
    "NHS Footwear Suppliers Ltd": ("business", None),
    "HMRC": ("public_body", None),
    "HM Revenue & Customs": ("public_body", None),
    "Department for Education": ("public_body", None),
    "Charity Commission": ("public_body", None),
    "University of Anytown": ("public_body", None),
    "Anytown Primary School": ("public_body", None),
    "Co-operative Academies Trust": ("public_body", None),
    "Mrs J Harper": ("person", None),
    "Harper, Jane": ("person", None),
    "Jane Harper": None,
    "British Council": None,
    "Voluntary Service Council": None,
    "Brightwell Catering": None,
    "REDACTED PERSONAL DATA": None,
    "Cicely Court": None,
    "Cooper Brothers": None,
    "Scion Homes": None,
    "": None,
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items(), ids=[name or "nothing" for name in NAMES])
def test_the_words_of_a_name(name, expected):
    found = infer_kind(name)
    assert (None if found is None else (found.group, found.form)) == expected


def groups(**told):
    found = kind_of(Told(**{"name": "Brightwell Catering", **told}))
    return found.group, found.form, found.grade


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, ("unknown", None, None)),
        ({"name": "Brightwell CIC"}, ("vcse", "cic", "inferred")),
        ({"name": "Brightwell CIC", "declared_form": "charity"}, ("vcse", "charity", "declared")),
        ({"declared_form": "charity", "register_form": "cic"}, ("vcse", "cic", "register")),
        ({"declared_form": "company", "register_form": "cic"}, ("vcse", "cic", "register")),
        ({"name": "Brightwell CIC", "declared_form": "company"}, ("business", "company", "declared")),
        ({"declared_form": "cio", "declared_grade": "register"}, ("vcse", "cio", "register")),
        ({"declared_form": "other"}, ("unknown", None, None)),
        ({"declared_form": "other", "name": "Brightwell CIC"}, ("vcse", "cic", "inferred")),
        ({"register_form": "company"}, ("business", "company", "register")),
        ({"register_form": "other"}, ("business", None, "register")),
        ({"register_form": "company", "declared_form": "company"}, ("business", "company", "register")),
        ({"register_form": "company", "declared_form": "social_enterprise"},
         ("vcse", "social_enterprise", "declared")),
        ({"register_form": "company", "name": "Anytown Charitable Trust"}, ("vcse", "charity", "inferred")),
        ({"register_form": "company", "name": "Anytown City Council"}, ("business", "company", "register")),
        ({"register_form": "company", "name": "J Harper"}, ("business", "company", "register")),
        ({"name": "Acme Ltd", "settled": "public_body"}, ("public_body", None, "declared")),
        ({"name": "Acme", "settled": "person"}, ("person", None, "declared")),
        ({"name": "Jane Harper", "read_as": "person"}, ("person", None, "inferred")),
        ({"name": "Harper Ltd", "read_as": "person"}, ("business", None, "inferred")),
    ],
)  # fmt: skip
def test_a_register_outweighs_its_own_word_and_that_outweighs_its_name(told, expected):
    assert groups(**told) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, (None, None)),
        ({"workforce": 249}, (True, "declared")),
        ({"workforce": 250}, (False, "declared")),
        ({"workforce": 12, "turnover_pence": 44_000_000_00}, (True, "declared")),
        ({"workforce": 12, "turnover_pence": 44_000_000_01}, (False, "declared")),
        ({"turnover_pence": 10}, (None, None)),
        ({"workforce": 12, "settled": "person"}, (None, None)),
    ],
)
def test_a_small_or_medium_sized_enterprise_is_one_by_its_own_figures(told, expected):
    found = kind_of(Told(name="Brightwell", declared_form="company", **told))
    assert (found.is_sme, found.sme_grade) == expected


forms = st.sampled_from([None, "company", "cic", "charity", "other", "partnership", "cooperative"])


@given(
    st.text(max_size=40) | st.sampled_from(list(NAMES)),
    st.sampled_from([None, "person", "public_body"]),
    forms,
    forms,
    st.integers(0, 1000) | st.none(),
)
def test_every_payee_has_one_group_and_a_grade_unless_nobody_knows(name, settled, register, declared, workforce):
    found = kind_of(Told(name, settled, None, register, declared, workforce=workforce))
    assert found.group in KINDS
    assert (found.grade in GRADES) == (found.group != "unknown")
    assert found.reason
    assert found.is_vcse == (found.group == "vcse")
    assert (found.is_sme is None) == (found.sme_grade is None)

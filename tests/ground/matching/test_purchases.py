"""What was bought is read from a publisher's own category, and not told where that is not sure enough."""

import pytest

from procure.matching.categories import DIVISION_NAMES
from procure.matching.categories.account_words import ACCOUNT_WORDS, NO_PURCHASE, UNCLEAR
from procure.matching.categories.purchases import BY_WORDS, LEAST_SURE, bought_under


@pytest.mark.parametrize(
    ("category", "division"),
    [
        ("Catering", "55"),
        ("CLEANING", "90"),
        ("Agency staff", "79"),
        ("Agency nursing", "79"),
        ("Insurance", "66"),
        ("Training", "80"),
        ("Home to school transport", "60"),
        ("Residential Care", "85"),
        ("Energy and utilities", "09"),
        ("Drugs", "33"),
        ("(80205) Drug Costs", "33"),
        ("Medical & Surgical Equipment", "33"),
        ("IT services", "72"),
        ("Computer Software/License", "48"),
        ("Legal / Prof Fees", "79"),
        ("Rent", "70"),
        ("Water rates", "65"),
        ("Cleaning materials", "39"),
        ("SUPPLIES_&_SERVICES.INSURANCES_GENERAL", "66"),
    ],
)
def test_everyday_categories_are_read(category: str, division: str) -> None:
    bought = bought_under(category)
    assert (bought.division, bought.is_told) == (division, True)
    assert LEAST_SURE <= bought.chance <= 1
    assert bought.words in ("almost sure", "likely")


@pytest.mark.parametrize(
    "category",
    [
        "Employee related",
        "National Insurance - Current",
        "Business rates",
        "RATES",
        "Grants",
        "Capital grants",
        "Precepts and levies",
        "Prepayments under a year",
        "Payroll deductions",
        "Pension contributions",
        "Grants to catering colleges",
    ],
)
def test_pay_taxes_gifts_and_book_keeping_are_no_purchase(category: str) -> None:
    bought = bought_under(category)
    assert (bought.division, bought.chance, bought.is_purchase, bought.is_told) == (None, 0.0, False, False)
    assert bought.words == "not a purchase"


@pytest.mark.parametrize(
    "category",
    [
        "",
        "Miscellaneous expenses",
        "Xyzzy",
        "Third Party Payments",
        "Capital",
        "4110",
        "Supplies and services",
        "Professional fees",
        "Premises",
        "Equipment",
    ],
)
def test_what_says_little_is_not_told(category: str) -> None:
    bought = bought_under(category)
    assert not bought.is_told
    assert bought.is_purchase
    assert bought.words in ("not known", "too unsure to count")
    assert bought.division is None or bought.division in DIVISION_NAMES


@pytest.mark.parametrize("category", ["Printing and stationery", "IT and telephony", "Vehicles and fuel"])
def test_a_category_of_two_kinds_is_told_for_neither(category: str) -> None:
    assert not bought_under(category).is_told


def test_words_that_mislead_are_not_believed() -> None:
    assert bought_under("Healthcare from charities").division == "85"
    assert not bought_under("Non-healthcare from trusts").is_told


def test_the_longer_phrase_is_believed_over_the_words_in_it() -> None:
    assert bought_under("Cleaning").division == "90"
    assert bought_under("Cleaning equipment and materials").division == "39"


@pytest.mark.parametrize("division", sorted(ACCOUNT_WORDS))
def test_every_account_word_says_what_it_stands_under(division: str) -> None:
    assert division in DIVISION_NAMES
    for phrase in ACCOUNT_WORDS[division].split(", "):
        assert bought_under(phrase.upper()) == (division, BY_WORDS, True), phrase


def test_no_phrase_stands_twice() -> None:
    assert not any(bought_under(phrase).is_purchase for phrase in NO_PURCHASE.split(", "))
    assert not any(bought_under(phrase).is_told for phrase in UNCLEAR.split(", "))

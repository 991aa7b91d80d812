"""Registers of companies, charities and mutuals."""

from pathlib import Path

import pytest

from procure.registers import Body, Kept, OtherName, Record, Refused, read_file

from . import published


def records(path: Path, kind: str) -> list[Record]:
    return [record for outcome in read_file(path, kind) if isinstance(outcome, Kept) for record in outcome.records]


def refusals(path: Path, kind: str) -> list[tuple[int, str]]:
    return [(outcome.row, outcome.reason) for outcome in read_file(path, kind) if isinstance(outcome, Refused)]


def test_a_company_is_read_from_the_exact_published_layout(tmp_path: Path) -> None:
    path = published.companies(
        tmp_path / "BasicCompanyData.csv",
        {
            "name": "ST BASIL'S CARE C.I.C.",
            "number": "SC000123",
            "line": "SUITE 4, 20 HOCKLEY STREET",
            "postcode": "B18 5AA",
            "category": "Community Interest Company",
            "sic": "88990 - Other social work activities without accommodation n.e.c.",
            "was": "OLD BASIL LIMITED",
            "was_before": "FIRST BASIL LIMITED",
        },
    )
    assert records(path, "companies") == [
        Body(
            "companies",
            "SC000123",
            "ST BASIL'S CARE C.I.C.",
            "Active",
            "cic",
            "B18 5AA",
            "20 hockley street|B18 5AA",
            ("88990",),
            None,
            (("OLD BASIL LIMITED", "previous"), ("FIRST BASIL LIMITED", "previous")),
        )
    ]


@pytest.mark.parametrize(
    ("category", "form"),
    [
        ("Private Limited Company", "company"),
        ("PRI/LTD BY GUAR/NSC (Private, limited by guarantee, no share capital)", "company"),
        ("PRI/LBG/NSC (Private, Limited by guarantee, no share capital, use of 'Limited' exemption)", "company"),
        ("Community Interest Company", "cic"),
        ("Charitable Incorporated Organisation", "cio"),
        ("Registered Society", "society"),
        ("Limited Liability Partnership", "partnership"),
        ("Overseas Entity", "other"),
    ],
)
def test_the_category_tells_the_form(tmp_path: Path, category: str, form: str) -> None:
    path = published.companies(tmp_path / "a.csv", {"name": "A", "number": "1", "category": category})
    (body,) = records(path, "companies")
    assert isinstance(body, Body)
    assert (body.form, body.number) == (form, "00000001")


def test_rows_that_cannot_be_kept_say_why_and_where(tmp_path: Path) -> None:
    path = published.companies(
        tmp_path / "a.csv",
        {"name": "Good", "number": "12"},
        {"name": "No number"},
        {"name": "", "number": "13"},
        {"name": "Odd number", "number": "123456789"},
        {"name": "Good too", "number": "14"},
    )
    with path.open("a") as file:
        file.write("cut,short\n\n")
    assert refusals(path, "companies") == [
        (3, "There is no company number"),
        (4, "There is no company name"),
        (5, "123456789 is not a company number"),
        (7, "The row has 2 cells and the heading 55"),
    ]
    assert len(records(path, "companies")) == 2


def test_a_postcode_that_is_none_is_unknown_and_the_company_stays(tmp_path: Path) -> None:
    path = published.companies(tmp_path / "a.csv", {"name": "A", "number": "1", "line": "1 High St", "postcode": "N/A"})
    (body,) = records(path, "companies")
    assert isinstance(body, Body)
    assert (body.postcode, body.address_key) == (None, None)


def test_a_charity_of_england_is_read_from_the_tab_file_and_from_json_alike(tmp_path: Path) -> None:
    charity = {
        "registered_charity_number": "1089464",
        "linked_charity_number": "0",
        "charity_name": 'Friends of the "Green" Park',
        "charity_type": "Charitable company",
        "charity_registration_status": "Registered",
        "charity_contact_address1": "1 Park Road",
        "charity_contact_postcode": "B18 5AA",
        "charity_company_registration_number": "4123456",
        "charity_is_cio": "False",
        "charity_activities": "A, long text",
    }
    heads = "\t".join(published.CHARITY)
    cells = "\t".join(charity.get(name, "") for name in published.CHARITY)
    tabbed = tmp_path / "publicextract.charity.txt"
    tabbed.write_text(f"{heads}\n{cells}\n", encoding="utf-8")
    rows = [dict.fromkeys(published.CHARITY) | charity | {"charity_is_cio": False, "linked_charity_number": 0}]
    listed = published.as_json(tmp_path / "publicextract.charity.json", *rows)
    expected = Body(
        "charities-ew", "1089464", "Friends of the \"Green\" Park", "Registered", "charity", "B18 5AA",
        "1 park road|B18 5AA", (), "04123456",
    )  # fmt: skip
    assert records(tabbed, "charities") == [expected]
    assert records(listed, "charities") == [expected]


def test_a_linked_charity_has_a_number_of_its_own_and_a_cio_is_told(tmp_path: Path) -> None:
    path = published.table(
        tmp_path / "c.txt",
        published.CHARITY,
        {"registered_charity_number": "10", "linked_charity_number": "2", "charity_name": "Fund"},
        {"registered_charity_number": "11", "charity_name": "CIO", "charity_type": "CIO", "charity_is_cio": "True"},
        {"registered_charity_number": "x", "charity_name": "Odd"},
        mark="\t",
    )
    assert [(body.number, body.form) for body in records(path, "charities")] == [("10-2", "charity"), ("11", "cio")]
    assert refusals(path, "charities") == [(4, "'x' is not a charity number")]


def test_working_names_of_charities_come_from_their_own_table(tmp_path: Path) -> None:
    path = published.table(
        tmp_path / "n.txt",
        published.OTHER_NAMES,
        {"registered_charity_number": "10", "linked_charity_number": "0", "charity_name_type": "Working name",
         "charity_name": "The Friends"},
        {"registered_charity_number": "10", "linked_charity_number": "0", "charity_name_type": "Previous name",
         "charity_name": "Old Friends"},
        mark="\t",
    )  # fmt: skip
    assert records(path, "charities") == [
        OtherName("charities-ew", "10", "The Friends", "working"),
        OtherName("charities-ew", "10", "Old Friends", "previous"),
    ]


def test_scotland_and_northern_ireland_have_registers_of_their_own(tmp_path: Path) -> None:
    scottish = published.table(
        tmp_path / "s.csv",
        published.OSCR,
        {"Charity Number": "SC012345", "Charity Name": "Glen Trust", "Known As": "The Glen", "Charity Status": "Active",
         "Postcode": "EH1 1AA", "Constitutional Form": "SCIO (Scottish Charitable Incorporated Organisation)",
         "Principal Office/Trustees Address": "2 Glen Road, Edinburgh, EH1 1AA"},
    )  # fmt: skip
    northern = published.table(
        tmp_path / "n.csv",
        published.CCNI,
        {"Reg charity number": "100002", "Charity name": "Lough Aid", "Status": "Received",
         "Public address": "Unit 1, 5 Main Street, Belfast, BT1 5GS", "Company number": "34567"},
    )  # fmt: skip
    (glen,), (lough,) = records(scottish, "charities"), records(northern, "charities")
    assert isinstance(glen, Body)
    assert isinstance(lough, Body)
    assert (glen.register, glen.form, glen.names) == ("charities-sc", "cio", (("The Glen", "working"),))
    assert (lough.number, lough.postcode, lough.company_number) == ("NIC100002", "BT1 5GS", "NI034567")


@pytest.mark.parametrize(
    ("registered_as", "form"),
    [
        ("Co-operative Society", "cooperative"),
        ("Community Benefit Society", "community_benefit"),
        ("Credit Union", "credit_union"),
        ("Friendly Society", "society"),
    ],
)
def test_a_mutual_is_told_apart_by_what_it_is_registered_as(tmp_path: Path, registered_as: str, form: str) -> None:
    path = published.table(
        tmp_path / "m.csv",
        published.MUTUALS,
        {"Full Registation Number": "IP12345R", "Society Name": "Growers Limited", "Registered As": registered_as,
         "Society Address": "Unit 3 The Yard, Leeds, LS1 1AA", "Society Status": "Registered"},
    )  # fmt: skip
    (body,) = records(path, "mutuals")
    assert isinstance(body, Body)
    assert (body.form, body.address_key) == (form, "unit 3 the yard|LS1 1AA")

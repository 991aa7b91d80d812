"""Companies House, Free Company Data Product ("BasicCompanyData"): every live company, monthly, 55 columns.

Field list: Companies House, "Free Company Data Product", data dictionary. Some headings begin with a space; the
category says "Community Interest Company" in place of the kind of company it also is.
"""

from collections.abc import Iterable

from .addresses import address_key, company_number, sic_code, tidy_postcode
from .layouts import Cells, Layout
from .records import Body, RowRefused

PREVIOUS_NAMES = 10
_FORMS = {
    "Private Limited Company": "company",
    "Community Interest Company": "cic",
    "Charitable Incorporated Organisation": "cio",
    "Scottish Charitable Incorporated Organisation": "cio",
    "Registered Society": "society",
    "Industrial and Provident Society": "society",
    "Limited Partnership": "partnership",
    "Limited Liability Partnership": "partnership",
    "Scottish Partnership": "partnership",
    "Public Limited Company": "company",
    "Old Public Company": "company",
    "Private Unlimited Company": "company",
    "Private Unlimited": "company",
    "Protected Cell Company": "company",
}


def _read(cells: Cells) -> Iterable[Body]:
    name, number, care_of, line_1, line_2, postcode, category, status, *rest = cells
    tidy = company_number(number)
    if tidy is None:
        raise RowRefused("There is no company number" if not number else f"{number[:20]} is not a company number")
    if not name:
        raise RowRefused("There is no company name")
    placed = tidy_postcode(postcode) if postcode else None
    sics = rest[:4]
    previous = rest[4:]
    yield Body(
        "companies",
        tidy,
        name,
        status or None,
        _FORMS.get(category) or _unusual_form(category),
        placed,
        address_key((line_1, line_2, care_of), placed),
        tuple(code for sic in sics if sic and (code := sic_code(sic))),
        None,
        tuple((other, "previous") for other in previous if other) if previous[0] else (),
    )


def _unusual_form(category: str) -> str:
    """Companies limited by guarantee are written in several long ways."""
    return "company" if category.upper().startswith(("PRI", "COMPANY")) else "other"


BASIC_COMPANY_DATA = Layout(
    name="companies-house",
    kind="companies",
    series="companies",
    title="Companies House basic company data",
    publisher="Companies House",
    licence="Free of copyright restrictions, as Companies House states",
    read=_read,
    fields={
        "name": "companyname",
        "number": "companynumber",
        "care_of": r"regaddress\.careof",
        "line_1": r"regaddress\.addressline1",
        "line_2": r"regaddress\.addressline2",
        "postcode": r"regaddress\.postcode",
        "category": "companycategory",
        "status": "companystatus",
        **{f"sic_{number}": rf"siccode\.sictext_{number}" for number in range(1, 5)},
        **{f"previous_{number}": rf"previousname_{number}\.companyname" for number in range(1, PREVIOUS_NAMES + 1)},
    },
    gives="Company names and former names, numbers, status, registered offices, lines of business, and who is a CIC",
    where="Free Company Data Product",
)

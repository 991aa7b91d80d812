"""The three registers of charities.

Field lists: Charity Commission, "Register of charities: full register download", tables charity and
charity_other_names (tab or JSON); OSCR, "Scottish Charity Register download" (csv); Charity Commission for Northern
Ireland, register download (csv).
"""

from collections.abc import Iterable

from .addresses import address_key, company_number, postcode_within, tidy_postcode
from .layouts import Cells, Layout
from .records import Body, OtherName, RowRefused

ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND = "charities-ew", "charities-sc", "charities-ni"
_TRUE = frozenset({"true", "t", "1"})


def _read_charity(cells: Cells) -> Iterable[Body]:
    number, linked, name, kind, status, line_1, line_2, postcode, company, is_cio = cells
    placed = tidy_postcode(postcode.upper()) if postcode else None
    yield Body(
        ENGLAND_AND_WALES,
        _charity_number(number, linked),
        _needed_name(name),
        status or None,
        "cio" if is_cio.lower() in _TRUE or kind.upper() == "CIO" else "charity",
        placed,
        address_key((line_1, line_2), placed),
        (),
        company_number(company),
    )


def _read_other_name(cells: Cells) -> Iterable[OtherName]:
    number, linked, kind, name = cells
    said = kind.lower()
    yield OtherName(
        ENGLAND_AND_WALES,
        _charity_number(number, linked),
        _needed_name(name),
        "previous" if "previous" in said else "trading" if "trading" in said else "working",
    )


def _charity_number(number: str, linked: str) -> str:
    """A linked charity has its parent's number and one of its own: "1089464-2"."""
    if not number.isascii() or not number.isdigit():
        raise RowRefused(f"{number[:20]!r} is not a charity number")
    return number if linked in ("", "0") else f"{number}-{linked}"


def _needed_name(name: str) -> str:
    if not name:
        raise RowRefused("There is no name")
    return name


def _read_scottish(cells: Cells) -> Iterable[Body]:
    number, name, known_as, status, postcode, form, address = cells
    squeezed = number.replace(" ", "").upper()
    if not squeezed.startswith("SC") or not squeezed[2:].isdigit():
        raise RowRefused(f"{number[:20]!r} is not a Scottish charity number, such as SC012345")
    placed = (tidy_postcode(postcode.upper()) if postcode else None) or postcode_within(address)
    yield Body(
        SCOTLAND,
        squeezed,
        _needed_name(name),
        status or None,
        _scottish_form(form),
        placed,
        address_key(tuple(address.split(",")), placed),
        names=((known_as, "working"),) if known_as and known_as != name else (),
    )


def _scottish_form(said: str) -> str:
    folded = said.lower()
    if folded.startswith("scio") or "scottish charitable incorporated" in folded:
        return "cio"
    return "community_benefit" if "community benefit" in folded else "charity"


def _read_northern_irish(cells: Cells) -> Iterable[Body]:
    number, sub_number, name, status, address, company, other = cells
    digits = number.upper().removeprefix("NIC").strip()
    if not digits.isdigit():
        raise RowRefused(f"{number[:20]!r} is not a charity number")
    placed = postcode_within(address)
    yield Body(
        NORTHERN_IRELAND,
        f"NIC{digits}" if sub_number in ("", "0") else f"NIC{digits}-{sub_number}",
        _needed_name(name),
        status or None,
        "charity",
        placed,
        address_key(tuple(address.split(",")), placed),
        (),
        _northern_company(company),
        ((other, "working"),) if other and other != name else (),
    )


def _northern_company(number: str) -> str | None:
    """Companies of Northern Ireland begin with NI; the register of charities leaves the letters out."""
    return company_number(f"NI{number.zfill(6)}" if number.isdigit() and number.strip("0") else number)


CHARITIES = Layout(
    name="charity-commission",
    kind="charities",
    series=ENGLAND_AND_WALES,
    title="Register of charities, England and Wales",
    publisher="Charity Commission for England and Wales",
    read=_read_charity,
    fields={
        "number": "registered_charity_number",
        "linked": "linked_charity_number",
        "name": "charity_name",
        "kind": "charity_type",
        "status": "charity_registration_status",
        "line_1": "charity_contact_address1",
        "line_2": "charity_contact_address2",
        "postcode": "charity_contact_postcode",
        "company": "charity_company_registration_number",
        "is_cio": "charity_is_cio",
    },
    optional=frozenset({"linked", "line_2", "is_cio"}),
    gives="Charities and CIOs of England and Wales: names, numbers, status, addresses, and which are companies too",
    where="Register of charities: full register download, table charity",
)
CHARITY_NAMES = Layout(
    name="charity-commission-names",
    kind="charities",
    series="charities-ew-names",
    title="Working and previous names of charities, England and Wales",
    publisher="Charity Commission for England and Wales",
    read=_read_other_name,
    fields={
        "number": "registered_charity_number",
        "linked": "linked_charity_number",
        "kind": "charity_name_type",
        "name": "charity_name",
    },
    optional=frozenset({"linked"}),
    gives="The names charities are known by, which ledgers use more than the registered ones",
    where="Register of charities: full register download, table charity_other_names",
    may_repeat=True,
)
SCOTTISH_CHARITIES = Layout(
    name="oscr",
    kind="charities",
    series=SCOTLAND,
    title="Scottish Charity Register",
    publisher="Office of the Scottish Charity Regulator",
    read=_read_scottish,
    fields={
        "number": "charity number",
        "name": "charity name",
        "known_as": "known as",
        "status": "charity status",
        "postcode": "postcode",
        "form": "constitutional form",
        "address": "principal office/trustees address",
    },
    optional=frozenset({"known_as", "address"}),
    gives="Charities and SCIOs of Scotland: names, numbers, status, addresses",
    where="Charity Register download",
)
NORTHERN_IRISH_CHARITIES = Layout(
    name="ccni",
    kind="charities",
    series=NORTHERN_IRELAND,
    title="Register of charities, Northern Ireland",
    publisher="Charity Commission for Northern Ireland",
    read=_read_northern_irish,
    fields={
        "number": "reg charity number",
        "sub_number": "sub charity number",
        "name": "charity name",
        "status": "status",
        "address": "public address",
        "company": "company number",
        "other": "other name",
    },
    optional=frozenset({"sub_number", "other"}),
    gives="Charities of Northern Ireland: names, numbers, status, addresses, and which are companies too",
    where="Charity search: download the register",
)

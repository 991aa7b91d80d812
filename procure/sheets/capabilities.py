# ruff: noqa: E501 - one case or rule a line
"""A capabilities file: enterprises that a support network registers, what they do and how much they can carry."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from procure.sheets.cells import (
    read_charity_number,
    read_company_number,
    read_list,
    read_outcode,
    read_postcode,
    show,
)  # fmt: skip
from procure.sheets.days import read_day
from procure.sheets.forms import FormRow, FormSheet, find_headings, read_sheets, walk_rows
from procure.sheets.limits import PERSON, Limits
from procure.sheets.lots import read_cpvs
from procure.sheets.money import CellError, read_pence
from procure.sheets.quantities import read_asks, read_capacities
from procure.sheets.reading import (
    CapabilitiesReading,
    CapabilitiesSheetReading,
    Cell,
    CertificateRow,
    EnterpriseRow,
    NonDataLine,
    RefusedRow,
    UnreadableSheetError,
)  # fmt: skip

WANTED = "Upload a capabilities file: one row for each enterprise, with its name and what it does. A template can be downloaded"
KINDS = {
    "cic": r"\bcic\b|community interest",
    "cio": r"\bcio\b|charitable incorporated",
    "charity": r"charit",
    "cooperative": r"co ?operative|coop\b|mutual|community benefit society",
    "social_enterprise": r"social enterprise|social firm|trading arm",
    "sole_trader": r"sole trader|self employed",
    "partnership": r"partnership|\bllp\b",
    "company": r"\b(?:company|ltd|limited|sme|small|micro|medium|business)\b",
}
_KINDS = {kind: re.compile(words) for kind, words in KINDS.items()}
_EMAIL = re.compile(r"[^\s@<>,;]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_UNTIL = re.compile(
    r"(.*?)\s*(?:\(|,|:)?\s*(?:until|expires?(?: on)?|to|valid to)?\s*([0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/. ][0-9]{2,4})\)?"
)

_WORDS = {
    "contact_email": r"\be ?mail\b",
    "contact_name": r"\bcontact\b(?!.*\b(?:number|telephone|phone)\b)",
    "telephone": r"\b(?:telephone|phone|mobile|tel)\b",
    "website": r"\b(?:website|web|url)\b",
    "company_number": r"\bcompan(?:y|ies)\b.*\b(?:number|house|registration|id)\b|^crn$",
    "charity_number": r"\bcharity\b.*\b(?:number|commission|registration|id)\b",
    "kind": r"\b(?:legal form|type of (?:organisation|enterprise|business)|kind|legal structure|organisation type|sector)\b",
    "capacity_pence": r"\b(?:largest|biggest|maximum|max)\b.*\b(?:contract|value|job|work|£)|\bcapacity\b.*(?:£|\bpounds\b|\bvalue\b)",
    "capacity": r"\bcapacity\b|\bhow much\b",
    "turnover": r"\bturnover\b|\bannual income\b|\brevenue\b",
    "insurance": r"\binsurance\b|\bindemnity\b",
    "certificates": r"\b(?:certificates?|accreditations?|certification|qualifications?|hold)\b",
    "social_value": r"\bsocial value\b|\bgood\b|\bsocial impact\b",
    "cpv": r"\bcpv\b",
    "areas": r"\b(?:areas?|districts?|outcodes?|where (?:do )?(?:you|they) work|coverage)\b",
    "postcode": r"\bpostcode\b",
    "what_they_do": r"\bwhat\b.*\bdo\b|\b(?:services?|capabilit(?:y|ies)|offers?|products?|activit(?:y|ies)|trades?)\b|^description$",
    "name": r"^(?:enterprise|organisation|company|business|supplier|member|trading|registered)?(?: )?name$|^name of (?:the )?\w+$|"
    r"^(?:enterprise|organisation|business|company|supplier|member)$",
}  # fmt: skip
VOCABULARY = {name: re.compile(words) for name, words in _WORDS.items()}


def read_capabilities(
    path: str | Path,
    *,
    filename: str | None = None,
    limits: Limits = PERSON,
    progress: Callable[[int], None] | None = None,
) -> CapabilitiesReading:
    """Read a capabilities file: one row an enterprise, several things in one cell parted by semicolons.

    raises  UnreadableSheetError where no sheet holds enterprises or the file may not be opened
    """
    sheets, warnings = read_sheets(path, limits)
    readings = []
    for name, is_hidden, rows in sheets:
        form = find_headings(name, is_hidden, rows, VOCABULARY)
        if form and "name" in form.indexes and form.indexes.keys() & {"what_they_do", "cpv"}:
            readings.append(_read_sheet(form))
            if progress:
                progress(sum(len(reading.enterprises) for reading in readings))
    readings = [reading for reading in readings if reading.enterprises or reading.refused]
    if not readings:
        raise UnreadableSheetError(
            f"No heading row with an enterprise's name and what it does was found. {WANTED}"
            if any(rows for _, _, rows in sheets)
            else f"The file is empty. {WANTED}"
        )
    return CapabilitiesReading(filename or Path(path).name, tuple(readings), tuple(warnings))


def _read_sheet(form: FormSheet) -> CapabilitiesSheetReading:
    enterprises: list[EnterpriseRow] = []
    refused: list[RefusedRow] = []
    non_data: list[NonDataLine] = []
    for row in walk_rows(form, non_data):
        enterprise = _read_enterprise(row)
        if row.problems:
            refused.append(row.refused())
        else:
            enterprises.append(enterprise)
    return CapabilitiesSheetReading(
        sheet=form.name,
        header_row=form.header_row,
        columns=form.columns,
        enterprises=tuple(enterprises),
        problems=tuple(problem for each in refused for problem in each.problems),
        refused=len(refused),
        refused_rows=tuple(refused),
        headings=form.headings,
        non_data=tuple(non_data),
    )


def _read_enterprise(row: FormRow) -> EnterpriseRow:
    row.require("name", "Enter the enterprise's name")
    what, cpv = row.read("what_they_do", read_list) or (), row.read("cpv", read_cpvs) or ()
    if not what and not cpv and not row.problems:
        row.fault("what_they_do", "Enter what the enterprise does, like: catering; cleaning")
    return EnterpriseRow(
        row=row.number,
        name=row.text("name") or "",
        postcode=row.read("postcode", _postcode),
        contact_name=row.text("contact_name"),
        contact_email=row.read("contact_email", _email),
        telephone=row.text("telephone"),
        website=row.text("website"),
        kind=row.read("kind", _kind),
        what_they_do=what,
        cpv=cpv,
        areas=row.read("areas", _areas) or (),
        capacity=row.read("capacity", read_capacities) or (),
        capacity_pence=row.read("capacity_pence", _money),
        turnover_pence=row.read("turnover", _money),
        insurance_pence=row.read("insurance", _money),
        certificates=row.read("certificates", read_certificates) or (),
        company_number=row.read("company_number", _company_number),
        charity_number=row.read("charity_number", _charity_number),
        social_value=row.read("social_value", read_asks) or (),
    )


def _postcode(cell: Cell) -> str:
    postcode = read_postcode(cell)
    if postcode is None:
        raise CellError("Enter a full postcode, like B18 7QH")
    return postcode


def _email(cell: Cell) -> str:
    written = show(cell)
    if not _EMAIL.fullmatch(written) or len(written) > 254:
        raise CellError("Enter an email address, like name@example.org")
    return written


def _kind(cell: Cell) -> str:
    written = re.sub(r"[^a-z]+", " ", show(cell).casefold())
    kind = next((name for name, words in _KINDS.items() if words.search(written)), None)
    if kind is None:
        raise CellError(
            "Enter the legal form: CIC, CIO, charity, co-operative, social enterprise, company or sole trader"
        )
    return kind


def _areas(cell: Cell) -> tuple[str, ...]:
    parts = re.split(r"[;,\n]+\s*", cell) if isinstance(cell, str) else [cell]
    return tuple(dict.fromkeys(read_outcode(part) for part in parts if show(part)))


def _money(cell: Cell) -> int:
    pence = read_pence(cell)
    if pence < 0:
        raise CellError("Enter an amount of nought or more, like 250,000")
    return pence


def read_certificates(cell: Cell) -> tuple[CertificateRow, ...]:
    """Certificates parted by semicolons, each with the last day it is valid where that is known. raises CellError"""
    found = []
    for part in read_list(cell):
        until = _UNTIL.fullmatch(part)
        expires_on: date | None = read_day(until[2]) if until else None
        found.append(CertificateRow((until[1] if until else part).strip(" ,:("), expires_on))
    return tuple(found)


def _company_number(cell: Cell) -> str:
    number = read_company_number(cell)
    if number is None:
        raise CellError("Enter a Companies House number of eight characters, like 01234567")
    return number


def _charity_number(cell: Cell) -> str:
    number = read_charity_number(cell)
    if number is None:
        raise CellError("Enter a charity number, like 1234567 or SC012345")
    return number

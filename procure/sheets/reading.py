"""What reading a spreadsheet gives back: typed rows, what was refused and why, and what was no data at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from procure.sheets.warned import Warned

Cell = str | int | float | bool | date | None


class UnreadableSheetError(Exception):
    """The file cannot be read as what it should be; `reason` says what was seen and what to do about it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one cell, and how to put it right. `row` is 1-based, as the person sees it."""

    sheet: str | None
    row: int
    column: str | None
    value: str
    message: str


@dataclass(frozen=True)
class ColumnReading:
    """Why a column was taken for a field, so that a person can agree or correct it.

    index         0-based position in the sheet
    alternatives  headings of other columns that could have been meant, likeliest first
    """

    field: str
    heading: str
    index: int
    reason: str
    samples: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class NonDataLine:
    """A line that is no payment and no mistake: `kind` is title, heading, total, note or example."""

    row: int
    kind: str
    text: str


@dataclass(frozen=True)
class RefusedRow:
    """A row that could not be taken, with its cells as the file shows them."""

    row: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


class PaymentRow(NamedTuple):
    """One payment. A named tuple and not a dataclass, because a ledger may hold a million of them.

    row        1-based, as the person sees it
    pence      net line amount; a credit is negative
    is_repeat  every cell equals those of an earlier row in the same sheet
    """

    row: int
    supplier: str
    pence: int
    paid_on: date
    category: str | None = None
    description: str | None = None
    transaction_number: str | None = None
    department: str | None = None
    supplier_postcode: str | None = None
    supplier_id: str | None = None
    vat_pence: int | None = None
    gross_pence: int | None = None
    company_number: str | None = None
    is_repeat: bool = False


@dataclass(frozen=True)
class SheetReading:
    """One sheet that is a ledger. `sheet` is None for a csv.

    columns         field > heading as written; supplier, amount and paid_on always
    why             one entry a mapped column: reason, samples, what else it could have been
    headings        the whole heading row as written
    payments        a sequence that may be walked many times; it is kept compact and decoded as it is walked
    problems        at most `Limits.problems_kept`; `problems_total` counts all of them
    refused         rows refused; `refused_rows` keeps them with their cells, up to `Limits.refused_rows_kept`
    non_data        named lines that are no data; blank rows are only counted
    counts          kind > rows: payment, refused, blank, title, heading, total, note, example; they add up to `rows`
    repeats         rows that are exact duplicates of an earlier one, and `repeats_pence` their sum: both are counted
    """

    sheet: str | None
    header_row: int
    columns: Mapping[str, str]
    why: tuple[ColumnReading, ...]
    headings: tuple[str, ...]
    payments: Sequence[PaymentRow]
    problems: tuple[Problem, ...]
    problems_total: int
    refused: int
    refused_rows: tuple[RefusedRow, ...]
    non_data: tuple[NonDataLine, ...]
    counts: Mapping[str, int]
    rows: int
    total_pence: int
    first_date: date | None
    last_date: date | None
    repeats: int = 0
    repeats_pence: int = 0
    is_hidden: bool = False


@dataclass(frozen=True)
class LedgerReading:
    """A spend file as read: every sheet that is a ledger, and what a person should know before confirming."""

    filename: str
    sheets: tuple[SheetReading, ...]
    warnings: tuple[Warned, ...] = ()
    other_sheets: Mapping[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for sheet in self.sheets for problem in sheet.problems)

    @property
    def problems_total(self) -> int:
        return sum(sheet.problems_total for sheet in self.sheets)

    @property
    def payments_count(self) -> int:
        return sum(len(sheet.payments) for sheet in self.sheets)

    @property
    def total_pence(self) -> int:
        return sum(sheet.total_pence for sheet in self.sheets)


@dataclass(frozen=True)
class NeedRow:
    """What a lot needs covered, and how much of it."""

    name: str
    units: int
    unit: str | None = None
    value_pence: int | None = None
    cpv: str | None = None


@dataclass(frozen=True)
class AskRow:
    """Social value a lot asks for or an enterprise offers: a measure and how many of it."""

    measure: str
    quantity: int


@dataclass(frozen=True)
class LotRow:
    """One lot of a lots file. Money in pence; an absent gate does not bind."""

    row: int
    title: str
    reference: str | None
    description: str | None
    cpv: tuple[str, ...]
    value_pence: int | None
    starts_on: date | None
    ends_on: date | None
    deadline: date | None
    postcode: str | None
    needs: tuple[NeedRow, ...]
    turnover_pence: int | None
    insurance_pence: int | None
    certificates_each: tuple[str, ...]
    certificates_any: tuple[str, ...]
    social_value: tuple[AskRow, ...]
    social_value_weight_percent: int | None
    is_reserved: bool | None = None
    place: str | None = None  # as written, where it is no postcode


@dataclass(frozen=True)
class CertificateRow:
    """A certificate an enterprise holds and the last day it is valid, where given."""

    name: str
    expires_on: date | None


@dataclass(frozen=True)
class CapacityRow:
    """How much of one thing an enterprise can carry."""

    name: str
    units: int
    unit: str | None = None


@dataclass(frozen=True)
class EnterpriseRow:
    """One enterprise of a capabilities file. `kind` is one of KINDS; money in pence."""

    row: int
    name: str
    postcode: str | None
    contact_name: str | None
    contact_email: str | None
    telephone: str | None
    website: str | None
    kind: str | None
    what_they_do: tuple[str, ...]
    cpv: tuple[str, ...]
    areas: tuple[str, ...]
    capacity: tuple[CapacityRow, ...]
    capacity_pence: int | None
    turnover_pence: int | None
    insurance_pence: int | None
    certificates: tuple[CertificateRow, ...]
    company_number: str | None
    charity_number: str | None
    social_value: tuple[AskRow, ...]


@dataclass(frozen=True)
class LotsSheetReading:
    """One sheet of lots, its fields named as in SheetReading."""

    sheet: str | None
    header_row: int
    columns: Mapping[str, str]
    lots: tuple[LotRow, ...]
    problems: tuple[Problem, ...]
    refused: int
    refused_rows: tuple[RefusedRow, ...]
    headings: tuple[str, ...]
    non_data: tuple[NonDataLine, ...]
    total_pence: int


@dataclass(frozen=True)
class LotsReading:
    """A lots file as read."""

    filename: str
    sheets: tuple[LotsSheetReading, ...]
    warnings: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for sheet in self.sheets for problem in sheet.problems)

    @property
    def lots(self) -> tuple[LotRow, ...]:
        return tuple(lot for sheet in self.sheets for lot in sheet.lots)


@dataclass(frozen=True)
class CapabilitiesSheetReading:
    """One sheet of enterprises, its fields named as in SheetReading."""

    sheet: str | None
    header_row: int
    columns: Mapping[str, str]
    enterprises: tuple[EnterpriseRow, ...]
    problems: tuple[Problem, ...]
    refused: int
    refused_rows: tuple[RefusedRow, ...]
    headings: tuple[str, ...]
    non_data: tuple[NonDataLine, ...]


@dataclass(frozen=True)
class CapabilitiesReading:
    """A capabilities file as read."""

    filename: str
    sheets: tuple[CapabilitiesSheetReading, ...]
    warnings: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for sheet in self.sheets for problem in sheet.problems)

    @property
    def enterprises(self) -> tuple[EnterpriseRow, ...]:
        return tuple(enterprise for sheet in self.sheets for enterprise in sheet.enterprises)

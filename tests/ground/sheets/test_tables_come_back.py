# ruff: noqa: E501, PT017 - one case or rule a line
"""Properties: any table in any packing comes back equal; no bytes at all can raise anything but a refusal."""

import faulthandler
import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procure.sheets import UnreadableSheetError, export, read_payments
from procure.sheets.container import Kind, recognise
from procure.sheets.days import Order, infer_order, read_day
from procure.sheets.disposable import bound_this_process, open_safely
from procure.sheets.limits import Limits
from procure.sheets.money import CellError, read_pence

from .files import TABLE, as_csv, as_ods, as_xls, as_xlsx, member

SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
names = st.text(
    st.characters(codec="cp1252", categories=["L", "N"], include_characters=" &'-.,;()\"\n"), min_size=3, max_size=30
).map(lambda text: " ".join(text.split())).filter(lambda text: len(text) > 2 and any(c.isalpha() for c in text))  # fmt: skip
suppliers = names.map(lambda name: f"{name} Ltd")
pence = st.integers(-(10**12), 10**12)
days = st.dates(date(1990, 1, 1), date(2026, 1, 1))
payments = st.lists(st.tuples(suppliers, days, pence), min_size=1, max_size=30)

AMOUNTS: dict[str, Callable[[int], str]] = {
    "plain": lambda p: f"{Decimal(p) / 100:.2f}",
    "commas": lambda p: f"{Decimal(p) / 100:,.2f}",
    "pounds": lambda p: f"{'-' if p < 0 else ''}£{Decimal(abs(p)) / 100:,.2f}",
    "brackets": lambda p: f"({Decimal(-p) / 100:,.2f})" if p < 0 else f" {Decimal(p) / 100:,.2f} ",
    "trailing": lambda p: f"{Decimal(abs(p)) / 100:.2f}{'-' if p < 0 else ''}",
    "marked": lambda p: f"{Decimal(abs(p)) / 100:.2f}{' CR' if p < 0 else ' DR'}",
    "minus sign": lambda p: f"{'−' if p < 0 else ''}{Decimal(abs(p)) / 100:.2f}",
}
DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d.%m.%Y", "%d %B %Y", "%d/%m/%Y 00:00", "%Y%m%d"]
DIALECTS: list[dict[str, Any]] = [
    {"delimiter": delimiter, "encoding": encoding, "quoting": quoting, "lineterminator": end}
    for delimiter in ",;\t|"
    for encoding in ("utf-8", "utf-8-sig", "utf-16")
    for quoting in (0, 1)
    for end in ("\r\n", "\n", "\r")
]


def read_back(content: bytes, folder: Path) -> list[tuple[str, date, int]]:
    path = folder / "table"
    path.write_bytes(content)
    (sheet,) = read_payments(path).sheets
    assert sheet.problems == ()
    assert sheet.total_pence == sum(payment.pence for payment in sheet.payments)
    return [(payment.supplier, payment.paid_on, payment.pence) for payment in sheet.payments]


@SLOW
@given(
    payments,
    st.sampled_from(DIALECTS),
    st.sampled_from(sorted(AMOUNTS)),
    st.sampled_from(DAYS),
    st.permutations(range(3)),
    st.integers(0, 4),
)
def test_any_table_in_any_dialect_comes_back_equal(
    tmp_path: Path,
    table: list[tuple[str, date, int]],
    dialect: dict[str, Any],
    dress: str,
    shape: str,
    order: list[int],
    titles: int,
) -> None:
    headings = ["Supplier Name", "Payment Date", "Net Amount"]
    rows = [[name, day.strftime(shape), AMOUNTS[dress](amount)] for name, day, amount in table]
    text = [["Anytown Council"]] * titles + [[row[at] for at in order] for row in [headings, *rows]]
    assert read_back(as_csv(text, **dialect), tmp_path) == table


@SLOW
@given(
    st.lists(st.tuples(suppliers, days, st.integers(-(10**11), 10**11)), min_size=1, max_size=20),
    st.sampled_from([as_xlsx, as_xls, as_ods]),
)
def test_any_table_in_any_workbook_comes_back_equal(
    tmp_path: Path, table: list[tuple[str, date, int]], pack: Callable[..., bytes]
) -> None:
    rows = [
        ["Ref", "Payee", "Date paid", "Amount"],
        *([f"R{n}", name, day, amount / 100] for n, (name, day, amount) in enumerate(table)),
    ]
    assert read_back(pack(rows), tmp_path) == table


@given(pence, st.sampled_from(sorted(AMOUNTS)))
def test_every_way_to_write_an_amount_means_the_same_pence(amount: int, dress: str) -> None:
    assert read_pence(AMOUNTS[dress](amount)) == amount


@given(pence)
def test_binary_fractions_never_cost_a_penny(amount: int) -> None:
    assert read_pence(amount / 100) == amount


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.none(), st.dates()))
def test_a_cell_is_an_amount_or_a_mistake_with_advice(cell: Any) -> None:
    for read in (read_pence, read_day):
        try:
            read(cell)
        except CellError as error:
            assert str(error)


@given(days, st.integers(3, 60))
def test_a_month_of_american_dates_is_known_as_a_whole(first: date, count: int) -> None:
    month = [date(first.year, first.month, 1) + timedelta(days=n % 28) for n in range(max(count, 14))]
    assert infer_order([day.strftime("%m/%d/%Y") for day in month]) is Order.MONTH_FIRST
    assert infer_order([day.strftime("%d/%m/%Y") for day in month]) is Order.DAY_FIRST


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_are_text_or_refused(content: bytes) -> None:
    try:
        assert recognise(content) in Kind
    except UnreadableSheetError as error:
        assert error.reason


SEEDS = {"csv": as_csv(TABLE), "xlsx": as_xlsx(TABLE), "xls": as_xls(TABLE), "ods": as_ods(TABLE)}


@pytest.mark.parametrize("kind", sorted(SEEDS))
def test_a_mutated_file_is_read_or_refused_but_never_a_crash(kind: str, tmp_path: Path) -> None:
    random_ = random.Random(kind)
    path = tmp_path / "mutant"
    for _ in range(15):
        path.write_bytes(mutate(SEEDS[kind], random_))
        try:
            reading = read_payments(path)
        except UnreadableSheetError as refusal:
            assert refusal.reason
        else:
            assert all(sum(sheet.counts.values()) == sheet.rows for sheet in reading.sheets)


@pytest.mark.long
@pytest.mark.parametrize("kind", sorted(SEEDS))
def test_thousands_of_mutants_never_escape_the_guard(kind: str, tmp_path: Path) -> None:
    """Opened many to a process. A parser may abort it, as no `except` can prevent: such a file is refused all the same."""
    at, deadly = 0, []
    while at < MUTANTS:
        last, told = open_mutants(kind, at)
        assert not told, f"mutant {last}: {told}"
        if last < MUTANTS - 1:
            deadly.append(last)
        at = last + 1
    path = tmp_path / "deadly"
    for number in deadly[:5]:
        path.write_bytes(mutant(kind, number))
        with pytest.raises(UnreadableSheetError):
            read_payments(path)


MUTANTS = 5_000


def mutant(kind: str, number: int) -> bytes:
    return mutate(SEEDS[kind], random.Random(f"long {kind} {number}"))


def open_mutants(kind: str, first: int) -> tuple[int, str]:
    """The last mutant that a process of its own came to, and what escaped from it."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            faulthandler.disable()  # a death here is expected, and told by the last number
            bound_this_process(replace(Limits(), cpu_seconds=900))
            for number in range(first, MUTANTS):
                os.write(theirs, f"{number}\n".encode())
                open_one(mutant(kind, number))
        except BaseException as error:
            os.write(theirs, f"{type(error).__name__}: {error}"[:2_000].encode())
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as stream:
        lines = stream.read().splitlines()
    os.waitpid(process, 0)
    numbers = [int(line) for line in lines if line.isdecimal()]
    return numbers[-1], " ".join(line for line in lines if not line.isdecimal())


def open_one(content: bytes) -> None:
    try:
        tables, _findings = open_safely(BytesIO(content), Limits())
        for table in tables:
            for _row in table.walk():
                pass
    except (UnreadableSheetError, MemoryError) as refusal:
        assert str(refusal) or isinstance(refusal, MemoryError)


def mutate(content: bytes, random_: random.Random) -> bytes:
    """Flip, cut, double or splice a few places."""
    mutant = bytearray(content)
    for _ in range(random_.randint(1, 6)):
        at = random_.randrange(len(mutant))
        act = random_.randrange(4)
        if act == 0:
            mutant[at] = random_.randrange(256)
        elif act == 1:
            del mutant[at : at + random_.randint(1, 40)]
        elif act == 2:
            mutant[at:at] = mutant[at : at + random_.randint(1, 40)]
        else:
            mutant[at : at + 4] = random_.randbytes(4)
        mutant = mutant or bytearray(b"x")
    return bytes(mutant)


@SLOW
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=20), days, pence
        ),
        min_size=1,
        max_size=10,
    ),
    st.sampled_from(["csv", "xlsx"]),
)
def test_no_export_holds_a_formula_and_its_payments_come_back(
    tmp_path: Path, table: list[tuple[str, date, int]], kind: str
) -> None:
    stream = BytesIO()
    rows = [[f"=Acme {name}", day, Decimal(amount) / 100] for name, day, amount in table]
    (export.write_csv if kind == "csv" else export.write_xlsx)(stream, ["Supplier", "Date", "Amount"], rows)
    if kind == "csv":
        assert b"\n=" not in stream.getvalue()
    else:  # packed bytes may hold any two characters by chance
        assert b"<f>" not in member(stream.getvalue(), "xl/worksheets/sheet1.xml")
    assert [row[1:] for row in read_back(stream.getvalue(), tmp_path)] == [row[1:] for row in table]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 121", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", "＝1", "＋1a", "－a", "＠a", " =1"]
)
def test_text_that_could_act_is_disarmed(cell: str) -> None:
    assert str(export.neutralise(cell)).startswith("'")


@pytest.mark.parametrize(
    "cell", ["-5.00", "+5", "-1,234.56", -5, 1.5, Decimal("-2.50"), "A Ltd", "", None, date(2025, 1, 1)]
)
def test_numbers_and_plain_words_are_left_as_they_are(cell: Any) -> None:
    assert export.neutralise(cell) == cell


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_name_may_hold_the_separator_where_every_cell_stands_in_quotation_marks(
    tmp_path: Path, delimiter: str
) -> None:
    rows = [["Supplier Name", "Payment Date", "Net Amount"], [f"0{delimiter}A Ltd", "01/02/2003", " 4.00 "]]
    content = as_csv(rows, delimiter=delimiter, quoting=1, encoding="utf-8", lineterminator="\r\n")
    assert read_back(content, tmp_path) == [(" ".join(f"0{delimiter}A Ltd".split()), date(2003, 2, 1), 400)]

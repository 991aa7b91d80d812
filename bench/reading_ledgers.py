"""How fast a ledger becomes typed payments, guard and child included, beside bare readers that do neither.

    .venv/bin/python bench/reading_ledgers.py [--rows-xlsx 200000] [--rows-csv 1000000] [--runs 5] [--folder DIR]

Every reader is run in a process of its own, in turn, so that a busy machine slows all of them; the medians of the runs
are printed with the peak memory of the process and of its children. openpyxl and pandas are run once and twice at most,
because they take minutes. pandas is skipped where it is not installed.
"""

import argparse
import csv
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procure.sheets import Limits

HEADINGS = [
    "Department Family", "Entity", "Date", "Expense Type", "Expense Area", "Supplier", "Transaction Number", "Amount",
    "Description", "Supplier Postcode", "VAT", "Project Code",
]  # fmt: skip


def make_row(number: int) -> list[str | float | date]:
    day = date(2024, 4, 1) + timedelta(days=number % 360)
    return [
        "Department of Health", "Anytown Hospitals NHS Trust", day, f"Expense type {number % 40}",
        f"Area {number % 200}",
        f"Supplier number {number % 5000} Limited", f"T{number:08d}", (number * 7919 % 10_000_000) / 100,
        f"Invoice {number} for goods and services", f"B{number % 40 + 1} {number % 9 + 1}QH", 0.0, f"P{number % 99}",
    ]  # fmt: skip


def write_csv(path: Path, rows: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        for number in range(rows):
            row = make_row(number)
            day, amount = row[2], row[7]
            assert isinstance(day, date)
            writer.writerow([*row[:2], day.strftime("%d/%m/%Y"), *row[3:7], f"{amount:.2f}", *row[8:]])


def write_xlsx(path: Path, rows: int) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": False})
    sheet, day = book.add_worksheet("Spend"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for number in range(rows):
        for column, cell in enumerate(make_row(number)):
            if isinstance(cell, date):
                sheet.write_datetime(number + 1, column, cell, day)
            else:
                sheet.write(number + 1, column, cell)
    book.close()


def read_ours(path: Path) -> int:
    from procure.sheets import read_payments

    return sum(payment.pence for sheet in read_payments(path, limits=_limits()).sheets for payment in sheet.payments)


def stream_ours(path: Path) -> int:
    from procure.sheets import stream_payments

    return sum(payment.pence for _, payment in stream_payments(path, limits=_limits()))


def _limits() -> "Limits":
    from procure.sheets import Limits

    return Limits(
        rows=3_000_000,
        upload_bytes=2**30,
        inflated_bytes=2**31,
        memory_bytes=2**32,
        cpu_seconds=900,
        wall_seconds=900,
    )


def read_bare_csv(path: Path) -> int:
    count = 0
    with path.open(newline="", encoding="utf-8") as stream:
        for row in csv.reader(stream):
            count += len(row)
    return count


def read_bare_calamine(path: Path) -> int:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return sum(len(row) for row in book.get_sheet_by_index(0).iter_rows())


def read_openpyxl(path: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def read_pandas(path: Path) -> int:
    import pandas

    return len(pandas.read_csv(path) if path.suffix == ".csv" else pandas.read_excel(path, engine="calamine"))


READERS: dict[str, Callable[[Path], int]] = {
    "procure": read_ours,
    "procure, streaming": stream_ours,
    "bare csv": read_bare_csv,
    "bare calamine": read_bare_calamine,
    "openpyxl read-only": read_openpyxl,
    "pandas": read_pandas,
}


def run_once(name: str, path: Path) -> None:
    if name.startswith("procure"):
        import procure.sheets  # noqa: F401 - the app's own start is no part of reading

    start = time.perf_counter()
    READERS[name](path)
    seconds = time.perf_counter() - start
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "seconds": seconds,
        "cpu": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        "own_mb": _peak_mb(),
        "child_mb": children.ru_maxrss / 1024,
    }
    print(json.dumps(told))


def _peak_mb() -> float:
    """Peak memory since this program began; rusage would count what its starter held before."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure(name: str, path: Path) -> dict[str, float] | None:
    command = [sys.executable, __file__, "--once", name, str(path)]
    home = {"PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=home)
    return json.loads(done.stdout) if done.returncode == 0 else None


def compare(path: Path, readers: dict[str, int]) -> None:
    """readers: name > runs; the rounds take turns."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in readers}
    for turn in range(max(readers.values())):
        for name, runs in readers.items():
            if turn < runs and (told := measure(name, path)):
                found[name].append(told)
    for name, told in found.items():
        if not told:
            print(f"{path.name:14} {name:20} not installed")
            continue
        middle = {key: statistics.median(each[key] for each in told) for key in told[0]}
        memory = f"own {middle['own_mb']:4.0f} MB  child {middle['child_mb']:4.0f} MB"
        took = f"{middle['seconds']:7.2f} s  cpu {middle['cpu']:7.2f} s"
        print(f"{path.name:12} {name:20} {took}  {memory}  ({len(told)} runs)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", nargs=2)
    parser.add_argument("--rows-xlsx", type=int, default=200_000)
    parser.add_argument("--rows-csv", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow-runs", type=int, default=1, help="runs of openpyxl and pandas")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    if options.once:
        run_once(options.once[0], Path(options.once[1]))
        return
    text, book = options.folder / "bench.csv", options.folder / "bench.xlsx"
    write_csv(text, options.rows_csv)
    write_xlsx(book, options.rows_xlsx)
    slow = options.slow_runs
    ours = {"procure": options.runs, "procure, streaming": options.runs}
    compare(text, {**ours, "bare csv": options.runs, "pandas": slow})
    compare(book, {**ours, "bare calamine": options.runs, "openpyxl read-only": slow, "pandas": slow})


if __name__ == "__main__":
    main()

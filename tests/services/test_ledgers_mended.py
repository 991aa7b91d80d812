"""A ledger put right on both databases: columns remembered, rows corrected, doubles left out. It always adds up."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from procure import jobs
from procure.extensions import db
from procure.models import CorrectedRows, Ledger, LeftOut, MonthlySpend, Payment, Refusal
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.ledgers import ledger_columns, ledger_corrections, ledger_doubles, ledger_refusals, ledgers

from .. import factories
from .test_ledgers import an_officer, confirm, read

HEADINGS = "Supplier,Amount,Date,Transaction Number"
GOOD = ["Canal Kitchen CIC,10.00,01/04/2026,A1", "Lock Cleaning,0.01,30/04/2026,A2", "Far Away,7.50,02/04/2026,A3"]
BAD = ["Broken Ltd,12x,03/04/2026,A4", ",5.00,04/04/2026,A5", "Late Ltd,6.00,not a day,A6"]


def a_file(*lines: str) -> bytes:
    return "\n".join([HEADINGS, *lines]).encode()


def found(ledger: int, officer: Actor) -> Ledger:
    db.session.expire_all()
    return ledgers.find(ledger, of=officer.acting_for)


def adds_up(ledger: Ledger) -> bool:
    """Whether what is stored, what each sheet tells and what the ledger tells agree to the row and the penny."""
    mine = Payment.ledger_id == ledger.id
    payments, pence = db.session.execute(select(func.count(Payment.id), func.sum(Payment.pence)).where(mine)).one()
    counts = [sheet["counts"] for sheet in ledger.sheets]
    refused = db.session.execute(select(Refusal.sheet, Refusal.row).where(Refusal.ledger_id == ledger.id).distinct())
    out = db.session.scalar(select(func.count(LeftOut.id)).where(LeftOut.ledger_id == ledger.id))
    counting = db.session.scalar(select(func.sum(MonthlySpend.pence)).where(MonthlySpend.ledger_id == ledger.id))
    return (
        payments == ledger.payments_count == sum(each.get("payment", 0) for each in counts)
        and int(pence or 0) == ledger.total_pence == sum(sheet["total_pence"] for sheet in ledger.sheets)
        and len(refused.all()) == ledger.refused_count == sum(each.get("refused", 0) for each in counts)
        and out == sum(each.get("left out", 0) for each in counts)
        and all(sum(sheet["counts"].values()) == sheet["rows"] for sheet in ledger.sheets)
        and int(counting or 0) == (ledger.total_pence if ledger.is_confirmed else 0)
    )


def taken_away(ledger: Ledger, mend: Callable[[Any], None], kind: str = "xlsx") -> bytes:
    """The file of refused rows after a person worked on it in a spreadsheet program."""
    stream = io.BytesIO()
    ledger_refusals.write(ledger, stream, "xlsx")
    book = load_workbook(io.BytesIO(stream.getvalue()))
    mend(book)
    if kind == "csv":
        rows = [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].values]
        return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def bring_back(ledger: int, content: bytes, officer: Actor, name: str = "corrected.xlsx") -> CorrectedRows:
    ledger_corrections.receive(ledger, name, io.BytesIO(content), by=officer)
    db.session.commit()
    jobs.run_all()
    return ledger_corrections.of_ledger(found(ledger, officer))[0]


def put(book: Any, row: int, column: int, value: Any) -> None:
    book.worksheets[0].cell(row, column, value)


def amount_mended(book: Any) -> None:
    put(book, 2, 2, 12)


def all_mended(book: Any) -> None:
    put(book, 2, 2, "12.00")
    put(book, 3, 1, "Somebody Ltd")
    put(book, 4, 3, "05/04/2026")


def test_refused_rows_come_in_the_files_own_layout_with_advice(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        ledger = found(read(a_file(*GOOD, *BAD), officer), officer)
        stream = io.BytesIO()
        ledger_refusals.write(ledger, stream, "csv")
        lines = stream.getvalue().decode("utf-8-sig").splitlines()
        assert lines[0].replace('"', "") == f"{HEADINGS},Row in your file,What to put right"
        assert [line.split(",")[4] for line in lines[1:]] == ["5", "6", "7"]
        assert "12x" in lines[1]
        assert "Enter who was paid" in lines[2]

    make(story)


@pytest.mark.parametrize("confirmed", [False, True], ids=["waiting", "counting"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_only_corrected_rows_are_added_and_each_once(make: Any, confirmed: bool, kind: str) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(a_file(*GOOD, *BAD), officer)
        if confirmed:
            confirm(number, officer)
        first = taken_away(found(number, officer), amount_mended, kind)
        told = bring_back(number, first, officer, f"mine.{kind}")
        assert (told.state, told.added, told.added_pence, told.still_refused) == ("added", 1, 1200, 2)
        ledger = found(number, officer)
        assert adds_up(ledger)
        assert (ledger.payments_count, ledger.refused_count, ledger.total_pence) == (4, 2, 1751 + 1200)
        again = bring_back(number, first, officer, f"again.{kind}")
        assert (again.added, again.added_before, again.still_refused) == (0, 1, 2)
        assert adds_up(found(number, officer))

    make(story)


def test_every_corrected_row_keeps_its_own_row_number_and_cells(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(a_file(*GOOD, *BAD), officer)
        told = bring_back(number, taken_away(found(number, officer), all_mended), officer)
        assert (told.added, told.added_pence, told.still_refused) == (3, 2300, 0)
        lines = select(Payment.row, Payment.supplier, Payment.transaction_number, Payment.pence)
        added = db.session.execute(lines.where(Payment.row > 4).order_by(Payment.row)).all()
        assert [tuple(each) for each in added] == [
            (5, "Broken Ltd", "A4", 1200), (6, "Somebody Ltd", "A5", 500), (7, "Late Ltd", "A6", 600)
        ]  # fmt: skip
        ledger = found(number, officer)
        assert adds_up(ledger)
        assert ledger.refused_count == 0
        with pytest.raises(RefusedError, match="no refused rows"):
            ledger_corrections.receive(number, "x.csv", io.BytesIO(b"x"), by=officer)

    make(story)


def test_rows_that_name_no_refused_row_add_nothing(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(a_file(*GOOD, *BAD), officer)

        def stray(book: Any) -> None:
            all_mended(book)
            put(book, 2, 5, 2)  # a row that was a payment from the start
            put(book, 3, 5, 99)
            put(book, 4, 5, "")

        told = bring_back(number, taken_away(found(number, officer), stray), officer)
        assert (told.added, told.added_before, told.unknown) == (0, 1, 2)
        assert adds_up(found(number, officer))

    make(story)


def test_a_file_without_row_numbers_is_told_what_it_lacks(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(a_file(*GOOD, *BAD), officer)
        told = bring_back(number, a_file("Broken Ltd,12.00,03/04/2026,A4"), officer, "typed.csv")
        assert told.state == "refused"
        assert "Row in your file" in (told.upload.reason or "")
        assert adds_up(found(number, officer))

    make(story)


def a_workbook_of_months() -> bytes:
    book = Workbook()
    book.remove(book.active)
    for month, name in ((4, "April"), (5, "May")):
        sheet = book.create_sheet(name)
        sheet.append(["Supplier", "Amount", "Date"] if month == 4 else ["Date", "Supplier", "Cost Centre", "Amount"])
        for row in range(1, 6):
            amount: Any = "x" if row == 3 else row * month
            day = f"0{row}/0{month}/2026"
            line = [f"Firm {row}", amount, day] if month == 4 else [day, f"Firm {row}", "Ward", amount]
            sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_rows_of_several_sheets_find_their_own_sheet(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(a_workbook_of_months(), officer, "year.xlsx")
        ledger = found(number, officer)
        assert (ledger.payments_count, ledger.refused_count) == (8, 2)
        assert ledger_refusals.kinds(ledger) == ("xlsx",)

        def mend(book: Any) -> None:
            book.worksheets[0].cell(2, 2, 40)
            book.worksheets[1].cell(2, 4, 50)

        told = bring_back(number, taken_away(ledger, mend), officer)
        assert (told.state, told.added, told.added_pence) == ("added", 2, 9000)
        added = db.session.execute(
            select(Payment.sheet, Payment.row, Payment.pence).where(Payment.pence > 2500).order_by(Payment.sheet)
        ).all()
        assert [tuple(each) for each in added] == [("April", 4, 4000), ("May", 4, 5000)]
        assert adds_up(found(number, officer))

    make(story)


def test_reading_the_ledger_again_says_that_corrected_rows_went(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(a_file(*GOOD, *BAD), officer)
        bring_back(number, taken_away(found(number, officer), amount_mended), officer)
        ledger_columns.correct_columns(number, "", {"supplier": 0, "amount": 1, "paid_on": 2}, by=officer)
        db.session.commit()
        jobs.run_all()
        ledger = found(number, officer)
        assert ledger_corrections.of_ledger(ledger)[0].state == "undone"
        assert (ledger.payments_count, ledger.refused_count) == (3, 3)
        assert adds_up(ledger)

    make(story)


def test_corrected_rows_paid_in_another_ledger_are_left_out_of_one_that_counts(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(a_file(*GOOD, *BAD), officer)
        confirm(number, officer)
        confirm(read(a_file("Broken Ltd,12.00,03/04/2026,A4"), officer, "separately.csv"), officer)
        bring_back(number, taken_away(found(number, officer), amount_mended), officer)
        ledger = found(number, officer)
        assert adds_up(ledger)
        assert ledger.total_pence == 1751
        assert ledger_doubles.left_out(ledger)["paid"].pence == 1200
        ledger_doubles.put_back(number, "paid", by=officer)
        db.session.commit()
        ledger = found(number, officer)
        assert ledger.total_pence == 1751 + 1200
        assert adds_up(ledger)

    make(story)


def test_payments_that_count_already_are_left_out_by_choice(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        first = read(a_file(*GOOD), officer)
        confirm(first, officer)
        second = read(a_file(*GOOD[:2], "New Firm,3.00,09/04/2026,A9", *BAD[:1]), officer, "more.csv")
        doubles = ledger_doubles.find_paid(found(second, officer))
        assert (doubles.payments, doubles.pence) == (2, 1001)
        with pytest.raises(RefusedError, match="2 of these payments"):
            ledgers.confirm(second, 1301, by=officer)
        db.session.rollback()
        with pytest.raises(ConflictError):
            ledger_doubles.leave_out(second, "paid", 3, by=officer)
        db.session.rollback()
        ledger_doubles.leave_out(second, "paid", 2, by=officer)
        db.session.commit()
        ledger = found(second, officer)
        assert adds_up(ledger)
        assert (ledger.total_pence, ledger.sheets[0]["counts"]["left out"]) == (300, 2)
        assert {each.paid_in_id for each in db.session.scalars(select(LeftOut))} == {first}
        confirm(second, officer)
        assert db.session.scalar(select(func.sum(MonthlySpend.pence))) == 1751 + 300
        assert adds_up(found(second, officer))

    make(story)


def test_two_ledgers_that_overlap_each_other_cannot_both_slip_in(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        first, second = read(a_file(*GOOD), officer), read(a_file(*GOOD, "New,1.00,01/04/2026,"), officer)
        confirm(first, officer)
        with pytest.raises(RefusedError, match="3 of these payments"):
            ledgers.confirm(second, 1851, by=officer)
        db.session.rollback()
        ledgers.confirm(second, 1851, by=officer, seen_doubles=3)
        db.session.commit()
        assert db.session.scalar(select(func.sum(MonthlySpend.pence))) == 1751 + 1851

    make(story)


def test_one_payment_elsewhere_accounts_for_one_line_here(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        confirm(read(a_file(GOOD[0]), officer), officer)
        thrice = read(a_file(GOOD[0], GOOD[0], GOOD[0]), officer, "thrice.csv")
        assert ledger_doubles.find_paid(found(thrice, officer)).payments == 1
        ledger_doubles.leave_out(thrice, "paid", 1, by=officer)
        db.session.commit()
        ledger = found(thrice, officer)
        assert ledger_doubles.find_paid(ledger).payments == 0
        assert ledger.payments_count == 2
        assert adds_up(ledger)

    make(story)


def test_repeated_lines_are_left_out_and_put_back(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(a_file(*GOOD, GOOD[0], GOOD[0]), officer)
        repeats = ledger_doubles.find_repeats(found(number, officer))
        assert (repeats.payments, repeats.pence) == (2, 2000)
        ledger_doubles.leave_out(number, "repeat", 2, by=officer)
        db.session.commit()
        ledger = found(number, officer)
        assert ledger.total_pence == 1751
        assert adds_up(ledger)
        assert ledger_doubles.find_repeats(ledger).payments == 0
        ledger_doubles.put_back(number, "repeat", by=officer)
        db.session.commit()
        ledger = found(number, officer)
        assert ledger.total_pence == 3751
        assert adds_up(ledger)
        with pytest.raises(ConflictError):
            ledger_doubles.put_back(number, "repeat", by=officer)

    make(story)


def test_discarding_the_ledger_that_held_them_says_which_lines_count_nowhere(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        first = read(a_file(*GOOD), officer)
        confirm(first, officer)
        second = read(a_file(*GOOD, "New,1.00,01/04/2026,"), officer, "more.csv")
        ledger_doubles.leave_out(second, "paid", 3, by=officer)
        db.session.commit()
        confirm(second, officer)
        told = ledger_doubles.left_out_for(found(first, officer))
        assert [(each.ledger.id, each.payments, each.pence) for each in told] == [(second, 3, 1751)]
        ledgers.discard(first, by=officer)
        db.session.commit()
        ledger = found(second, officer)
        assert ledger_doubles.counts_nowhere(ledger).pence == 1751
        ledger_doubles.put_back(second, "paid", by=officer)
        db.session.commit()
        assert db.session.scalar(select(func.sum(MonthlySpend.pence))) == 1851
        assert adds_up(found(second, officer))

    make(story)


def test_discarding_takes_lines_left_out_and_corrected_files_too(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(a_file(*GOOD, GOOD[0], *BAD), officer)
        bring_back(number, taken_away(found(number, officer), amount_mended), officer)
        ledger_doubles.leave_out(number, "repeat", 1, by=officer)
        db.session.commit()
        files = ledgers.discard(number, by=officer)
        db.session.commit()
        assert [upload.filename for upload in files] == ["ledger.csv", "corrected.xlsx"]
        for record in (Payment, LeftOut, Refusal, CorrectedRows):
            assert db.session.scalar(select(func.count(record.id))) == 0

    make(story)


ODD = """Vendor,Val,Val two,When
One Ltd,1.00,10.00,01/04/2026
Two Ltd,2.00,20.00,02/04/2026
Six Ltd,3.00,30.00,03/04/2026"""
NEXT = ODD.replace("/04/", "/05/")


def told_columns(ledger: Ledger) -> Any:
    return ledger.sheets[0]["told"]


def test_a_corrected_column_is_remembered_for_the_next_file_until_it_is_forgotten(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        number = read(ODD.encode(), officer, "april.csv")
        before = found(number, officer)
        chosen = {each["field"]: each["index"] for each in before.sheets[0]["columns"]}
        other = 3 - chosen["amount"]
        ledger_columns.correct_columns(number, "", {**chosen, "amount": other}, by=officer)
        db.session.commit()
        jobs.run_all()
        wanted = {1: 600, 2: 6000}[other]
        assert found(number, officer).total_pence == wanted
        assert told_columns(found(number, officer)) == {"amount": other}
        following = read(NEXT.encode(), officer, "may.csv")
        assert found(following, officer).total_pence == wanted
        assert told_columns(found(following, officer)) == {"amount": other}
        assert found(following, officer).sheets[0]["told_on"]
        ledger_columns.forget_columns(following, "", by=officer)
        db.session.commit()
        jobs.run_all()
        assert found(following, officer).total_pence == 6600 - wanted
        assert told_columns(found(following, officer)) == {}
        with pytest.raises(ConflictError):
            ledger_columns.forget_columns(following, "", by=officer)

    make(story)


def test_what_one_organisation_told_us_is_not_used_for_another(make: Any) -> None:
    def story() -> None:
        officer, stranger = an_officer(factories.an_anchor()), an_officer(factories.an_anchor("Elsewhere"))
        number = read(ODD.encode(), officer, "april.csv")
        ours = found(number, officer).total_pence
        chosen = {each["field"]: each["index"] for each in found(number, officer).sheets[0]["columns"]}
        ledger_columns.correct_columns(number, "", {**chosen, "amount": 3 - chosen["amount"]}, by=officer)
        db.session.commit()
        jobs.run_all()
        theirs = found(read(NEXT.encode(), stranger, "may.csv"), stranger)
        assert theirs.total_pence == ours
        assert told_columns(theirs) == {}

    make(story)


def test_a_stranger_mends_nothing(make: Any) -> None:
    def story() -> None:
        officer, stranger = an_officer(factories.an_anchor()), an_officer(factories.an_anchor("Elsewhere"))
        number = read(a_file(*GOOD, GOOD[0], *BAD), officer)
        acts: list[Callable[[], Any]] = [
            lambda: ledger_doubles.leave_out(number, "repeat", 1, by=stranger),
            lambda: ledger_doubles.put_back(number, "repeat", by=stranger),
            lambda: ledger_columns.forget_columns(number, "", by=stranger),
            lambda: ledger_corrections.receive(number, "x.csv", io.BytesIO(b"x"), by=stranger),
        ]
        for act in acts:
            with pytest.raises(NotFoundError):
                act()

    make(story)

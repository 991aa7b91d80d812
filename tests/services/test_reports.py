"""Board reports: the figures of the pages, frozen, the same in every file."""

import io
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select, update

from procure import jobs
from procure.extensions import db
from procure.models import AuditEntry, BoardReport, Ledger, Watch, now
from procure.papers import Report, Table, shown, write_docx, write_xlsx
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.publishing import report_anchor, reports
from procure.services.shares import areas, shares, spend_stamps, spend_sums

from .. import factories
from .places import a_payee, an_officer


def an_anchor_with_money(name: str = "Riverside Trust") -> tuple[int, Actor]:
    anchor = factories.an_anchor(name)
    a_payee(anchor, (10_000_00, "B18 5AA"), (3_000_00, "M1 1AE"), (2_000_00, ""), name="Canal Kitchen CIC")
    a_payee(anchor, (-500_05, "B19 1AA"), name="=Lock Cleaning Ltd")
    return anchor, an_officer(anchor)


def made(by: Actor, kind: str = "anchor") -> tuple[BoardReport, Report]:
    job = reports.ask(kind, by=by)
    db.session.commit()
    assert jobs.run_job(job.id)
    report = reports.list_reports(by.acting_for)[0]
    content = reports.content(report)
    assert content
    return report, content


def table_of(content: Report, caption: str) -> Table:
    return next(table for table in content.tables if table.caption == caption)


def test_the_report_says_what_the_page_says(make: Any) -> None:
    def story() -> None:
        anchor, officer = an_anchor_with_money()
        report, content = made(officer)
        area = areas.headline(anchor)
        assert area
        whole = shares.local_spend(anchor, areas.shape(area)).whole
        last = table_of(content, "Local share by quarter").rows[-1]
        assert last == ("Everything", whole.local, whole.elsewhere, whole.unplaced, whole.total, whole.low, whole.high)
        assert content.summary == "65.5% to 79.3% of £14,499.95 went to payees in Around us."
        assert report.title == "Where the money of Riverside Trust goes"
        assert ("Local means", "Around us: 2 postcode districts (B18, B19)") in content.facts

    make(story)


def test_every_table_of_shares_adds_up_to_the_penny(make: Any) -> None:
    def story() -> None:
        _, officer = an_anchor_with_money()
        _, content = made(officer)
        checked = 0
        for table in content.tables:
            if [column.heading for column in table.columns[1:5]] != ["Local", "Elsewhere", "Not placed", "Total"]:
                continue
            for row in table.rows:
                assert sum(map(int, row[1:4])) == row[4]  # type: ignore[arg-type]
            if table.ends_in_total:
                for place in range(1, 5):
                    assert sum(int(row[place]) for row in table.rows[:-1]) == table.rows[-1][place]  # type: ignore[arg-type]
                checked += 1
        assert checked >= 3

    make(story)


def test_word_and_workbook_hold_the_figures_of_the_report(make: Any) -> None:
    def story() -> None:
        _, officer = an_anchor_with_money()
        _, content = made(officer)
        word, book = io.BytesIO(), io.BytesIO()
        write_docx(word, content)
        write_xlsx(book, content)
        sheets = load_workbook(book).worksheets[1:]
        written = Document(word).tables
        assert len(sheets) == len(written) == len(content.tables)
        for table, sheet, drawn in zip(content.tables, sheets, written, strict=True):
            expected = [[shown(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]
                        for row in table.rows]  # fmt: skip
            assert [[cell.text for cell in row.cells] for row in drawn.rows[1:]] == expected
            assert [[_as_shown(cell.value, column.kind) for cell, column in zip(row, table.columns, strict=True)]
                    for row in sheet.iter_rows(min_row=2)] == expected  # fmt: skip

    make(story)


def _as_shown(value: Any, kind: str) -> str:
    if value == "not known":
        return "not known"
    return shown(round(value * 100) if kind == "pence" else value, kind)


def test_it_stays_as_it_was_made(make: Any) -> None:
    def story() -> None:
        anchor, officer = an_anchor_with_money()
        _, before = made(officer)
        a_payee(anchor, (99_00, "B18 5AA"))
        first = reports.list_reports(anchor)[0]
        assert reports.content(first) == before
        _, after = made(officer)
        assert after.summary != before.summary
        assert len(reports.list_reports(anchor)) == 2

    make(story)


def test_one_report_is_made_at_a_time_and_none_of_nothing(make: Any) -> None:
    def story() -> None:
        _, officer = an_anchor_with_money()
        reports.ask("anchor", by=officer)
        db.session.commit()
        with pytest.raises(ConflictError):
            reports.ask("anchor", by=officer)
        with pytest.raises(RefusedError):
            reports.ask("anchor", by=an_officer(factories.an_anchor()))

    make(story)


def test_nobody_else_finds_it_and_deleting_is_kept(make: Any) -> None:
    def story() -> None:
        anchor, officer = an_anchor_with_money()
        report, _ = made(officer)
        stranger = an_officer(factories.an_anchor())
        with pytest.raises(NotFoundError):
            reports.find(report.id, of=stranger.acting_for)
        with pytest.raises(NotFoundError):
            reports.remove(report.id, by=stranger)
        reports.remove(report.id, by=officer)
        db.session.commit()
        assert reports.list_reports(anchor) == []
        actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.organisation_id == anchor)).all()
        assert "board report deleted" in actions

    make(story)


def test_without_the_pdf_library_the_report_is_made_and_says_why_there_is_none(make: Any, monkeypatch: Any) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)

    def story() -> None:
        _, officer = an_anchor_with_money()
        report, content = made(officer)
        assert report.pdf is None
        assert report.why_no_pdf
        assert "cannot make PDF" in report.why_no_pdf
        assert content.tables

    make(story)


def test_the_report_of_a_place_holds_only_anchors_that_agreed(make: Any) -> None:
    def story() -> None:
        place = factories.an_organisation("Riverside Council", is_place=True)
        from procure.models import LocalArea

        db.session.add(LocalArea(organisation_id=place, name="Riverside", outcodes=["B18"], is_headline=True))
        shown_one, _ = an_anchor_with_money("Shown Trust")
        an_anchor_with_money("Hidden Trust")
        asked, _ = an_anchor_with_money("Asked Trust")
        db.session.add(Watch(place_id=place, anchor_id=shown_one, agreed_at=now()))
        db.session.add(Watch(place_id=place, anchor_id=asked))
        db.session.commit()
        officer = Actor(factories.a_person(), "Cy", "c@example.org", place, "Council", frozenset({"place:admin"}))
        report, content = made(officer, "place")
        assert any("It leaves out of its spend: VAT." in words for part in content.sections for words in part.words)
        assert "Shown Trust" in str(report.content)
        assert "Hidden Trust" not in str(report.content)
        assert "Asked Trust" not in str(report.content)
        assert content.title == "Where the money of Riverside goes"
        progress = table_of(content, "Progress of each anchor")
        assert [row[0] for row in progress.rows] == ["Shown Trust"]
        assert "All anchors together by quarter" not in {table.caption for table in content.tables}

    make(story)


def test_what_a_report_is_about_is_told_before_it_is_asked_for(make: Any) -> None:
    def story() -> None:
        with pytest.raises(RefusedError):
            report_anchor.check(factories.an_anchor())

    make(story)


def test_a_report_made_from_older_figures_says_of_which_day_they_are(make: Any) -> None:
    def story() -> None:
        anchor, officer = an_anchor_with_money()
        spend_sums.refresh(anchor)
        db.session.commit()
        assert not [name for name, _ in made(officer)[1].facts if name == "As of"]
        mine = Ledger.organisation_id == anchor
        db.session.execute(update(Ledger).where(mine).values(sums_count=spend_stamps.SMALL + 1, total_pence=1))
        db.session.commit()
        content = report_anchor.content_of(anchor, "Riverside Trust")
        (told,) = [words for name, words in content.facts if name == "As of"]
        assert told.endswith("Something changed since; make the report again later")

    make(story)

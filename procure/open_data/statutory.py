"""Statutory files: chosen, looked at, downloaded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..pages.downloads import KINDS, send_table
from ..pages.guards import actor, everyone, who
from ..services.errors import RefusedError
from ..services.publishing import statutory
from ..services.publishing.statutory import Period
from ..spend.private_names import BODIES, TITLES
from ..spend.statutory import Included, StatutoryFile, cells
from .journey import FINANCE, READERS, journey

AMOUNTS = {"net": "without VAT", "gross": "with VAT"}
NAMES = {"rule": "Names that look like people’s, and names we marked", "marked": "Only names we marked"}
MOST_XLSX_ROWS = 1_000_000
LONGEST_FAMILY = 100
EXCLUDED_HEADINGS = (
    "File", "Sheet", "Row", "Date", "Supplier", "Transaction number", "Amount in your ledger",
    "Amount compared with the threshold", "Why it is not in the file",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the kind, the period, and the choices of the person."""

    kind: str
    period: Period
    amounts: str | None
    names: str
    family: str

    @property
    def as_address(self) -> dict[str, str | None]:
        return {
            "kind": self.kind,
            "period": self.period.code,
            "amounts": self.amounts,
            "names": self.names,
            "family": self.family or None,
        }


@journey.route("/statutory-files")
@who(*READERS)
def choose_statutory_file() -> ResponseReturnValue:
    """Which file, and of which payments?"""
    of = actor().acting_for
    periods = statutory.periods(of)
    return render_template(
        "open_data/choose.html",
        rules=statutory.latest_rules(),
        groups=[(name, list(members)) for name, members in groupby(periods, key=lambda each: each.group)],
        usual=request.args.get("kind") or statutory.usual_kind(of),
        chosen=request.args.get("period"),
    )


@journey.route("/statutory-files/preview")
@who(*READERS)
def show_statutory_file() -> ResponseReturnValue:
    """What goes into the file, what stays out and why."""
    if not request.args.get("kind") or not request.args.get("period"):
        return redirect(url_for(".choose_statutory_file"))
    me = actor()
    asked = _asked(me.acting_for)
    file = _make(asked, me.acting_for)
    return render_template(
        "open_data/preview.html",
        asked=asked,
        file=file,
        totals=file.totals,
        rule=file.rule,
        sample=list(_rows(file, asked, file.totals.first)),
        treatment=AMOUNTS[file.amounts],
        treatments=AMOUNTS,
        name_rules=NAMES,
        wants_family=any(field == "family" for _, field in file.rule.headings),
        may_download=me.may(*FINANCE),
    )


@journey.route("/statutory-files/<part>")
@who(*FINANCE)
def download_statutory_file(part: str) -> ResponseReturnValue:
    """The file to publish, or the list of what stays out of it."""
    me = actor()
    kind = request.args.get("download", "csv")
    if part not in ("published", "excluded") or kind not in KINDS:
        abort(404)
    asked = _asked(me.acting_for)
    file = _make(asked, me.acting_for)
    if kind == "xlsx" and _count(file, part) > MOST_XLSX_ROWS:
        raise RefusedError("Excel cannot hold so many rows. Download the CSV, or choose a shorter period")
    name = f"{asked.kind}-{asked.period.code}"
    if part == "excluded":
        return send_table(f"{name}-left-out", EXCLUDED_HEADINGS, _left_out(file), kind)
    headings = [heading for heading, _ in file.rule.headings]
    return send_table(name, headings, _rows(file, asked, file.included), kind)


@journey.route("/statutory-files/how")
@everyone
def explain_statutory_files() -> ResponseReturnValue:
    """The rules as we hold them, and what is done with each line."""
    return render_template(
        "open_data/how.html", rules=statutory.rules(), treatments=AMOUNTS, titles=sorted(TITLES), bodies=sorted(BODIES)
    )


def _asked(of: int) -> Asked:
    """What the address asks for; a period nobody can choose is not found."""
    amounts = request.args.get("amounts")
    return Asked(
        kind=request.args.get("kind", ""),
        period=statutory.find_period(request.args.get("period", ""), of=of),
        amounts=amounts if amounts in AMOUNTS else None,
        names="marked" if request.args.get("names") == "marked" else "rule",
        family=" ".join(request.args.get("family", statutory.usual_family(of)).split())[:LONGEST_FAMILY],
    )


def _make(asked: Asked, of: int) -> StatutoryFile:
    return statutory.make_file(
        asked.kind, asked.period, of=of, amounts=asked.amounts, hides_by_rule=asked.names == "rule"
    )


def _count(file: StatutoryFile, part: str) -> int:
    included = file.totals.included.lines
    return file.totals.whole.lines - included if part == "excluded" else included


def _rows(file: StatutoryFile, asked: Asked, included: Iterable[Included]) -> Iterator[list[Any]]:
    body = actor().organisation_name
    for each in included:
        yield cells(each, file.rule, body=body, family=asked.family)


def _left_out(file: StatutoryFile) -> Iterator[list[Any]]:
    for each in file.excluded:
        line = each.line
        amounts = (line.pence / 100, each.pence / 100)
        yield [
            line.file, line.sheet, line.row, line.paid_on, line.supplier, line.transaction_number, *amounts,
            each.reason,
        ]  # fmt: skip

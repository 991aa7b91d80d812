"""match categories: predict categories of texts, from files to a file."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from procure.cli.files import READ, WRITE
from procure.cli.match.lots import read_rows
from procure.matching.categories.ledger_lines import learn_ledger_lines
from procure.matching.categories.notices import learn_notices, own_rows
from procure.matching.categories.rows import Answer, CategoryRow
from procure.matching.categories.strangers import answer_for_stranger


@click.command("categories")
@click.option("--train", type=READ, required=True, help="JSON: rows whose category is known.")
@click.option("--rows", "asked", type=READ, required=True, help="JSON: rows to predict.")
@click.option(
    "--scheme",
    type=click.Choice(["cpv:2", "cpv:3", "publisher"]),
    required=True,
    help="Digits of CPV, or the publisher's own.",
)
@click.option("--out", type=WRITE, required=True, help="CSV to write.")
def categories_command(train: Path, asked: Path, scheme: str, out: Path) -> None:
    """Learn from TRAIN and write i,label,prob,second,third for every row of ROWS."""
    lessons, questions = read_rows(train), read_rows(asked)
    try:
        answers = _publisher(lessons, questions) if scheme == "publisher" else _cpv(lessons, questions, int(scheme[-1]))
    except ValueError as fault:
        raise click.UsageError(f"{train.name} cannot be learned from: {fault}") from fault
    with out.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["i", "label", "prob", "second", "third"])
        for index, answer in enumerate(answers):
            writer.writerow([index, answer.label, f"{answer.probability:.6f}", answer.second, answer.third])


def _cpv(lessons: list[dict[str, Any]], questions: list[dict[str, Any]], digits: int) -> list[Answer]:
    taught = [read_notice(row, digits) for row in lessons]
    learner = learn_notices([row for row in taught if row.labels] + own_rows(digits))
    return learner.answer([read_notice(row, digits) for row in questions])


def _publisher(lessons: list[dict[str, Any]], questions: list[dict[str, Any]]) -> list[Answer]:
    """Each publisher's lines by its own learner, which also hears how the others would file them.

    Those of a publisher who taught nothing are answered by what all others say.
    """
    taught: dict[str, list[CategoryRow]] = defaultdict(list)
    for row in map(read_line, lessons):
        if row.labels:
            taught[row.publisher].append(row)
    waiting: dict[str, list[int]] = defaultdict(list)
    asked = [read_line(row) for row in questions]
    for index, row in enumerate(asked):
        waiting[row.publisher if row.publisher in taught else ""].append(index)
    answers: dict[int, Answer] = {}
    for publisher, places in sorted(waiting.items()):
        own = [asked[place] for place in places]
        if publisher in taught:
            others = [row for other, held in sorted(taught.items()) if other != publisher for row in held]
            found = learn_ledger_lines(taught[publisher], others).answer(own)
        else:
            found = answer_for_stranger(_shared_words(lessons), own)
        answers.update(zip(places, found, strict=True))
    return [answers[index] for index in range(len(asked))]


def _shared_words(lessons: Sequence[dict[str, Any]]) -> list[CategoryRow]:
    """All lines under the labels that publishers share, where a row has one: they can be tried on a new publisher."""
    return [row for row in (read_line(each, ("label", "native")) for each in lessons) if row.labels]


def read_notice(row: dict[str, Any], digits: int) -> CategoryRow:
    """A notice with its codes cut to so many digits, the main code first."""
    codes = dict.fromkeys(str(code)[:digits] for code in [row.get("cpv") or "", *(row.get("all") or ())])
    title, text = str(row.get("title") or ""), str(row.get("text") or "")
    labels = tuple(code for code in codes if len(code) == digits) if row.get("cpv") else ()
    return CategoryRow(text or title, title=title, group=str(row.get("buyer") or "unknown buyer"), labels=labels)


def read_line(row: dict[str, Any], fields: Sequence[str] = ("native", "label")) -> CategoryRow:
    """A ledger line under the first of these fields that is filled."""
    label = next((str(row[field]) for field in fields if row.get(field)), "")
    supplier = str(row.get("supplier") or "")
    return CategoryRow(
        str(row.get("text") or ""),
        supplier=supplier,
        unit=str(row.get("unit") or ""),
        publisher=str(row.get("pub") or ""),
        group=supplier or "no supplier",
        labels=(label,) if label else (),
    )

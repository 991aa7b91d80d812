"""The command as it is scored from outside, on a part of the development names."""

import csv
import json

import pytest
from click.testing import CliRunner

from procure.cli.match.fit import DISPUTED
from procure.cli.match.payees import payees_command
from tests.shared_data import SHARED, needs_shared

REGISTER = (
    "entity,name,previous_names,postcode\nE1,Otter Marsh CIC,Otter Lane Trust;Otter Lane,PR1 2HE\nE2,Heron Council,,\n"
)


def link(folder, register, names, *more):
    (folder / "register.csv").write_text(register, encoding="utf-8")
    (folder / "names.csv").write_text(names, encoding="utf-8")
    out = folder / "out.csv"
    files = ["--register", folder / "register.csv", "--names", folder / "names.csv", "--out", out]
    outcome = CliRunner().invoke(payees_command, [*map(str, files), *more])
    return outcome, rows_of(out) if out.exists() else []


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_command_answers_every_query_in_order_and_says_how_long_it_took(tmp_path):
    outcome, rows = link(tmp_path, REGISTER, "query\nOTTER LANE\nzzz qqq\nHERON COUNCIL\n")
    assert outcome.exit_code == 0
    assert list(rows[0]) == ["query", "rank", "entity", "score", "decision", "reason"]
    best = [(row["query"], row["entity"], row["decision"]) for row in rows if row["rank"] == "1"]
    assert best[0][:2] == ("OTTER LANE", "E1")
    assert best[1] == ("zzz qqq", "", "none")
    assert best[2] == ("HERON COUNCIL", "E2", "accept")
    assert next(row["score"] for row in rows if row["query"] == "zzz qqq") == "0"
    assert set(json.loads(outcome.stderr.splitlines()[-1])) == {"index_seconds", "query_seconds"}


@pytest.mark.parametrize(
    ("register", "names", "told"),
    [
        pytest.param("id,name\n1,Otter\n", "query\nOTTER\n", "entity", id="no entity column"),
        pytest.param(REGISTER, "name\nOTTER\n", "query", id="no query column"),
        pytest.param("entity,name\n", "query\nOTTER\n", "no names", id="empty register"),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_the_reason(tmp_path, register, names, told):
    outcome, _ = link(tmp_path, register, names)
    assert outcome.exit_code == 2
    assert told in outcome.output


@needs_shared
def test_the_development_names_are_linked_as_well_as_the_published_figures_say(tmp_path):
    folder = SHARED / "data" / "matching" / "payees"
    decided = [row for row in rows_of(folder / "dev.csv") if row["stratum"] not in DISPUTED][::24]
    with (tmp_path / "some.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([["query"], *([row["query"]] for row in decided)])
    register = (folder / "register.csv").read_text(encoding="utf-8")
    _, rows = link(tmp_path, register, (tmp_path / "some.csv").read_text(encoding="utf-8"), "--workers", "1")
    best = {row["query"]: row for row in rows if row["rank"] == "1"}
    known = [(best[row["query"]], row["entities"].split(";")) for row in decided if row["entities"]]
    unknown = [best[row["query"]] for row in decided if not row["entities"]]
    accepted = [row["entity"] in right for row, right in known if row["decision"] == "accept"]
    assert sum(row["entity"] in right for row, right in known) / len(known) >= 0.94
    assert sum(accepted) / len(accepted) >= 0.98
    assert len(accepted) / len(known) >= 0.75
    assert sum(row["decision"] == "accept" for row in unknown) / len(unknown) <= 0.03

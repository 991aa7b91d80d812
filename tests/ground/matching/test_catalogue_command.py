"""The commands that rank lots and give categories, from file to file."""

import csv
import json

import pytest
from click.testing import CliRunner

from procure.cli.match.categories import categories_command
from procure.cli.match.lots import lots_command

from ...made_model import make_model

PROFILES = [
    {"buyer": "A", "title": "School meals", "desc": "Cooked lunches", "cpv": ["55524000"], "date": "2020-01-06",
     "value": "100000", "place": "B18 7QQ", "suppliers": [{"key": "K1"}, {"key": "K2"}]},
    {"buyer": "B", "title": "Office cleaning", "desc": "Daily", "cpv": [], "date": "2020-02-06", "value": "n/a",
     "place": "", "suppliers": [{"key": "K2"}]},
    {"suppliers": [{"key": "NEW", "capabilities": ["Ward catering and patient meals"]}]},
]  # fmt: skip
LOTS = [
    {"buyer": "A", "title": "Patient meals", "desc": "Catering for wards", "cpv": [], "date": "2021-01-01", "n": 7},
    {"buyer": "C", "title": "Cleaning of offices", "desc": "", "n": 9},
]


def read_answers(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


def run(command, folder, *options, **inputs):
    given = [*options]
    for option, rows in inputs.items():
        path = folder / f"{option}.json"
        path.write_text(rows if isinstance(rows, str) else json.dumps(rows), encoding="utf-8")
        given += [f"--{option}", str(path)]
    out = folder / "out.csv"
    result = CliRunner().invoke(command, [*given, "--out", str(out)])
    return result, read_answers(out)


def test_every_lot_is_answered_with_ranks_and_reasons(tmp_path):
    result, rows = run(lots_command, tmp_path, profiles=PROFILES, lots=LOTS)
    assert result.exit_code == 0, result.output
    assert list(rows[0]) == ["n", "rank", "supplier_key", "score", "reason"]
    first = {row["n"]: row["supplier_key"] for row in rows if row["rank"] == "1"}
    assert first == {"7": "NEW", "9": "K2"}
    assert all(row["reason"] for row in rows)


def test_scrambled_buyers_change_nothing(tmp_path):
    _, before = run(lots_command, tmp_path, profiles=PROFILES, lots=LOTS)
    scrambled = [[row | {"buyer": f"Z{n}"} for n, row in enumerate(rows)] for rows in (PROFILES, LOTS)]
    _, after = run(lots_command, tmp_path, profiles=scrambled[0], lots=scrambled[1])
    assert before == after


def test_with_a_model_scrambled_buyers_change_nothing_and_meaning_is_a_reason(tmp_path):
    model = ("--model", str(make_model(tmp_path / "model")))
    lots = [*LOTS, {"buyer": "A", "title": "Suppers", "n": 11}]
    _, before = run(lots_command, tmp_path, *model, profiles=PROFILES, lots=lots)
    scrambled = [[row | {"buyer": f"Z{n}"} for n, row in enumerate(rows)] for rows in (PROFILES, lots)]
    _, after = run(lots_command, tmp_path, *model, profiles=scrambled[0], lots=scrambled[1])
    assert before == after
    suppers = [row for row in before if row["n"] == "11"]
    assert {row["supplier_key"] for row in suppers} == {"K1", "K2", "NEW"}
    assert all("in other words" in row["reason"] for row in suppers)


def test_a_model_folder_that_cannot_be_read_is_refused_with_what_to_do(tmp_path):
    result, rows = run(lots_command, tmp_path, "--model", str(tmp_path), profiles=PROFILES, lots=LOTS)
    assert result.exit_code == 2
    assert rows == []
    assert "must" in result.output


@pytest.mark.parametrize(
    ("profiles", "says"),
    [
        pytest.param("[{", "is not JSON", id="half a file"),
        pytest.param({"a": 1}, "must hold a list", id="no list"),
        pytest.param([{"title": "x", "suppliers": [{"name": "y"}]}], "has no key", id="a supplier without a key"),
    ],
)
def test_input_that_cannot_be_read_is_refused_with_the_reason(tmp_path, profiles, says):
    result, rows = run(lots_command, tmp_path, profiles=profiles, lots=LOTS)
    assert result.exit_code == 2
    assert says in result.output
    assert rows == []


def test_ledger_lines_of_a_publisher_that_taught_nothing_get_the_labels_others_share(tmp_path):
    said = {"Food": "dairy produce", "Care": "home care", "Travel": "coach hire"}
    train = [
        {"pub": "a", "supplier": f"{text} {n}", "text": text, "unit": "", "native": f"A:{label}", "label": label}
        for n in range(20)
        for label, text in said.items()
    ]
    asked = [{"pub": pub, "supplier": "someone", "text": "coach hire"} for pub in ("a", "b")]
    result = CliRunner()
    for name, rows in (("train", train), ("rows", asked)):
        (tmp_path / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    given = ["--train", tmp_path / "train.json", "--rows", tmp_path / "rows.json", "--out", tmp_path / "out.csv"]
    done = result.invoke(categories_command, [*map(str, given), "--scheme", "publisher"])
    assert done.exit_code == 0, done.output
    rows = read_answers(tmp_path / "out.csv")
    assert [(row["i"], row["label"]) for row in rows] == [("0", "A:Travel"), ("1", "Travel")]


def test_too_little_to_learn_from_is_refused(tmp_path):
    for name in ("train", "rows"):
        (tmp_path / f"{name}.json").write_text(json.dumps([{"pub": "a", "text": "x", "native": "y"}]), encoding="utf-8")
    given = ["--train", tmp_path / "train.json", "--rows", tmp_path / "rows.json", "--out", tmp_path / "out.csv"]
    done = CliRunner().invoke(categories_command, [*map(str, given), "--scheme", "publisher"])
    assert done.exit_code == 2
    assert "two categories" in done.output

"""What a command is given may be wrong: it says so in a sentence and exits with 2, before it works or writes."""

import json
from pathlib import Path
from typing import Any

import pytest

from procure import create_app

from .conftest import settings_for

NOWHERE = "nowhere/out.csv"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """run("match consortium x.json") in a folder with a few small files > (exit code, what it printed)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ledger.csv").write_text("Supplier,Amount,Date\nA Baker,1.00,01/04/2025\n")
    (tmp_path / "payments.csv").write_text("pence,postcode\n100,B1 1AA\n")
    (tmp_path / "areas.json").write_text('[{"name": "B", "outcodes": ["B1"]}]')
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "latin.json").write_bytes(b'{"name": "Z\xfcrich"}')
    runner = create_app(settings_for(tmp_path)).test_cli_runner()

    def invoke(words: str) -> tuple[int, str]:
        done = runner.invoke(args=words.split())
        return done.exit_code, done.output

    return invoke


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (f"sheets ledger ledger.csv --out {NOWHERE}", "there is no folder nowhere"),
        (f"spend shares --payments payments.csv --areas areas.json --out {NOWHERE}", "there is no folder nowhere"),
        (f"match consortium list.json --out {NOWHERE}", "there is no folder nowhere"),
        (f"match payees --register ledger.csv --names ledger.csv --out {NOWHERE}", "there is no folder nowhere"),
        (f"match lots --profiles list.json --lots list.json --out {NOWHERE}", "there is no folder nowhere"),
        ("match categories --train list.json --rows list.json --scheme cpv:2 --out .", "is a directory"),
        ("sheets ledger missing.csv", "The file could not be opened: No such file"),
        ("spend shares --payments missing.csv --areas areas.json", "missing.csv cannot be read: No such file"),
        ("spend shares --payments payments.csv --areas broken.json", "areas are not JSON"),
        ("match consortium missing.json", "missing.json cannot be read: No such file"),
        ("match consortium broken.json", "This is not JSON"),
        ("match consortium latin.json", "Save it as UTF-8 and try again"),
        (
            "match payees --register ledger.csv --names ledger.csv --out out.csv",
            "ledger.csv has no column called query",
        ),
        ("match lots --profiles list.json --lots broken.json --out out.csv", "broken.json is not JSON"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence_and_nothing_is_written(
    run: Any, tmp_path: Path, words: str, reason: str
) -> None:
    before = sorted(tmp_path.iterdir())
    code, output = run(words)
    assert code == 2, output
    assert reason in " ".join(output.split())
    assert "Traceback" not in output
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("sheets ledger ledger.csv", "sheets"),
        ("spend shares --payments payments.csv --areas areas.json", "areas"),
    ],
)
def test_an_answer_goes_into_a_file_where_that_is_asked_for(run: Any, tmp_path: Path, words: str, key: str) -> None:
    code, printed = run(words)
    assert code == 0
    assert run(f"{words} --out answer.json") == (0, "")
    assert json.loads((tmp_path / "answer.json").read_text()) == json.loads(printed)
    assert json.loads(printed)[key]

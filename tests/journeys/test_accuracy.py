"""How often matching is right, as everyone sees it."""

import hashlib
import json
from pathlib import Path
from typing import Any

from procure import Procure
from procure.matching.catalogue.weighing import WEIGHTS_FILE
from procure.open_data.accuracy import SHIPPED_LOTS, SHIPPED_PAYEES

from .. import factories
from ..services.test_accuracy import a_ranking, decide

MEASURES = Path(__file__).resolve().parents[2] / "docs" / "measures"


def decided(times: int) -> None:
    anchor, key = factories.an_anchor("Secret Hospital"), factories.an_enterprise("Secret Cook")
    for _ in range(times):
        lot = factories.a_lot(anchor, "Secret lot")
        a_ranking(anchor, lot, [key])
        decide(anchor, lot, key, "shortlist")


def test_with_few_decisions_the_page_says_so_and_shows_development(make: Any, visitor: Any) -> None:
    make(decided, 3)
    page = visitor().get("/accuracy").text
    assert "Not enough decisions yet: 3 decisions about enterprises" in page
    assert "Figures from development, not from here" in page
    assert "0.240" in page


def test_with_enough_everyone_sees_figures_and_no_name(make: Any, visitor: Any) -> None:
    make(decided, 20)
    page = visitor().get("/accuracy").text
    assert "20 decisions about enterprises that stand" in page
    assert "Rankings compared on the same lots" in page
    assert "<circle" in page
    assert "Secret" not in page
    assert "These figures flatter our ranking" in page
    assert "20 lots of those decided about were ranked with other weights" in page
    assert "learned from 1,446 public lots up to 31 July 2020" in page
    assert hashlib.sha256(WEIGHTS_FILE.read_bytes()).hexdigest()[:12] in page
    assert "no model of what words mean is installed" in page
    assert "When we say that we do not know" in page


def test_a_new_decision_shows_at_once(make: Any, visitor: Any) -> None:
    make(decided, 19)
    assert "Not enough decisions yet: 19" in visitor().get("/accuracy").text
    make(decided, 1)
    assert "20 decisions about enterprises that stand" in visitor().get("/accuracy").text


def test_figures_from_development_are_those_of_their_pages() -> None:
    ranking = (MEASURES / "lot-ranking.md").read_text(encoding="utf-8").replace("*", "")
    for _, *values in SHIPPED_LOTS:
        assert " | ".join(values) in ranking
    payees = (MEASURES / "payee-accuracy.md").read_text(encoding="utf-8")
    for words, value in SHIPPED_PAYEES:
        assert f"| {words} | {value} |" in payees


def test_the_command_tells_the_same_as_json_and_in_words(app: Procure, make: Any) -> None:
    make(decided, 20)
    told = json.loads(make(app.test_cli_runner().invoke, args=["match", "accuracy", "--json"]).stdout)
    assert (told["lots"]["decided"], told["lots"]["is_enough"]) == (20, True)
    assert told["lots"]["by_method"]["engine"]["hit_1"] == 1.0
    assert told["payees"]["is_enough"] is False
    words = make(app.test_cli_runner().invoke, args=["match", "accuracy"]).stdout
    assert "engine, 20 lots: MRR 1.000" in words

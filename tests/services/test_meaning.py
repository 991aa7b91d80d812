"""What the installer's own model of meaning changes, and that all stands without one."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from procure import Procure, create_app
from procure.extensions import db
from procure.models import Lot, Proposal
from procure.services.enterprises import offers
from procure.services.ranking import matches, proposals, replays

from .. import factories
from ..conftest import settings_for
from ..made_model import make_model
from .stories import enterprise_of


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def with_model(app: Procure, model_folder: Path) -> Iterator[str]:
    app.config["MODEL_FOLDER"] = str(model_folder)
    yield str(model_folder)
    app.config["MODEL_FOLDER"] = None


def a_lot_in_other_words() -> tuple[Lot, int]:
    anchor = factories.an_anchor()
    cook = factories.an_enterprise("Cook", capabilities=("Dinners cooked for pensioners",))
    factories.an_enterprise("Gardener", capabilities=("Trees and hedges",))
    needs = (("suppers", None, None, 100, 10_000_000),)
    lot = db.session.get(Lot, factories.a_lot(anchor, "Suppers", description="", cpv=None, needs=needs))
    assert lot is not None
    proposals.propose(lot)
    db.session.commit()
    return lot, cook


def suppliers(lot: Lot) -> list[Proposal]:
    return proposals.current(lot, "supplier")


def test_without_a_model_other_words_find_nobody_and_nothing_of_it_is_kept(make: Any) -> None:
    def story() -> None:
        lot, cook = a_lot_in_other_words()
        assert suppliers(lot) == []
        assert offers.model_in_force() is None
        assert "model" not in proposals.weights_in_force()
        assert all("model" not in (one.made_with or {}) for one in db.session.query(Proposal))
        assert not matches.may_meet(lot, enterprise_of(cook))

    make(story)


def test_with_a_model_both_sides_find_each_other_for_the_same_reason(make: Any, with_model: str) -> None:
    def story() -> None:
        lot, cook = a_lot_in_other_words()
        (found,) = suppliers(lot)
        (partner,) = found.partners
        assert partner.enterprise_id == cook
        assert "in other words: 'Dinners cooked for pensioners'" in partner.reasons[1]["sentence"]
        (mine,) = [one for one in matches.matches_for(enterprise_of(cook)) if one.fits]
        assert mine.lot.id == lot.id
        assert mine.probability == partner.probability
        assert "Your text means much the same" in mine.signals[1].to_supplier

    make(story)


def test_a_kept_ranking_names_its_model_and_says_when_another_is_in_force(
    make: Any, app: Procure, with_model: str, tmp_path: Path
) -> None:
    def story() -> None:
        lot, _ = a_lot_in_other_words()
        model = offers.model_in_force()
        assert model is not None
        (found,) = suppliers(lot)
        assert found.made_with is not None
        assert found.made_with["model"] == model.fingerprint
        assert found.made_with["weights"].endswith(f"and model {model.fingerprint[:12]}")
        assert replays.replay(found.id, of=lot.organisation_id).is_same
        other = make_model(tmp_path / "other")
        (other / "model.onnx_data").write_bytes(b"weights kept outside")
        app.config["MODEL_FOLDER"] = str(other)
        (told,) = replays.replay(found.id, of=lot.organisation_id).changes
        assert told.startswith("The weights changed: ")
        assert model.fingerprint[:12] in told

    make(story)


def test_a_model_that_cannot_be_read_is_said_and_lots_are_ranked_without_it(
    make: Any, app: Procure, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoilt = make_model(tmp_path / "spoilt")
    (spoilt / "model.onnx").write_bytes(b"no network")
    app.config["MODEL_FOLDER"] = str(spoilt)

    def story() -> None:
        lot, _ = a_lot_in_other_words()
        assert suppliers(lot) == []
        assert "model" not in proposals.weights_in_force()

    with caplog.at_level(logging.WARNING):
        make(story)
    (told,) = [one.getMessage() for one in caplog.records]
    assert told.startswith(f"PROCURE_MODEL_FOLDER: {spoilt} cannot be read")
    assert told.endswith("Until then lots are ranked without meaning")


def test_at_start_up_a_missing_folder_or_library_is_said_and_the_site_opens(
    tmp_path: Path, model_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    create_app(settings_for(tmp_path, PROCURE_MODEL_FOLDER=str(model_folder)))
    assert caplog.records == []
    create_app(settings_for(tmp_path, PROCURE_MODEL_FOLDER=str(tmp_path / "none")))
    assert "must hold tokenizer.json" in caplog.records[-1].getMessage()
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    create_app(settings_for(tmp_path, PROCURE_MODEL_FOLDER=str(model_folder)))
    assert "tokenizers must be installed" in caplog.records[-1].getMessage()
    assert "requirements-semantic.txt" in caplog.records[-1].getMessage()

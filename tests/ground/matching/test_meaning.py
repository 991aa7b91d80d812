"""A sentence model the installer has: what is read of it, and what is said where it cannot be read."""

import sys

import numpy as np
import pytest

from procure.matching import meaning
from procure.matching.meaning import ModelUnusableError, find_model, read_model

from ...made_model import make_model, table_of_words, words_known


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def model(folder):
    return read_model(folder)


def likeness(model, one, other):
    first, second = model.vectors([one, other])
    return float(model.likeness(np.array([first @ second]))[0])


def test_a_vector_is_the_mean_of_its_tokens_at_length_one(model):
    rows, table = words_known(), table_of_words()
    mean = (table[rows["meals"]] + table[rows["dust"]]) / 2
    assert np.allclose(model.vectors(["Meals DUST"])[0], mean / np.linalg.norm(mean), atol=1e-6)
    assert model.dimensions == table.shape[1]


def test_a_text_means_the_same_alone_and_among_others(folder):
    texts = ["Meals", "cooked dinners", "", "quantum", "trees and hedges and lawns", "Meals", "dust refuse"] * 20
    together, alone = read_model(folder), read_model(folder)
    assert np.allclose(together.vectors(texts), [alone.vectors([text])[0] for text in texts], atol=1e-6)


@pytest.mark.parametrize("text", ["", "  ", "quantum annealing"])
def test_a_text_of_no_known_word_means_nothing(model, text):
    assert not model.vectors([text]).any()
    assert likeness(model, text, "meals") == 0


def test_no_texts_give_no_vectors(model):
    assert model.vectors([]).shape == (0, model.dimensions)


def test_kindred_words_mean_nearly_the_same_and_other_fields_are_strangers(model):
    assert likeness(model, "meals cooked", "meals cooked") == 1
    assert 0.9 < likeness(model, "lunches", "dinners") < 1
    assert likeness(model, "lunches", "minibus drivers") == 0


def test_a_model_that_finds_everything_rather_alike_is_measured_by_its_own_strangers(model, tmp_path):
    blurred = read_model(make_model(tmp_path, table=table_of_words(offset=0.8)))
    first, other = blurred.vectors(["lunches", "minibus drivers"])
    assert first @ other > 0.35
    assert likeness(blurred, "lunches", "minibus drivers") == 0
    assert likeness(blurred, "lunches", "dinners") > 0.9


def test_a_text_beyond_the_limit_is_cut_off(model):
    long = "meals " * meaning.MOST_TOKENS
    assert np.allclose(model.vectors([long + "dust " * 500])[0], model.vectors([long])[0], atol=1e-6)


def test_the_oldest_vectors_are_forgotten_and_read_again(folder, monkeypatch):
    monkeypatch.setattr(meaning, "MOST_KEPT", 2)
    model = read_model(folder)
    before = model.vectors(["meals", "dust", "trees"])
    assert np.allclose(model.vectors(["meals", "dust", "trees"]), before)


def test_a_model_may_lie_in_the_folder_onnx(folder, tmp_path):
    made = make_model(tmp_path)
    (made / "onnx").mkdir()
    (made / "model.onnx").rename(made / "onnx" / "model.onnx")
    assert read_model(made).fingerprint == read_model(folder).fingerprint


def test_the_fingerprint_follows_every_file_of_the_model(folder, tmp_path):
    made = make_model(tmp_path)
    before = find_model(made).fingerprint
    assert before == find_model(folder).fingerprint
    assert len(before) == 64
    (made / "model.onnx_data").write_bytes(b"weights kept outside")
    beside = find_model(made).fingerprint
    (made / "tokenizer.json").write_text((made / "tokenizer.json").read_text() + " ")
    assert len({before, beside, find_model(made).fingerprint}) == 3


def without_tokenizer(folder):
    (folder / "tokenizer.json").unlink()


def without_network(folder):
    (folder / "model.onnx").unlink()


def with_broken_tokenizer(folder):
    (folder / "tokenizer.json").write_text("{}")


def with_broken_network(folder):
    (folder / "model.onnx").write_bytes(b"no network")


def with_first_token_only(folder):
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')


def with_unknown_input(folder):
    make_model(folder, asks="pixels")


def with_joined_tokens(folder):
    make_model(folder, rank=2)


def with_one_meaning(folder):
    make_model(folder, table=np.ones_like(table_of_words()))


def with_no_meaning(folder):
    make_model(folder, table=np.zeros_like(table_of_words()))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (without_tokenizer, "must hold tokenizer.json, and model.onnx or onnx/model.onnx"),
        (without_network, "must hold tokenizer.json, and model.onnx or onnx/model.onnx"),
        (with_broken_tokenizer, "cannot be read"),
        (with_broken_network, "cannot be read"),
        (with_first_token_only, "choose a model with mean pooling"),
        (with_unknown_input, "asks for pixels"),
        (with_joined_tokens, "gives no vector for each token"),
        (with_one_meaning, "finds all kinds of work alike"),
        (with_no_meaning, "finds all kinds of work alike"),
    ],
)
def test_a_model_that_cannot_be_used_says_which_and_why(tmp_path, spoil, told):
    spoil(make_model(tmp_path))
    with pytest.raises(ModelUnusableError, match=told) as fault:
        read_model(tmp_path)
    assert str(tmp_path) in str(fault.value)


def test_a_missing_library_is_named_with_what_to_do(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelUnusableError, match=r"onnxruntime must be installed .* requirements-semantic\.txt"):
        find_model(folder)

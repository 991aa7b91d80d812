"""A sentence model of thirty words, made on the spot: words of one field mean nearly the same, others nothing."""

from pathlib import Path

import numpy as np
import pytest

REASON = "needs the libraries of requirements-semantic.txt, and onnx to make a model"
FIELDS = (
    "catering meals lunches dinners suppers cooked kitchen feeds restaurant pensioners",
    "janitors hygiene mopping scrubbed refuse dust",
    "gardens trees lawns hedges planting grounds horticultural",
    "minibus drivers coaches journeys",
    "printing leaflets posters printed banners",
)
UNKNOWN = "[UNK]"


def words_known() -> dict[str, int]:
    """Each word's row; row 0 is for words the model does not know, and says nothing."""
    return {word: row for row, word in enumerate([UNKNOWN, *" ".join(FIELDS).split()])}


def table_of_words(offset: float = 0.0) -> np.ndarray:
    """One row a word: its field, a little of its own, and `offset` that all words share."""
    draw = np.random.default_rng(7)
    rows = [np.zeros(len(FIELDS) + 1)]
    for place, field in enumerate(FIELDS):
        for _ in field.split():
            own = draw.uniform(0, 0.2, len(FIELDS) + 1)
            own[place] += 1.0
            own[-1] += offset
            rows.append(own)
    return np.array(rows, dtype=np.float32)


def make_model(folder: Path, *, table: np.ndarray | None = None, asks: str = "attention_mask", rank: int = 3) -> Path:
    """Write tokenizer.json and model.onnx. `asks` names the second input; `rank` 2 joins the tokens inside."""
    pytest.importorskip("onnxruntime", reason=REASON)
    onnx = pytest.importorskip("onnx", reason=REASON)
    tokenizers = pytest.importorskip("tokenizers", reason=REASON)
    from onnx import TensorProto, helper, numpy_helper

    held = table_of_words() if table is None else table
    folder.mkdir(parents=True, exist_ok=True)
    words = tokenizers.Tokenizer(tokenizers.models.WordLevel(words_known(), unk_token=UNKNOWN))
    words.normalizer = tokenizers.normalizers.Lowercase()
    words.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    words.save(str(folder / "tokenizer.json"))
    steps = [helper.make_node("Gather", ["words", "input_ids"], ["last_hidden_state" if rank == 3 else "tokens"])]
    if rank == 2:
        steps.append(helper.make_node("ReduceMax", ["tokens"], ["last_hidden_state"], axes=[1], keepdims=0))
    shape = ["texts", "tokens", held.shape[1]] if rank == 3 else ["texts", held.shape[1]]
    graph = helper.make_graph(
        steps,
        "made",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in ("input_ids", asks)],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(held, "words")],
    )
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), folder / "model.onnx"
    )
    return folder

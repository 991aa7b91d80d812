"""What texts mean, as vectors of a sentence model the installer already has. Nothing is ever downloaded.

The folder is laid out as sentence-transformers exports it: tokenizer.json, and model.onnx here or in onnx/. The
libraries are those of requirements-semantic.txt, imported only when a folder is read. A text's vector is the mean of
its tokens' vectors, brought to length one, so that the product of two vectors is their cosine.
source  Reimers and Gurevych 2019, Sentence-BERT, section 3
"""

import hashlib
import json
import os
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from procure.matching.categories.division_names import DIVISION_NAMES

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]

LIBRARIES = ("onnxruntime", "tokenizers")
NETWORKS = ("model.onnx", "onnx/model.onnx")
INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
OUTPUTS = ("last_hidden_state", "token_embeddings")
MOST_TOKENS = 256
"""A longer text is cut off here; the model's own limit holds where it is lower."""
BATCH = 32
MOST_THREADS = 4
MOST_KEPT = 100_000
"""So many texts' vectors are kept, oldest forgotten first: about 150 MB for a model of 384 dimensions."""
STRANGERS = 0.95
"""Which share of pairs of CPV divisions counts as strangers: how alike those are is where likeness begins."""
LEAST_ALIKE = 0.1
MOST_STRANGE = 0.95


class ModelUnusableError(Exception):
    """The folder holds no model we can read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The two files of a model."""

    tokenizer: Path
    network: Path

    @property
    def fingerprint(self) -> str:
        """SHA-256, as 64 hex digits, of the tokenizer and the network with any weights kept beside it."""
        whole = hashlib.sha256()
        for path in (self.tokenizer, *sorted(self.network.parent.glob(f"{self.network.name}*"))):
            with path.open("rb") as stream:
                whole.update(hashlib.file_digest(stream, "sha256").digest())
        return whole.hexdigest()


def find_model(folder: Path) -> ModelFiles:
    """The files of a model, looked for but not read, and the libraries it needs.

    errors  ModelUnusableError
    """
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        told = "pip install --require-hashes -r requirements-semantic.txt"
        raise ModelUnusableError(f"{' and '.join(missing)} must be installed to read {folder}: {told}")
    tokenizer = folder / "tokenizer.json"
    network = next((path for name in NETWORKS if (path := folder / name).is_file()), None)
    if not tokenizer.is_file() or network is None:
        raise ModelUnusableError(f"{folder} must hold tokenizer.json, and model.onnx or onnx/model.onnx")
    pooling = folder / "1_Pooling" / "config.json"
    if pooling.is_file() and not _is_mean(pooling):
        raise ModelUnusableError(f"{folder} does not take the mean of its tokens: choose a model with mean pooling")
    return ModelFiles(tokenizer, network)


def read_model(folder: Path) -> "Model":
    """Read a model and see that it can tell one kind of work from another; takes a second or so.

    errors  ModelUnusableError
    """
    files = find_model(folder)
    import onnxruntime
    from tokenizers import Tokenizer

    wishes = onnxruntime.SessionOptions()
    wishes.intra_op_num_threads = min(MOST_THREADS, os.cpu_count() or 1)
    wishes.add_session_config_entry("session.intra_op.allow_spinning", "0")
    wishes.use_deterministic_compute = True
    wishes.log_severity_level = 3
    try:
        tokenizer = Tokenizer.from_file(str(files.tokenizer))
        session = onnxruntime.InferenceSession(str(files.network), wishes, providers=["CPUExecutionProvider"])
        return Model(tokenizer, session, files.fingerprint)
    except ModelUnusableError as fault:
        raise ModelUnusableError(f"{folder} {fault}") from fault
    except Exception as fault:  # both libraries raise bare exceptions of their own
        raise ModelUnusableError(f"{folder} cannot be read: {str(fault).rstrip('.')}") from fault


class Model:
    """Turns texts into vectors; the same text gives the same vector for as long as it is kept.

    fingerprint  SHA-256 of its files
    dimensions   how many numbers a vector has
    """

    def __init__(self, tokenizer: "Tokenizer", session: "InferenceSession", fingerprint: str) -> None:
        limit = tokenizer.truncation["max_length"] if tokenizer.truncation else MOST_TOKENS
        tokenizer.enable_truncation(min(limit, MOST_TOKENS))
        tokenizer.no_padding()
        self._tokenizer, self._session, self.fingerprint = tokenizer, session, fingerprint
        self._asks = [given.name for given in session.get_inputs()]
        self._answer = _answer_of(session)
        self._kept: dict[str, Vectors] = {}
        self._keeping = threading.Lock()
        if unknown := set(self._asks) - INPUTS:
            raise ModelUnusableError(f"asks for {', '.join(sorted(unknown))}, which Procure cannot give")
        names = self._encode(list(DIVISION_NAMES.values()))
        self.dimensions = names.shape[1]
        self._strangers = _cosine_of_strangers(names[names.any(axis=1)])
        if self._strangers >= MOST_STRANGE:
            raise ModelUnusableError("finds all kinds of work alike: choose another model")

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length one; zeros where a text is blank."""
        kept = {text: self._kept.get(text) for text in texts}
        new = [text for text, vector in kept.items() if vector is None]
        if new:
            found = dict(zip(new, self._encode(new), strict=True))
            kept |= found
            self._keep(found)
        rows = [vector for text in texts if (vector := kept[text]) is not None]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)

    def likeness(self, cosines: NDArray[np.floating]) -> Floats:
        """How alike texts mean, 0 to 1 in thousandths: 0 as alike as strangers, 1 the same.

        Models differ in how high their cosines are, so each is measured by how alike it finds different CPV
        divisions. Thousandths, because the last digits of a cosine depend on which texts were read together.
        """
        scaled = np.round((cosines.astype(np.float64) - self._strangers) / (1 - self._strangers), 3)
        return np.where(scaled < LEAST_ALIKE, 0.0, np.minimum(scaled, 1.0))

    def _keep(self, found: dict[str, Vectors]) -> None:
        with self._keeping:
            self._kept.update(found)
            for text in list(islice(self._kept, max(0, len(self._kept) - MOST_KEPT))):
                del self._kept[text]

    def _encode(self, texts: list[str]) -> Vectors:
        """Texts of the same length go together, so that nothing is padded."""
        read = self._tokenizer.encode_batch([text.strip() for text in texts])
        places: defaultdict[int, list[int]] = defaultdict(list)
        for place, (text, one) in enumerate(zip(texts, read, strict=True)):
            if text.strip() and one.ids:
                places[len(one.ids)].append(place)
        batches = [held[start : start + BATCH] for held in places.values() for start in range(0, len(held), BATCH)]
        means = [(batch, self._means(np.array([read[place].ids for place in batch]))) for batch in batches]
        vectors = np.zeros((len(texts), means[0][1].shape[1] if means else self.dimensions), dtype=np.float32)
        for batch, mean in means:
            vectors[batch] = mean
        return vectors

    def _means(self, ids: NDArray[np.int64]) -> Vectors:
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        tokens = self._session.run([self._answer], {name: given[name] for name in self._asks})[0]
        means = np.asarray(tokens, dtype=np.float32).mean(axis=1)
        lengths = np.linalg.norm(means, axis=1, keepdims=True)
        return np.asarray(np.divide(means, lengths, out=np.zeros_like(means), where=lengths > 0), dtype=np.float32)


def _cosine_of_strangers(names: Vectors) -> float:
    """How alike the model finds texts of different fields; 1 where it knows too few of them to say."""
    apart = (names @ names.T)[np.triu_indices(len(names), 1)]
    return max(0.0, float(np.quantile(apart, STRANGERS))) if len(apart) else 1.0


def _answer_of(session: "InferenceSession") -> str:
    """The name of the output that gives one vector a token."""
    ranks = {given.name: len(given.shape) for given in session.get_outputs()}
    tokenwise = [name for name, rank in ranks.items() if rank == 3]
    named = [name for name in OUTPUTS if name in tokenwise]
    if not tokenwise:
        raise ModelUnusableError("gives no vector for each token: export it again with its last hidden state")
    return (named or tokenwise)[0]


def _is_mean(pooling: Path) -> bool:
    try:
        return bool(json.loads(pooling.read_text(encoding="utf-8")).get("pooling_mode_mean_tokens"))
    except (ValueError, AttributeError):
        return False

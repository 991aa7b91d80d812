"""The register of organisations, read once, kept as arrays that can be stored and mapped from disk."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.answers import RegisterRow
from procure.matching.payees.names import read
from procure.matching.payees.numbers import number_key, tidy_number
from procure.matching.payees.shards import Shard, build_shards
from procure.matching.text import fold

EDITION: Final = 1
SHARD_ROWS: Final = 250_000
_PARTS: Final = ("char_idf", "word_idf", "entity_of_row", "previous", "alone", "number_keys", "number_rows")
_TEXTS: Final = ("entities", "names", "texts", "forms", "postcodes", "kinds", "numbers")


@dataclass(frozen=True, slots=True)
class Texts:
    """Many short texts in one run of bytes, so that a million of them cost their letters and no more."""

    letters: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        encoded = [text.encode("utf-8") for text in texts]
        starts = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(text) for text in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts)

    def __getitem__(self, row: int) -> str:
        return self.letters[self.starts[row] : self.starts[row + 1]].tobytes().decode("utf-8")

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Register:
    """Registered names in a fixed order, whatever order they came in, with the postings both blockers search.

    entity_of_row  row > number of its organisation in `entities`
    previous       row > 1 where the name is a former or trading name
    alone          row > how many organisations share the name once it is spelt out
    number_keys    sorted keys of registration numbers; number_rows  the row that states each
    """

    entities: Texts
    names: Texts
    texts: Texts
    forms: Texts
    postcodes: Texts
    kinds: Texts
    numbers: Texts
    entity_of_row: NDArray[np.int32]
    previous: NDArray[np.uint8]
    alone: NDArray[np.int32]
    number_keys: NDArray[np.int64]
    number_rows: NDArray[np.int32]
    char_idf: NDArray[np.float32]
    word_idf: NDArray[np.float32]
    shards: tuple[Shard, ...]

    def __len__(self) -> int:
        return len(self.names)

    @classmethod
    def build(cls, rows: Iterable[RegisterRow], *, shard_rows: int = SHARD_ROWS) -> "Register":
        """Index a register.

        rows    any order; an entity may have several; a row without a name is left out
        raises  ValueError where no row has a name
        """
        entries = sorted(set(_entries(rows)))
        if not entries:
            raise ValueError("the register has no names")
        entities = sorted({entry[3] for entry in entries})
        number_of = {entity: number for number, entity in enumerate(entities)}
        owners = np.fromiter((number_of[entry[3]] for entry in entries), dtype=np.int32, count=len(entries))
        texts = [entry[0] for entry in entries]
        keys, stating = _numbers_of([entry[7] for entry in entries])
        shards, char_idf, word_idf = build_shards(texts, shard_rows=shard_rows)
        return cls(
            entities=Texts.of(entities),
            names=Texts.of([entry[1] for entry in entries]),
            texts=Texts.of(texts),
            forms=Texts.of([entry[2] for entry in entries]),
            postcodes=Texts.of([entry[5] for entry in entries]),
            kinds=Texts.of([entry[6] for entry in entries]),
            numbers=Texts.of([entry[7] for entry in entries]),
            entity_of_row=owners,
            previous=np.fromiter((entry[4] for entry in entries), dtype=np.uint8, count=len(entries)),
            alone=_sharers(texts, owners),
            number_keys=keys,
            number_rows=stating,
            char_idf=char_idf,
            word_idf=word_idf,
            shards=shards,
        )

    def save(self, folder: Path) -> None:
        """Write the register to a folder that `open` maps back without reading it."""
        folder.mkdir(parents=True, exist_ok=True)
        for part in _PARTS:
            np.save(folder / f"{part}.npy", getattr(self, part))
        for part in _TEXTS:
            held: Texts = getattr(self, part)
            np.save(folder / f"{part}.letters.npy", held.letters)
            np.save(folder / f"{part}.starts.npy", held.starts)
        for number, shard in enumerate(self.shards):
            shard.save(folder / f"shard{number}")
        manifest = {"edition": EDITION, "rows": len(self), "entities": len(self.entities), "shards": len(self.shards)}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "Register":
        """Map a stored register; workers that open the same folder share its memory.

        raises  ValueError where the folder holds no register, or one of another edition of this code
        """
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise ValueError(f"{folder} holds no register") from fault
        if manifest.get("edition") != EDITION:
            raise ValueError(f"the register in {folder} was stored by another edition; build it again")

        def mapped(part: str) -> NDArray:
            # a plain view of the mapped bytes: slicing one is ten times faster than slicing a memmap
            return np.load(folder / f"{part}.npy", mmap_mode="r").view(np.ndarray)

        held: dict[str, Any] = {part: mapped(part) for part in _PARTS}
        held.update({part: Texts(mapped(f"{part}.letters"), mapped(f"{part}.starts")) for part in _TEXTS})
        shards = tuple(Shard.open(folder / f"shard{number}") for number in range(manifest["shards"]))
        return cls(**held, shards=shards)


def _entries(rows: Iterable[RegisterRow]) -> Iterator[tuple[str, str, str, str, int, str, str, str]]:
    """Text, name, form, entity, is previous, postcode, kind, numbers: every name a row gives."""
    for row in rows:
        rest = (
            (row.postcode or "").replace(" ", "").upper(),
            row.kind or "",
            " ".join(tidy_number(number) for number in row.numbers),
        )
        for previous, written in enumerate((row.name, *row.previous_names)):
            if fold(written):
                name = read(written)
                yield (name.text, written.strip(), name.form, row.entity, min(previous, 1), *rest)


def _sharers(texts: Sequence[str], owners: NDArray[np.int32]) -> NDArray[np.int32]:
    """How many organisations share each row's text; equal texts stand together because rows are sorted."""
    shared = np.ones(len(texts), dtype=np.int32)
    start = 0
    for end in range(1, len(texts) + 1):
        if end == len(texts) or texts[end] != texts[start]:
            shared[start:end] = len(set(owners[start:end].tolist()))
            start = end
    return shared


def _numbers_of(stated: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Every stated number's key, sorted, and the row that states it."""
    found = sorted((number_key(number), row) for row, numbers in enumerate(stated) for number in numbers.split())
    keys = np.array([key for key, _ in found], dtype=np.int64)
    return keys, np.array([row for _, row in found], dtype=np.int32)

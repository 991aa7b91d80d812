"""A register's index in a folder: mapped, so that workers share it; refused where it cannot be trusted."""

import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.columns import TEXTS
from procure.matching.payees.register import Register
from procure.matching.payees.shards import Shard
from procure.matching.payees.texts import Texts
from procure.matching.text import GRAMS, WORDS

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

VERSION: Final = 2
"""Goes up when the same rows would be stored otherwise: an index of another version is built again."""
MANIFEST: Final = "manifest.json"
ARRAYS: Final[dict[str, type[np.generic]]] = {
    "entity_of_row": np.int32,
    "previous": np.uint8,
    "alone": np.int32,
    "entity_keys": np.int64,
    "number_keys": np.int64,
    "number_rows": np.int32,
    "char_idf": np.float32,
    "word_idf": np.float32,
}
_POSTINGS: Final[dict[str, type[np.generic]]] = {"data": np.float32, "indices": np.int32, "indptr": np.int32}
_CHUNK: Final = 1 << 22


class UnusableIndexError(ValueError):
    """A stored index that is missing, damaged, of another version or of another edition; the message says which."""


def open_index(folder: Path, *, edition: str | None = None, checked: bool = True) -> Register:
    """Map the index that `build_index` stored in a folder.

    edition  what it must have been built from, where the caller knows
    checked  every byte is compared with its checksum; only a worker whose parent has just done so may leave it out
    raises   UnusableIndexError
    """
    manifest = _manifest(folder)
    if manifest.get("version") != VERSION:
        raise UnusableIndexError(f"the index in {folder} was stored by another version; build it again")
    if edition is not None and manifest["edition"] != edition:
        raise UnusableIndexError(f"the index in {folder} is of {manifest['edition']!r}, not of {edition!r}")
    for name, (size, checksum) in manifest["files"].items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size or (checked and checksum_of(path) != checksum):
            raise UnusableIndexError(f"{name} of the index in {folder} is damaged; build it again")
    held: dict[str, Any] = {part: mapped(folder / part, kind) for part, kind in ARRAYS.items()}
    held.update({part: mapped_texts(folder, part) for part in TEXTS})
    shards = tuple(_open_shard(folder / f"shard{number}", *run) for number, run in enumerate(manifest["shards"]))
    return Register(**held, shards=shards, counted=manifest["rows"])


def edition_of(folder: Path) -> str:
    """What the index in a folder was built from.

    raises  UnusableIndexError where there is none
    """
    return str(_manifest(folder)["edition"])


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if not {"version", "edition", "rows", "shards", "files"} <= manifest.keys():
            raise ValueError("incomplete")
    except (OSError, ValueError, AttributeError) as fault:
        raise UnusableIndexError(f"{folder} holds no index") from fault
    return manifest


def write_manifest(folder: Path, *, edition: str, rows: int, shards: list[tuple[int, int]]) -> None:
    """Written last: without it a folder holds no index. shards  first row and number of rows of each."""
    files = {
        str(path.relative_to(folder)): (path.stat().st_size, checksum_of(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = {"version": VERSION, "edition": edition, "rows": rows, "shards": shards, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def checksum_of(path: Path) -> int:
    """CRC-32 of a file: it is damage that is looked for, not malice."""
    checksum = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum


def save_postings(folder: Path, shard: Shard) -> None:
    """Write a shard's two postings."""
    for part in ("char_postings", "word_postings"):
        for array, kind in _POSTINGS.items():
            getattr(getattr(shard, part), array).astype(kind, copy=False).tofile(folder / f"{part}.{array}")


def _open_shard(folder: Path, first_row: int, rows: int) -> Shard:
    from scipy.sparse import csr_matrix

    def postings(part: str, features: int) -> "csr_matrix":
        arrays = tuple(mapped(folder / f"{part}.{array}", kind) for array, kind in _POSTINGS.items())
        return csr_matrix(arrays, shape=(features, rows), copy=False)

    return Shard(first_row, postings("char_postings", GRAMS), postings("word_postings", WORDS))


def mapped_texts(folder: Path, part: str) -> Texts:
    """One column of texts."""
    return Texts(mapped(folder / f"{part}.letters", np.uint8), mapped(folder / f"{part}.starts", np.int64))


def mapped(path: Path, kind: type[np.generic]) -> NDArray[Any]:
    """A file's numbers without reading it; nothing can be mapped of an empty file."""
    if not path.stat().st_size:
        return np.zeros(0, dtype=kind)
    # a plain view of the mapped bytes: slicing one is ten times faster than slicing a memmap
    return np.memmap(path, dtype=kind, mode="r").view(np.ndarray)

"""The register of organisations: registered names in a fixed order, with the postings both blockers search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.answers import RegisterRow
from procure.matching.payees.columns import Columns, columns_of, in_order, numbered
from procure.matching.payees.entries import entries_of, with_sharers
from procure.matching.payees.shards import Shard, count, weigh_and_turn
from procure.matching.payees.texts import Both, TextRow, rows_that_say
from procure.matching.text import rarity_of_holders

SHARD_ROWS: Final = 250_000


@dataclass(frozen=True, slots=True)
class Register:
    """Every field but the last five has one value a row.

    texts          the name as `names.read` spells it out; rows stand in its order
    entity_of_row  row > a number for its organisation
    previous       row > 1 where the name is a former or trading name
    alone          row > how many organisations share the name once it is spelt out
    entity_keys    the organisations' keys in order, at the place that is their number
    number_keys    sorted keys of registration numbers; number_rows  the row that states each
    counted        how many rows, from the first, stand in order of their text; the rarities were counted over these
    """

    entities: TextRow
    names: TextRow
    texts: TextRow
    forms: TextRow
    postcodes: TextRow
    kinds: TextRow
    numbers: TextRow
    entity_of_row: NDArray[np.int32]
    previous: NDArray[np.uint8]
    alone: NDArray[np.int32]
    entity_keys: NDArray[np.int64]
    number_keys: NDArray[np.int64]
    number_rows: NDArray[np.int32]
    char_idf: NDArray[np.float32]
    word_idf: NDArray[np.float32]
    shards: tuple[Shard, ...]
    counted: int

    def __len__(self) -> int:
        return len(self.names)

    @classmethod
    def build(cls, rows: Iterable[RegisterRow], *, shard_rows: int = SHARD_ROWS) -> "Register":
        """Index a register in memory; for a large one that is kept see `build_index`.

        rows    any order; an entity may have several; a row without a name is left out
        raises  ValueError where no row has a name
        """
        entries = list(with_sharers(entries_of(rows)))
        if not entries:
            raise ValueError("the register has no names")
        texts = [entry.text for entry, _ in entries]
        starts = range(0, len(texts), shard_rows)
        counts = [count(texts[start : start + shard_rows]) for start in starts]
        grams, words = (np.sum(each, axis=0) for each in zip(*(part.holders() for part in counts), strict=True))
        char_idf, word_idf = rarity_of_holders(grams, len(texts)), rarity_of_holders(words, len(texts))
        shards = tuple(
            weigh_and_turn(part, char_idf, word_idf, first_row=start)
            for start, part in zip(starts, counts, strict=True)
        )
        return assembled(columns_of(entries), char_idf, word_idf, shards)

    def extended(self, rows: Iterable[RegisterRow]) -> "Register":
        """This register with a few rows on top, such as the organisations that registered here since it was built.

        They are weighed with this register's rarities, so that a name is measured and a probability means the same
        wherever a candidate stands; a million stored rows are neither read nor counted again for it.

        rows    any order; a row whose entity the register has is one more name of that organisation
        raises  ValueError where the register was extended before: give all the rows at once
        """
        if len(self) != self.counted:
            raise ValueError("this register has been extended already")
        entries = list(with_sharers(entries_of(rows)))
        if not entries:
            return self
        more, texts = columns_of(entries), [entry.text for entry, _ in entries]
        shard = weigh_and_turn(count(texts), self.char_idf, self.word_idf, first_row=len(self))
        owners = np.concatenate([self.entity_of_row, self._owners(more.keys)])
        stated = np.concatenate([self.number_keys, more.stated])
        stating = np.concatenate([self.number_rows, (more.stating + len(self)).astype(np.int32)])
        number_keys, number_rows = in_order(stated, stating)
        joined: dict[str, Any] = {part: Both(getattr(self, part), own) for part, own in more.texts.items()}
        return replace(
            self,
            **joined,
            entity_of_row=owners,
            previous=np.concatenate([self.previous, more.previous]),
            alone=self._sharers(texts, owners),
            number_keys=number_keys,
            number_rows=number_rows,
            shards=(*self.shards, shard),
        )

    def _owners(self, keys: NDArray[np.int64]) -> NDArray[np.int32]:
        """Organisations the register has keep their number; others get the next ones."""
        asked = np.unique(keys)
        places = np.searchsorted(self.entity_keys, asked)
        known = np.append(self.entity_keys, -1)[places] == asked
        numbers = np.where(known, places, len(self.entity_keys) + np.cumsum(~known) - 1)
        return numbers[np.searchsorted(asked, keys)].astype(np.int32)

    def _sharers(self, texts: Sequence[str], owners: NDArray[np.int32]) -> NDArray[np.int32]:
        """How many organisations share each row's name, stored rows of a name that came again counted anew."""
        added: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            added.setdefault(text, []).append(len(self) + place)
        sharers = np.concatenate([self.alone, np.ones(len(texts), dtype=np.int32)])
        for text, own in added.items():
            sharing = [*rows_that_say(self.texts, text), *own]
            sharers[sharing] = len(set(owners[sharing].tolist()))
        return sharers


def assembled(
    columns: Columns, char_idf: NDArray[np.float32], word_idf: NDArray[np.float32], shards: tuple[Shard, ...]
) -> Register:
    """A register in memory from its columns and shards."""
    entity_keys, entity_of_row = numbered(columns.keys)
    number_keys, number_rows = in_order(columns.stated, columns.stating)
    return Register(
        **columns.texts,
        entity_of_row=entity_of_row,
        previous=columns.previous,
        alone=columns.alone,
        entity_keys=entity_keys,
        number_keys=number_keys,
        number_rows=number_rows,
        char_idf=char_idf,
        word_idf=word_idf,
        shards=shards,
        counted=len(columns.keys),
    )

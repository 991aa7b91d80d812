"""How much stands in a consortium's room, asked all at once: packs, messages, and the documents every bid needs."""

from dataclasses import dataclass

from sqlalchemy import func, select

from ...extensions import db
from ...models import BidPack, RoomDocument, RoomMessage
from .consortia_papers import WANTED, select_standing
from .consortia_rooms import open_to


@dataclass(frozen=True)
class Counts:
    """packs: of the version that stands. wanted: kinds of consortia_papers.WANTED that are in the room."""

    packs: int
    messages: int
    wanted: frozenset[str]


def counts_in(consortium_id: int, version: int, *, of: int) -> Counts:
    """What an accepted partner finds in the room; nothing for anybody else."""
    packs = select(func.count(BidPack.id)).where(open_to(BidPack, consortium_id, of), BidPack.version == version)
    written = select(func.count(RoomMessage.id)).where(open_to(RoomMessage, consortium_id, of))
    held = [select_standing(consortium_id, of).where(RoomDocument.kind == kind).exists() for kind in WANTED]
    row = db.session.execute(select(packs.scalar_subquery(), written.scalar_subquery(), *held)).one()
    return Counts(row[0], row[1], frozenset(kind for kind, is_here in zip(WANTED, row[2:], strict=True) if is_here))

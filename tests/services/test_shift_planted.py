"""Planted substitutes in an invented ledger: the real engine finds them, and little else."""

from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import ShiftRow
from procure.services.shift import shift

from .shift_stories import planted

FIRST = 20


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_first_twenty_rows_are_right_and_few_substitutes_are_missed(make: Any, seed: int) -> None:
    def story() -> None:
        world = planted(seed)
        shift.work_out(world.anchor)
        db.session.commit()
        found = db.session.scalars(
            select(ShiftRow)
            .where(ShiftRow.organisation_id == world.anchor, ShiftRow.is_influenceable, ShiftRow.has_candidate)
            .order_by(ShiftRow.left_pence.desc(), ShiftRow.id)
        ).all()
        first = [row.payee_id in world.could for row in found[:FIRST]]
        caught = {row.payee_id for row in found} & world.could
        assert len(first) == FIRST
        assert sum(first) / FIRST >= 0.8
        assert len(caught) / len(world.could) >= 0.8

    make(story)

"""match replay: a kept ranking beside today's."""

import json

import click

from ..furnished import furnished


@click.command("replay")
@click.argument("proposal", type=click.IntRange(min=1))
@furnished
def replay_command(proposal: int) -> None:
    """Print the ranking that PROPOSAL belongs to, as it was kept, and the same lot ranked now, as JSON."""
    from sqlalchemy import select

    from ...extensions import db
    from ...models import Proposal
    from ...services.errors import NotFoundError
    from ...services.ranking import replays

    owner = db.session.scalar(select(Proposal.organisation_id).where(Proposal.id == proposal))
    try:
        found = replays.replay(proposal, of=owner or 0)
    except NotFoundError:
        raise click.ClickException("There is no such proposal") from None
    told = {
        "lot": found.lot.id,
        "made_at": found.made_at.isoformat(),
        "is_same": found.is_same,
        "changes": list(found.changes),
        "enterprises": [
            {
                "id": line.enterprise_id,
                **{
                    when: None if place is None else {"rank": place.rank, "probability": place.probability}
                    for when, place in (("then", line.then), ("now", line.now))
                },
                "reasons_then": list(line.then.reasons) if line.then else [],
                "reasons_now": list(line.now.reasons) if line.now else [],
                "changes": list(line.changes),
            }
            for line in found.lines
        ],
    }
    click.echo(json.dumps(told, indent=1, ensure_ascii=False))

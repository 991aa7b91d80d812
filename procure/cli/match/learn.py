"""match learn: draw a lesson from officers' decisions now, take the one in force back, or put one back."""

import json

import click

from ..furnished import furnished


@click.command("learn")
@click.option("--revert", type=int, metavar="LESSON", help="Take this lesson out of force.")
@click.option("--put-back", type=int, metavar="LESSON", help="Put a lesson that was taken back in force again.")
@furnished
def learn_command(revert: int | None, put_back: int | None) -> None:
    """Try a lesson on the decisions made since the last one, and follow it where it does better.

    Prints every lesson as JSON, newest first.
    """
    from ... import jobs
    from ...extensions import db
    from ...services.actors import Actor
    from ...services.errors import ConflictError, NotFoundError, RefusedError
    from ...services.payees import payee_learning

    system = Actor(None, "the command line", "")
    try:
        if revert is not None:
            payee_learning.revert(revert, by=system)
        elif put_back is not None:
            payee_learning.put_back(put_back, by=system)
        else:
            payee_learning.queue(by=system)
        db.session.commit()
    except NotFoundError:
        raise click.ClickException("There is no such lesson") from None
    except (ConflictError, RefusedError) as refusal:
        raise click.ClickException(str(refusal)) from None
    jobs.run_all()
    click.echo(json.dumps([_told(lesson) for lesson in payee_learning.lessons()], indent=1))


def _told(lesson: object) -> dict[str, object]:
    names = ("id", "state", "reason", "decisions", "tried_on", "before", "after")
    return {name: getattr(lesson, name) for name in names}

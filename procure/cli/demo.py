"""flask demo: the demonstration place."""

import json

import click

from .furnished import furnished


@click.group("demo")
def demo() -> None:
    """Build the demonstration place, and say what is in it."""


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing where the database holds anything already.")
@furnished
def load(if_empty: bool) -> None:
    """Fill an empty database with the demonstration place and print its totals as JSON."""
    from ..services import demonstration
    from ..services.errors import ConflictError

    if if_empty and not demonstration.is_empty():
        _greet()
        return
    try:
        demonstration.load(lambda line: click.echo(line, err=True))
    except ConflictError as error:
        raise click.ClickException(str(error)) from None
    if if_empty:
        _greet()
    else:
        _print_totals()


@demo.command("summary")
@furnished
def summary() -> None:
    """Print the totals of the demonstration place as JSON."""
    _print_totals()


def _print_totals() -> None:
    from ..services import demonstration

    click.echo(json.dumps(demonstration.summary(), indent=1))


def _greet() -> None:
    """Say how to sign in as each demo person, where there are any."""
    from ..services import demonstration

    people = demonstration.summary()["people"]
    if not people:
        return
    click.echo("Sign in as one of the demo people (their passwords are public, so keep this site on your own machine):")
    for person in people:
        role = person["role"].replace(":", " ")
        click.echo(f"  {role:20} {person['email']:34} {person['password']}")

"""flask accounts: the first administrator, and people in trouble."""

import click

from .furnished import furnished


@click.group("accounts")
def accounts() -> None:
    """People and organisations."""


@accounts.command("create-admin")
@click.option("--name", prompt=True)
@click.option("--email", prompt=True)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@furnished
def create_admin(name: str, email: str, password: str) -> None:
    """Add an installation administrator."""
    from ..extensions import db
    from ..services.errors import ConflictError
    from ..services.people import accounts as people
    from ..services.people import passwords

    if fault := passwords.fault_in(password, names=(name, email)):
        raise click.ClickException(fault)
    try:
        person = people.add_person(name, email, password, is_installation_admin=True)
    except ConflictError as error:
        raise click.ClickException(str(error)) from None
    db.session.commit()
    click.echo(f"{person.email} is now an administrator of this installation.")

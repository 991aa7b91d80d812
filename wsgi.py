"""The door for web servers and for the flask command."""

import click

from procure import create_app
from procure.config import FaultySettingsError

REFUSED = 2

try:
    app = create_app()
except FaultySettingsError as faults:
    click.echo(f"Procure cannot start: {faults}", err=True)
    raise SystemExit(REFUSED) from None

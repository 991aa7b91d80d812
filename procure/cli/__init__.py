"""The commands: each is imported when it is called, so that a small one starts at once."""

from importlib import import_module

import click
from flask.cli import AppGroup

COMMANDS = {
    "sheets": ("procure.cli.sheets", "sheets"),
    "match": ("procure.cli.match", "match"),
    "spend": ("procure.cli.spend", "spend"),
    "demo": ("procure.cli.demo", "demo"),
    "reference": ("procure.cli.reference", "reference"),
    "accounts": ("procure.cli.accounts", "accounts"),
    "jobs": ("procure.cli.jobs", "jobs"),
    "serve": ("procure.cli.serve", "serve"),
    "db": ("flask_migrate.cli", "db"),
}


class LazyCommands(AppGroup):
    """Our commands by name; their modules are imported only when somebody calls them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        if found is None and cmd_name in COMMANDS:
            module, name = COMMANDS[cmd_name]
            found = getattr(import_module(module), name)
        return found

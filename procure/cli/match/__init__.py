"""flask match: each engine is imported when it is called."""

from importlib import import_module

import click

COMMANDS = {
    "payees": ("payees", "payees_command"),
    "lots": ("lots", "lots_command"),
    "categories": ("categories", "categories_command"),
    "consortium": ("consortium", "consortium_command"),
    "fit-payees": ("fit", "fit_payees_command"),
    "accuracy": ("accuracy", "accuracy_command"),
    "replay": ("replay", "replay_command"),
    "learn": ("learn", "learn_command"),
}
"""Name > module and command."""


class _Engines(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(f"procure.cli.match.{module}"), name)
        return found


match = _Engines("match", help="Match payees, lots, categories and consortia.")

"""flask match: each engine is imported when it is called."""

from importlib import import_module

import click

COMMANDS = {
    "payees": "Link payee names to a register.",
    "lots": "Rank suppliers for lots.",
    "categories": "Predict categories of texts.",
    "consortium": "Find the best consortium for a lot, or why there is none.",
}


class _Engines(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"procure.cli.match.{cmd_name}"), f"{cmd_name}_command")
        return found


match = _Engines("match", help="Match payees, lots, categories and consortia.")

"""The best consortium for lots given as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from procure.cli.files import instead_of_standard_output, tell, why
from procure.matching.consortium import best_cover, cover_to_json, instance_from_json


@click.command("consortium")
@click.argument("instance_file", metavar="INSTANCE.json", type=click.Path(path_type=Path))
@instead_of_standard_output
def consortium_command(instance_file: Path, out_file: Path | None) -> None:
    """Find who together can cover a lot, or a list of lots, and prove it."""
    try:
        given = json.loads(instance_file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as refusal:
        tell(_refused(why(refusal)), out_file)
        sys.exit(2)
    answers = [_answer(one) for one in given] if isinstance(given, list) else _answer(given)
    tell(answers, out_file)
    if any(one["status"] == "refused" for one in (answers if isinstance(answers, list) else [answers])):
        sys.exit(2)


def _answer(given: object) -> dict[str, Any]:
    try:
        return cover_to_json(best_cover(instance_from_json(given)))
    except ValueError as refusal:
        return _refused(str(refusal))


def _refused(reason: str) -> dict[str, Any]:
    return {"status": "refused", "reason": reason}

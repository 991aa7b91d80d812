"""Files a command is given: what cannot be read or written is refused in one sentence, before any work is done."""

import json
import os
from pathlib import Path
from typing import Any

import click

READ = click.Path(exists=True, dir_okay=False, path_type=Path)


class OutFile(click.Path):
    """A file to write: its folder is there, and may be written to."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = Path(str(super().convert(value, param, ctx)))
        if not path.parent.is_dir():
            self.fail(f"there is no folder {path.parent}", param, ctx)
        if not path.exists() and not os.access(path.parent, os.W_OK):
            self.fail(f"nothing can be written into {path.parent}", param, ctx)
        return path


WRITE = OutFile()
instead_of_standard_output = click.option(
    "--out", "out_file", type=WRITE, help="Write here instead of standard output."
)


def tell(answer: object, out_file: Path | None, *, is_ascii: bool = False) -> None:
    """Give an answer as JSON where it was asked for."""
    text = json.dumps(answer, ensure_ascii=is_ascii, indent=1)
    if out_file is None:
        click.echo(text)
    else:
        out_file.write_text(text + "\n", encoding="utf-8")


def why(refusal: Exception) -> str:
    """The reason of a refusal as a person would say it."""
    if isinstance(refusal, OSError) and refusal.strerror:
        return f"{refusal.filename} cannot be read: {refusal.strerror}"
    if isinstance(refusal, json.JSONDecodeError):
        return f"This is not JSON: {refusal}"
    if isinstance(refusal, UnicodeDecodeError):
        return "This is not text in UTF-8. Save it as UTF-8 and try again"
    return str(refusal)

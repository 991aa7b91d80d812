"""Starts the disposable process that reads one file, listens to it, and answers for it when it dies."""

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from procure.sheets.frames import FAULT, FILE_END, REFUSED, read_frames
from procure.sheets.limits import Limits
from procure.sheets.reading import UnreadableSheetError

UNREADABLE = (
    "We could not read this file. It may be damaged, or made to do harm. "
    "Open it in your spreadsheet program, save it as .xlsx or .csv and upload that"
)
TOO_SLOW = "Reading this file takes too long. Split it by month and upload the parts"

_PACKAGE = Path(__file__).resolve().parents[1]
# The package is entered without its __init__, so that the process which opens a stranger's file holds no app, no
# settings and no database driver.
_BOOT = (
    "import sys, types; package = types.ModuleType('procure'); package.__path__ = [sys.argv[1]]; "
    "sheets = types.ModuleType('procure.sheets'); sheets.__path__ = [sys.argv[1] + '/sheets']; "
    "sys.modules.update({'procure': package, 'procure.sheets': sheets}); "
    "from procure.sheets.disposable import main; main(sys.argv[2])"
)

_log = logging.getLogger(__name__)


def listen(
    path: str | Path, kind: str, limits: Limits, mapping: Mapping[Any, Any] | None = None, named: str = ""
) -> Iterator[tuple[bytes, bytes]]:
    """Frames of a file being read, as they come; the last is FILE_END.

    kind    "ledger", "rows" or "first rows"
    named   the year, or the pair of years, that the file's name tells
    raises  UnreadableSheetError where the file is refused, or where the process dies of it
    """
    choices = [[sheet, dict(choice)] for sheet, choice in (mapping or {}).items()]
    task = json.dumps({"kind": kind, "limits": asdict(limits), "mapping": choices, "named": named})
    with Path(path).open("rb") as stream:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
            [sys.executable, "-I", "-c", _BOOT, str(_PACKAGE), task],
            stdin=stream,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            start_new_session=True,
        )
    timer = threading.Timer(limits.wall_seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        assert process.stdout is not None
        yield from _until_end(process.stdout, timer)
    finally:
        timer.cancel()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _until_end(stream: Any, timer: threading.Timer) -> Iterator[tuple[bytes, bytes]]:
    try:
        for kind, body in read_frames(stream):
            if kind == REFUSED:
                raise UnreadableSheetError(json.loads(body))
            if kind == FAULT:
                _log.warning("the reading process failed: %s", json.loads(body))
                raise UnreadableSheetError(UNREADABLE)
            yield kind, body
            if kind == FILE_END:
                return
    except ValueError:
        _log.warning("the reading process was cut short")
    raise UnreadableSheetError(TOO_SLOW if timer.finished.is_set() else UNREADABLE)

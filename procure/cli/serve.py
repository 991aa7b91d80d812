"""flask serve: the web app and one worker, stopped together."""

import os
import signal
import subprocess
import sys
from types import FrameType
from typing import Any

import click
from flask import current_app

from .furnished import furnished


@click.command("serve")
@furnished
def serve() -> None:
    """Run the web app and one job worker until Ctrl-C."""
    import waitress

    app: Any = current_app
    web = app._get_current_object()
    port = web.config["SERVER_PORT"]
    worker = subprocess.Popen(  # noqa: S603 - our own command, no shell
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work", "--with-parent", str(os.getpid())],
        start_new_session=True,
    )

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    for ending in (signal.SIGTERM, signal.SIGINT):  # a shell that starts us in the background has SIGINT ignored
        signal.signal(ending, stop)
    click.echo(f"Procure listens on http://127.0.0.1:{port} - press Ctrl-C to stop.")
    try:
        waitress.serve(web, host="127.0.0.1", port=port, threads=8, ident=None, channel_timeout=60)
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
        click.echo("Procure has stopped.")

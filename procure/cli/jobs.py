"""flask jobs: the worker."""

import logging
import os
import signal
import threading
import time
from typing import Any

import click
from flask import Flask, current_app

from .furnished import furnished

REAP_SECONDS = 5.0
ROUNDS_TO_SUMS = 6
"""Every so many rounds the watch looks for sums of spend that are out of date."""


@click.group("jobs")
def jobs() -> None:
    """The worker that does long jobs."""


@jobs.command("work")
@click.option("--with-parent", type=int, help="Stop when this process, which started the worker, is gone.")
@furnished
def work(with_parent: int | None) -> None:
    """Do jobs and send mail until stopped."""
    from huey.consumer import Consumer

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    app: Any = current_app
    real = app._get_current_object()
    stop = threading.Event()
    watch = threading.Thread(target=_watch, args=(real, stop, with_parent), daemon=True)
    watch.start()
    logging.getLogger(__name__).info("Ready for jobs")
    try:
        Consumer(real.extensions["queue"], workers=1, periodic=False, initial_delay=0.1, max_delay=0.5).run()
    finally:
        stop.set()


@jobs.command("run-all")
@furnished
def run_all() -> None:
    """Do every queued job now, in this process, and send waiting mail."""
    from ..jobs import run_all as run_every
    from ..services import mail

    done = run_every()
    click.echo(f"{done} jobs done, {mail.send_waiting()} messages sent", err=True)


def _watch(app: Flask, stop: threading.Event, parent: int | None) -> None:
    """Reap dead workers' jobs, send mail, and go when the parent went."""
    last, rounds = 0.0, 0
    while not stop.wait(0.5):
        if parent and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
        if time.monotonic() - last >= REAP_SECONDS:
            last = time.monotonic()
            with app.app_context():
                _look_after_jobs(with_sums=rounds % ROUNDS_TO_SUMS == 0)
            rounds += 1


def _look_after_jobs(*, with_sums: bool) -> None:
    from ..extensions import db
    from ..jobs import reap, wake
    from ..services import mail, sent_forms
    from ..services.alerts import digests
    from ..services.shares import spend_sums
    from ..services.shift import shift_due

    try:
        reap()
        due = [job.id for job in digests.queue_due()]
        if with_sums:
            sent_forms.forget_old()
            due += [job.id for job in (*spend_sums.queue_due(), *shift_due.queue_due())]
        db.session.commit()
        for job_id in due:
            wake(job_id)
        mail.send_waiting()
    except Exception:  # the watch outlives a database that is away for a minute
        logging.getLogger(__name__).exception("the watch could not look after the jobs")

"""The site and its worker start together and stop together."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .demo_site import ROOT, environment, free_port, wait_for

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see which processes are left")


def children_of(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["ctrl-c", "terminate", "kill"])
def test_stopping_the_site_leaves_no_process_behind(migrated: Path, tmp_path: Path, ending: signal.Signals) -> None:
    shutil.copy(migrated, tmp_path / "procure.sqlite")
    port = free_port()
    site = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
        cwd=ROOT,
        env=environment(tmp_path, PORT=str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for(f"http://127.0.0.1:{port}", site)
    workers = children_of(site.pid)
    assert workers
    os.kill(site.pid, ending)
    site.wait(timeout=60)
    deadline = time.monotonic() + 60
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(is_running, workers))

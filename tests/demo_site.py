"""The demonstration place for tests: built once for a whole run, then copied."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 180


def built_demo(factory: pytest.TempPathFactory) -> Path:
    """A folder with the loaded demonstration place; the processes of one run share it."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "demonstration"
    with open(shared / "demonstration.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "summary.json").exists():
            folder.mkdir(exist_ok=True)
            flask(folder, "db", "upgrade")
            (folder / "summary.json").write_text(flask(folder, "demo", "load"), encoding="utf-8")
    return folder


def flask(folder: Path, *words: str) -> str:
    """Run a command of ours on an instance folder; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(folder: Path, **changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "QUEUE_URL")}
    return {**kept, "PROCURE_INSTANCE_PATH": str(folder), **changes}


def copy_demo(built: Path, folder: Path) -> dict[str, Any]:
    """A copy of the built place to change at will; its summary."""
    shutil.copytree(built, folder, dirs_exist_ok=True)
    summary: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return summary


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The site and its worker as `make run` starts them; its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
        cwd=ROOT,
        env=environment(folder, PORT=str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the site stopped while it was starting"
        try:
            with urllib.request.urlopen(f"{address}/sign-in", timeout=30):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the site did not start in time")

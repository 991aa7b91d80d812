"""A million names: how fast they are indexed and asked, and how much memory all processes take together."""

import random
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from procure.matching.payees import RegisterRow, build_index, identify_across
from procure.matching.payees.places_named import PLACE_WORDS

TRADES = [
    "CONSULTING",
    "SERVICES",
    "PROPERTIES",
    "CARE",
    "BUILDERS",
    "ELECTRICAL",
    "TRANSPORT",
    "CATERING",
    "CLEANING",
    "DESIGN",
    "TRAINING",
]


def generated(count: int) -> list[RegisterRow]:
    """Made-up companies: places, syllables and trades, the same every time."""
    chance = random.Random(1)
    starts, vowels, ends = "bcdfghklmnprstw", "aeiou", "nrlstmkdx"
    places = sorted(PLACE_WORDS)

    def surname() -> str:
        syllables = chance.choices((2, 3), (1, 2))[0]
        return "".join(chance.choice(starts) + chance.choice(vowels) for _ in range(syllables)) + chance.choice(ends)

    shapes = ("{s} {t}", "{p} {s} {t}", "{i} {s} {t}", "{s} AND {r}", "{p} {t} {u}")
    return [
        RegisterRow(
            f"X{number:07d}",
            chance.choice(shapes)
            .format(
                s=surname(),
                r=surname(),
                t=chance.choice(TRADES),
                u=chance.choice(TRADES),
                p=chance.choice(places),
                i=" ".join(chance.choices("ABCDEFGHJKLM", k=2)),
            )
            .upper()
            + chance.choice((" LIMITED", " LIMITED", " LTD", " LLP", "")),
        )
        for number in range(count)
    ]


def million(count: int, asked: int, workers: int) -> None:
    """Build, map and ask; every third query is a name with letters lost, the rest have noise hung on."""
    rows = generated(count)
    chance = random.Random(2)
    wanted = chance.sample(rows, asked)
    queries = [
        row.name[: chance.randrange(10, 30)] if n % 3 == 0 else f"{row.name} BACS 0412" for n, row in enumerate(wanted)
    ]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "index"
        with measured(f"index of {count:,} names"):
            build_index(rows, folder, workers=workers)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"{size / 1e6:,.0f} MB stored")
        del rows
        with measured(f"{asked:,} names asked of it", asked):
            answers = identify_across(queries, folder, workers=workers)
    right = sum(a.candidates[0].entity == row.entity for a, row in zip(answers, wanted, strict=True) if a.candidates)
    print(f"{right / asked:.3f} right at the first place")


@contextmanager
def measured(what: str, names: int = 0) -> Iterator[None]:
    """Print the time by the clock, the processor's time, and the most memory this process and its children took."""
    clock, busy, peak, done = time.perf_counter(), _processor_seconds(), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.25):
            peak[0] = max(peak[0], _memory_of_all())

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield
    done.set()
    watcher.join()
    seconds, busy = time.perf_counter() - clock, _processor_seconds() - busy
    rate = f", {names / seconds:.0f} a second, {names / busy:.0f} for each second of a processor" if names else ""
    print(
        f"{what}: {seconds:.0f} s, {busy:.0f} s of processor time, {peak[0]:,.0f} MB in all processes{rate}", flush=True
    )


def _processor_seconds() -> float:
    """Of this process and of children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _memory_of_all() -> float:
    """MB of this process and its children; a page that several of them map counts once."""
    parent = Path("/proc/self").resolve()
    children = (parent / "task" / parent.name / "children").read_text().split()
    total = 0
    for process in (parent, *(Path("/proc") / child for child in children)):
        try:
            lines = (process / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024

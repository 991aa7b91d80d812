"""A register in a folder: built from a stream, shared by workers wherever they are, refused where it is not sound."""

import json
import random

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from procure.matching.payees import (
    Register,
    RegisterRow,
    UnusableIndexError,
    build_index,
    edition_of,
    identify,
    identify_across,
    open_index,
)
from procure.matching.payees import building as building_module
from procure.matching.payees.stored import ARRAYS
from procure.matching.text import rarity, rarity_of_holders

PLACES = ("Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
TRADES = ("Catering", "Cleaning", "Printing", "Roofing", "Joinery", "Plumbing", "Transport", "Nursery", "Bakery")
ROWS = [
    RegisterRow(
        f"body:{number}",
        f"{place} {trade} Limited",
        (f"Old {place} {trade}",) if number % 5 == 0 else (),
        "B18 5AA",
        "company",
        (f"company:{number:08}",),
    )
    for number, (place, trade) in enumerate((place, trade) for place in PLACES for trade in TRADES)
]
ASKED = [row.name[: 8 + n % 12] if n % 3 else f"{row.name} BACS 0412" for n, row in enumerate(ROWS)]
HERE = identify(ASKED, Register.build(ROWS))


@pytest.fixture
def folder(tmp_path):
    build_index(ROWS, tmp_path / "index", edition="spring")
    return tmp_path / "index"


def test_a_stream_in_any_order_with_doubles_builds_the_index_that_memory_would(tmp_path, monkeypatch):
    monkeypatch.setattr(building_module, "BLOCK", 10)
    shuffled = [*ROWS, *ROWS[:30]]
    random.Random(4).shuffle(shuffled)
    read: list[int] = []
    names = build_index(iter(shuffled), tmp_path / "index", report=read.append)
    whole, stored = Register.build(ROWS), open_index(tmp_path / "index")
    assert names == len(whole) == len(stored)
    assert read[-1] == len(shuffled)
    assert read == sorted(read)
    for part in ARRAYS:
        assert np.array_equal(getattr(stored, part), getattr(whole, part)), part
    assert [stored.names[row] for row in range(names)] == [whole.names[row] for row in range(names)]
    assert identify(ASKED, stored) == HERE


def test_an_index_built_and_asked_by_two_processes_gives_the_same_bytes_and_answers(folder, tmp_path):
    build_index(ROWS, tmp_path / "shared", edition="spring", workers=2, shard_rows=50)
    build_index(ROWS, tmp_path / "alone", edition="spring", workers=1, shard_rows=50)
    manifests = [(tmp_path / each / "manifest.json").read_bytes() for each in ("shared", "alone")]
    assert manifests[0] == manifests[1]
    alone = identify(ASKED, open_index(tmp_path / "alone"))
    assert identify_across(ASKED, tmp_path / "shared", workers=2, run=20) == alone
    assert identify_across(ASKED, folder, workers=1) == HERE


@pytest.mark.parametrize("processes", [pytest.param(False, id="threads"), pytest.param(True, id="two processes")])
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_builds_the_same_index_and_gives_the_same_answers(folder, tmp_path, processes):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2 if processes else 1, threads_per_worker=1, processes=processes, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        executor = client.get_executor(pure=False)
        build_index(ROWS, tmp_path / "cluster", edition="spring", executor=executor)
        answers = identify_across(ASKED, tmp_path / "cluster", executor=executor, run=20)
    assert (tmp_path / "cluster" / "manifest.json").read_bytes() == (folder / "manifest.json").read_bytes()
    assert answers == HERE


def test_an_index_says_of_which_edition_it_is_and_is_refused_as_another(folder):
    assert edition_of(folder) == "spring"
    assert len(open_index(folder, edition="spring")) == len(open_index(folder))
    with pytest.raises(UnusableIndexError, match="'spring', not of 'autumn'"):
        open_index(folder, edition="autumn")


def test_a_new_edition_takes_the_place_of_the_old_which_whoever_has_it_open_keeps(folder):
    old = open_index(folder)
    build_index(ROWS[:20], folder, edition="autumn")
    assert identify(ASKED[:10], old) == HERE[:10]
    assert edition_of(folder) == "autumn"
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


def test_a_stream_that_breaks_off_leaves_the_old_index_in_place(folder):
    def breaks_off():
        yield from ROWS[:20]
        raise ConnectionError("the database went away")

    with pytest.raises(ConnectionError):
        build_index(breaks_off(), folder, edition="autumn")
    assert edition_of(folder) == "spring"
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


def flip_a_byte(path):
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)


def set_version(path):
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "version": 1}), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "harm", "told"),
    [
        pytest.param("names.letters", flip_a_byte, "names.letters", id="one bit changed"),
        pytest.param("shard0/char_postings.data", flip_a_byte, "char_postings.data", id="one bit of a shard changed"),
        pytest.param("alone", lambda path: path.write_bytes(path.read_bytes()[:-4]), "alone", id="cut short"),
        pytest.param("char_idf", lambda path: path.unlink(), "char_idf", id="a file lost"),
        pytest.param("manifest.json", lambda path: path.unlink(), "holds no index", id="no manifest"),
        pytest.param("manifest.json", lambda path: path.write_text("[1]"), "holds no index", id="another manifest"),
        pytest.param("manifest.json", set_version, "another version", id="another version"),
    ],
)
def test_a_damaged_index_is_refused_and_says_what_to_do(folder, name, harm, told):
    harm(folder / name)
    with pytest.raises(UnusableIndexError, match=told):
        open_index(folder)
    with pytest.raises(UnusableIndexError, match=told):
        identify_across(ASKED[:3], folder)


def test_a_folder_that_is_not_there_holds_no_index(tmp_path):
    with pytest.raises(UnusableIndexError, match="holds no index"):
        open_index(tmp_path / "nowhere")


def test_rows_without_a_name_make_no_index(tmp_path):
    with pytest.raises(ValueError, match="no names"):
        build_index([RegisterRow("E1", " . ")], tmp_path / "index")
    assert not list(tmp_path.iterdir())


def test_rows_on_top_are_asked_together_with_the_stored_ones_in_every_process(folder):
    more = [RegisterRow("enterprise:7", "Brightwell Community Meals CIC")]
    asked = ["BRIGHTWELL COMMUNITY MEALS C.I.C. BACS 0412", *ASKED]
    here = identify(asked, open_index(folder).extended(more))
    assert here[0].candidates[0].entity == "enterprise:7"
    assert identify_across(asked, folder, workers=2, more=more, run=40) == here


def test_rarity_without_a_matrix_is_what_scikit_learn_says():
    counts = csr_matrix(np.random.default_rng(2).integers(0, 3, size=(40, 9)).astype(np.float32))
    holders = np.bincount(counts.indices, minlength=9)
    assert rarity_of_holders(holders, 40) == pytest.approx(rarity(counts), rel=1e-6)

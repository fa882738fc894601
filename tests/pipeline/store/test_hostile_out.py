"""An OUT made by someone else: nothing outside it is written or deleted, and what is wrong with it is one sentence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.compact import compact
from pipeline.location import Location, Url
from pipeline.rows import assemble
from pipeline.store import commit, open_for_reading, open_for_writing, read_catalogue, recover, stage
from pipeline.store.out import replace_file, write_file
from pipeline.store.parquet import parquet_bytes, relative_path
from pipeline.store.transaction import remove_document, stage_files
from schemas.datasets import DATASETS
from schemas.errors import UnusableOutput

ID = "a" * 16
GOOD = f"dokumen/agency=dinas/year=2024/{ID}.parquet"
ORIGIN = assemble.Origin(ID, "folder/a.txt", (), "a" * 64, "v")


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Path]:
    """A folder outside OUT, with a file that must stay what it is."""
    folder = tmp_path / "beside"
    folder.mkdir()
    (folder / "kept.parquet").write_text("mine")
    yield folder
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"kept.parquet": "mine"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    open_for_writing(tmp_path / "out")
    return tmp_path / "out"


def put_row(out: Location, path: str, document_id: object) -> None:
    (row,) = assemble.failed_rows(ORIGIN, "rusak")["dokumen"]
    if isinstance(out, Path):
        (out / path).parent.mkdir(parents=True)
    (out / path).write_bytes(parquet_bytes("dokumen", [{**row, "document_id": document_id}]))


@pytest.mark.parametrize("store", ["disk", "bucket"])
@pytest.mark.parametrize(
    "wrong", ["/nowhere/x", "../../beside", "..", "", "A" * 16, "a" * 17, f"{ID}\n", "a" * 15 + "/"]
)
def test_an_id_that_is_none_is_never_a_path(out: Path, bucket: Url, beside: Path, store: str, wrong: str):
    place: Location = out if store == "disk" else bucket
    put_row(place, GOOD, wrong)
    with pytest.raises(UnusableOutput, match=rf"{ID}\.parquet rusak"):
        read_catalogue(place)
    if "/" in wrong or wrong in ("", ".."):
        with pytest.raises(UnusableOutput, match="tidak mungkin ditulis lkjip"):
            remove_document(place, wrong, [])
        with pytest.raises(UnusableOutput, match="tidak mungkin ditulis lkjip"):
            relative_path("dokumen", "dinas", 2024, wrong)


@pytest.mark.parametrize("partition", ["agency=Dinas X/year=2024", "agency=dinas/year=02024", "agency=../year=2024"])
def test_folders_that_the_program_does_not_make_are_refused(bucket: Url, partition: str):
    put_row(bucket, f"dokumen/{partition}/{ID}.parquet", ID)
    with pytest.raises(UnusableOutput, match="rusak"):
        read_catalogue(bucket)


def test_an_absolute_name_deletes_nothing(out: Path, beside: Path):
    with pytest.raises(UnusableOutput):
        stage_files(out, str(beside), (), {})


DAMAGED = {
    "empty": b"",
    "list": b"[]",
    "object": b"{}",
    "null": b"null",
    "number": b"1",
    "bytes": b"\xff\xfe\xfa",
    "truncated": b'{"install": {"dokumen": "dok',
    "deep": b"[" * 200_000,
    "install is a list": b'{"install": [], "remove": []}',
    "remove is a text": b'{"install": {}, "remove": "x"}',
    "path is a number": b'{"install": {"dokumen": 1}, "remove": []}',
    "rewritten is not installed": b'{"install": {}, "remove": [], "rewritten": ["dokumen"]}',
    "merge is null": b'{"merge": null}',
    "merge is short": b'{"merge": [["dokumen"]]}',
}
WRONG = [
    "../../beside/kept.parquet",
    "{beside}/kept.parquet",
    "dokumen/../../beside/kept.parquet",
    "dokumen/agency=../year=2024/kept.parquet",
    "dokumen/agency=dinas/year=../kept.parquet",
    "dokumen/agency=dinas/year=2024/..",
    "dokumen/agency=dinas/year=2024/x\0.parquet",
    "dokumen/agency=dinas/year=2024/\ud800.parquet",
    "lain/agency=dinas/year=2024/kept.parquet",
    "_lkjip.json",
]


def refuse(place: Location, journal: bytes) -> None:
    folder = place / "_staging" / "x"
    if isinstance(folder, Path):
        folder.mkdir(parents=True)
    for name in ("dokumen", "0", "..", "gabungan-dokumen-0"):
        (folder / f"{name}.parquet").write_bytes(b"bad")
    (folder / "commit.json").write_bytes(journal)
    with pytest.raises(UnusableOutput, match=r"_staging/x/commit\.json rusak") as error:
        recover(place)
    assert error.value.exit_code == 4
    assert (folder / "dokumen.parquet").exists()
    assert not (place / GOOD).exists()


@pytest.mark.parametrize("store", ["disk", "bucket"])
@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_journal_is_one_sentence(out: Path, bucket: Url, store: str, case: str):
    refuse(out if store == "disk" else bucket, DAMAGED[case])


@pytest.mark.parametrize("store", ["disk", "bucket"])
@pytest.mark.parametrize("path", WRONG)
def test_a_journal_leads_nowhere_else(out: Path, bucket: Url, beside: Path, store: str, path: str):
    path = path.replace("{beside}", str(beside))
    for number, journal in enumerate(
        (
            {"install": {"dokumen": path}, "remove": [], "rewritten": []},
            {"install": {"0": path}, "remove": [], "rewritten": []},
            {"install": {}, "remove": [path], "rewritten": []},
            {"merge": [["dokumen", path, []]]},
            {"merge": [["dokumen", GOOD, [path]]]},
            {"install": {"../x": GOOD}, "remove": [], "rewritten": []},
            {"install": {"angka": GOOD}, "remove": [], "rewritten": []},
        )
    ):
        if store == "bucket":
            refuse(bucket / str(number), json.dumps(journal).encode())
        else:
            refuse(out, json.dumps(journal).encode())
            shutil.rmtree(out / "_staging")
    assert json.loads((out / "_lkjip.json").read_text())["program"] == "lkjip"


@pytest.mark.parametrize("name", ["_staging", "_runs", "_lkjip.lock", *(dataset.name for dataset in DATASETS)])
def test_links_in_the_place_of_folders_are_refused(out: Path, beside: Path, name: str):
    (out / name).symlink_to(beside)
    with pytest.raises(UnusableOutput, match=f"{name} adalah tautan simbolis"):
        open_for_writing(out)
    with pytest.raises(UnusableOutput, match=f"{name} adalah tautan simbolis"):
        recover(out)


@pytest.mark.parametrize("linked", ["agency=dinas", "agency=dinas/year=2024"])
def test_partitions_behind_links_are_not_changed(out: Path, tmp_path: Path, sample, linked: str):
    for number in (1, 2):
        origin = assemble.Origin(str(number) * 16, f"{number}.txt", (), str(number) * 64, "v")
        rows = assemble.rows_of(*sample, origin)
        commit(out, stage(out, "x", rows, "dinas", 2024, origin.document_id))
    away = tmp_path / "away"
    (out / "angka" / linked).rename(away)
    (out / "angka" / linked).symlink_to(away)
    held = {path: path.read_bytes() for path in away.rglob("*.parquet")}
    third = stage(out, ID, assemble.rows_of(*sample, ORIGIN), "dinas", 2024, ID)
    for call in (lambda: commit(out, third), lambda: remove_document(out, "y", read_catalogue(out)[0].paths)):
        with pytest.raises(UnusableOutput, match="adalah tautan simbolis"):
            call()
    journal = {"install": {}, "remove": [f"angka/agency=dinas/year=2024/{'1' * 16}.parquet"], "rewritten": []}
    (out / "_staging" / ID / "commit.json").write_text(json.dumps(journal))
    with pytest.raises(UnusableOutput, match="adalah tautan simbolis"):
        recover(out)
    (out / "_staging" / ID / "commit.json").unlink()
    with pytest.raises(UnusableOutput, match="adalah tautan simbolis"):
        compact(out)
    assert {path: path.read_bytes() for path in away.rglob("*.parquet")} == held


def test_a_link_among_the_staged_folders_is_taken_away(out: Path, beside: Path):
    (out / "_staging").mkdir()
    (out / "_staging" / "x").symlink_to(beside)
    assert recover(out) == 0
    assert not (out / "_staging").exists()


@pytest.mark.parametrize("name", ["_lkjip.json.tmp", "_lintas.json.tmp"])
def test_drafts_are_written_anew_and_never_through_a_link(out: Path, beside: Path, name: str):
    (out / name).symlink_to(beside / "kept.parquet")
    (out / "new").symlink_to(beside / "none")
    replace_file(out / name.removesuffix(".tmp"), b"new")
    write_file(out / "new", b"new")
    assert (out / name.removesuffix(".tmp")).read_bytes() == (out / "new").read_bytes() == b"new"
    assert not (out / "new").is_symlink()


def test_probe_and_journal_are_not_written_through_links(out: Path, beside: Path, monkeypatch, sample):
    monkeypatch.setattr("os.getpid", lambda: 7)
    (out / "_probe-7").symlink_to(beside / "kept.parquet")
    open_for_writing(out)
    staged = stage(out, ID, assemble.rows_of(*sample, ORIGIN), "dinas", 2024, ID)
    (out / "_staging" / ID / "commit.json.tmp").symlink_to(beside / "kept.parquet")
    commit(out, staged)
    assert [entry.document_id for entry in read_catalogue(out)] == [ID]


@pytest.mark.parametrize("marker", ['{"schema_version": 1e999}', '{"schema_version": NaN}', "[" * 200_000, "null"])
def test_a_marker_that_tells_nothing_is_one_sentence(out: Path, marker: str):
    (out / "_lkjip.json").write_text(marker)
    for call in (open_for_writing, open_for_reading):
        with pytest.raises(UnusableOutput, match="rusak, jadi isi foldernya"):
            call(out)

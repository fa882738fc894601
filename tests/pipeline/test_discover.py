"""What a folder holds: reports, other kinds with their names, and nothing from outside it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pipeline.discover import absent, discover, is_folder, named_file, printable
from schemas.errors import UnreadableInput


def names(found) -> list[str]:
    return [candidate.sumber for candidate in found.candidates]


def test_reports_other_kinds_and_hidden_files(tmp_path: Path):
    root = tmp_path / "laporan"
    for name in (
        "b.txt",
        "a.PDF",
        "sub/c.md",
        "sub/d.text",
        "x.xlsx",
        "tanpa",
        ".rahasia.txt",
        "~$a.txt",
        ".git/e.txt",
        "README.md",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    found = discover([root])
    assert names(found) == ["laporan/a.PDF", "laporan/b.txt", "laporan/sub/c.md", "laporan/sub/d.text"]
    assert [(s.sumber, s.kind) for s in found.skipped] == [
        ("laporan/.rahasia.txt", "kind_hidden"),
        ("laporan/README.md", "kind_about"),
        ("laporan/tanpa", "kind_none"),
        ("laporan/x.xlsx", ".xlsx"),
        ("laporan/~$a.txt", "kind_hidden"),
    ]


def test_sumber_is_the_same_however_the_folder_is_named(tmp_path: Path, monkeypatch):
    root = tmp_path / "laporan"
    root.mkdir()
    (root / "a.txt").write_text("x")
    monkeypatch.chdir(root)
    for source in (root, Path(), Path("../laporan"), Path("./")):
        assert names(discover([source])) == ["laporan/a.txt"]
    assert names(discover([root, Path()])) == ["laporan/a.txt"]
    assert names(discover([root / "a.txt"])) == ["a.txt"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path):
    root = tmp_path / "laporan"
    root.mkdir()
    (tmp_path / "luar.txt").write_text("x")
    (tmp_path / "luar").mkdir()
    (tmp_path / "luar" / "b.txt").write_text("x")
    (root / "a.txt").write_text("x")
    (root / "dalam.txt").symlink_to(root / "a.txt")
    (root / "luar.txt").symlink_to(tmp_path / "luar.txt")
    (root / "putus.txt").symlink_to(root / "tiada.txt")
    (root / "folder").symlink_to(tmp_path / "luar")
    found = discover([root])
    assert names(found) == ["laporan/a.txt", "laporan/dalam.txt"]
    assert [(s.sumber, s.kind) for s in found.skipped] == [
        ("laporan/folder", "kind_link"),
        ("laporan/luar.txt", "kind_link"),
        ("laporan/putus.txt", "kind_dangling"),
    ]


def test_out_below_the_source_is_no_source(tmp_path: Path):
    (tmp_path / "out" / "dokumen").mkdir(parents=True)
    (tmp_path / "out" / "catatan.txt").write_text("x")
    (tmp_path / "a.txt").write_text("x")
    assert names(discover([tmp_path], tmp_path / "out")) == [f"{tmp_path.name}/a.txt"]


def test_files_given_by_name(tmp_path: Path):
    (tmp_path / "a.xlsx").write_text("x")
    (tmp_path / "tanpa").write_text("x")
    for name, said in (("tiada.txt", "tidak ada"), ("a.xlsx", "berjenis .xlsx"), ("tanpa", "tidak berakhiran")):
        with pytest.raises(UnreadableInput, match=said):
            named_file(tmp_path / name)
    os.mkfifo(tmp_path / "pipa.txt")
    with pytest.raises(UnreadableInput, match="bukan berkas biasa"):
        named_file(tmp_path / "pipa.txt")
    found = discover([tmp_path / "tiada.txt"])
    assert [f.sumber for f in found.failures] == ["tiada.txt"]


def test_names_that_are_no_utf8_can_be_stored(tmp_path: Path):
    name = os.fsdecode(b"lap\xffran.txt")
    assert printable(name) == "lap\\xffran.txt"
    assert printable("laporan é.txt") == "laporan é.txt"


def test_names_stay_on_one_line_and_in_one_direction():
    assert printable("a\nb\x1b[31m\u202etxt.\u2028\x7f") == r"a\nb\x1b[31m\u202etxt.\u2028\x7f"
    assert printable("👨‍👩‍👧 rüb.txt") == "👨‍👩‍👧 rüb.txt"


def test_links_in_circles_and_special_files_are_passed_over(tmp_path: Path):
    root = tmp_path / "laporan"
    (root / "dalam").mkdir(parents=True)
    (root / "dalam" / "a.txt").write_text("x")
    (root / "dalam" / "atas").symlink_to(root)
    (root / "lingkar").symlink_to(root / "lingkar")
    (root / "lingkar.txt").symlink_to(root / "lingkar.txt")
    (root / "nol.txt").symlink_to("/dev/zero")
    os.mkfifo(root / "pipa.txt")
    found = discover([root])
    assert names(found) == ["laporan/dalam/a.txt"]
    assert [(s.sumber, s.kind) for s in found.skipped] == [
        ("laporan/lingkar", "kind_none"),
        ("laporan/lingkar.txt", "kind_dangling"),
        ("laporan/nol.txt", "kind_link"),
        ("laporan/pipa.txt", "kind_special"),
    ]


def test_a_key_with_two_dots_is_listed_and_not_read(bucket):
    for key in ("laporan/a.txt", "laporan/x/../b.txt", "laporan/.git/c.txt"):
        (bucket / key).write_bytes(b"x")
    if not any("/../" in stat.url.text for stat in bucket.files()):
        pytest.skip("this store takes .. for a folder")
    found = discover([bucket / "laporan"])
    assert names(found) == ["laporan/a.txt"]
    assert [(s.sumber, s.kind) for s in found.skipped] == [("laporan/x/../b.txt", "kind_up")]


def test_a_source_that_cannot_be_looked_at_is_one_sentence(bucket, monkeypatch):
    def unreachable(self) -> bool:
        raise OSError("EndpointConnectionError: tidak tersambung")

    for name in ("is_dir", "exists", "files"):
        monkeypatch.setattr(type(bucket), name, unreachable)
    assert "tidak tersambung" in str(absent(bucket))
    assert not is_folder(bucket)
    assert [str(f.error) for f in discover([bucket]).failures] == [str(absent(bucket))]


def test_a_folder_deeper_than_any_path_ends_nothing(tmp_path: Path):
    root = tmp_path / "laporan"
    root.mkdir()
    (root / "a.txt").write_text("x")
    here, below = Path.cwd(), root
    try:
        os.chdir(below)
        for _ in range(1900):
            Path("d").mkdir()
            os.chdir("d")
        Path("b.txt").write_text("x")
        os.chdir(here)
        assert names(discover([root]))[0] == "laporan/a.txt"
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-rf", str(root)], check=True)  # Python's own rmtree does not go down so far

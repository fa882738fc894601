"""SOURCE in an object store: names, kinds, and that no object is fetched twice for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.discover import discover
from pipeline.fetched import FILE, Fetched
from pipeline.ingest import Settings, ingest
from pipeline.location import Url
from pipeline.plan import hash_files
from pipeline.since import changed_since
from pipeline.store import read_catalogue
from schemas.errors import UnreadableInput


class Quiet:
    """A listener that hears nothing."""

    def begin(self, total: int) -> None: ...

    def done(self, result: object) -> None: ...


@pytest.fixture
def source(bucket: Url, report_text) -> Url:
    folder = bucket / "masuk" / "laporan"
    for name in ("a.txt", "sub/b.txt", "sub/x.xlsx", ".git/c.txt", ".d.txt", "README.md", "f.txt", "g\n.txt"):
        (folder / name).write_bytes(report_text(total=f"3.000.0{len(name):02d}").encode() + name.encode())
    return folder


def test_names_are_those_of_a_folder_wherever_it_lies(bucket: Url, source: Url):
    found = discover([source, source / "a.txt"])
    names = [candidate.sumber for candidate in found.candidates]
    assert names == ["laporan/a.txt", "laporan/f.txt", "laporan/g\\n.txt", "laporan/sub/b.txt"]
    assert [one.sumber for one in discover([source / "a.txt"]).candidates] == ["a.txt"]
    assert [(one.sumber, one.kind) for one in found.skipped] == [
        ("laporan/.d.txt", "kind_hidden"),
        ("laporan/README.md", "kind_about"),
        ("laporan/sub/x.xlsx", ".xlsx"),
    ]
    whole = discover([Url(bucket.text)])
    assert {one.sumber.partition("/")[0] for one in whole.candidates} == {"root"}


def test_out_within_a_source_is_no_source(source: Url):
    out = source / "sub"
    assert "laporan/sub/b.txt" not in [one.sumber for one in discover([source], out).candidates]


def test_what_is_no_report_is_one_sentence(source: Url):
    found = discover([source / "sub" / "x.xlsx", source / "tidak-ada"])
    assert found.candidates == ()
    assert [type(one.error) for one in found.failures] == [UnreadableInput, UnreadableInput]


def test_an_object_that_did_not_change_is_not_fetched_again(bucket: Url, source: Url, tmp_path: Path, monkeypatch):
    fetched: list[str] = []
    real = Url.open

    def seen(url: Url, mode="rb"):
        fetched.append(url.name)
        return real(url, mode)

    monkeypatch.setattr(Url, "open", seen)
    out = bucket / "out"
    first = ingest([source], out, Settings(jobs=0), Quiet())
    assert (first.read, sorted(set(fetched))) == (4, ["a.txt", "b.txt", "f.txt", "g\n.txt"])
    fetched.clear()
    again = ingest([source], out, Settings(jobs=0), Quiet())
    assert (again.read, again.unchanged, fetched) == (0, 4, [])
    (source / "a.txt").write_bytes((source / "a.txt").read_bytes() + b"\nbaru\n")
    changed = ingest([source], out, Settings(jobs=0), Quiet())
    assert (changed.read, changed.unchanged, set(fetched)) == (1, 3, {"a.txt"})
    assert len(read_catalogue(out)) == 4
    (out / FILE).write_bytes(b"{")
    fetched.clear()
    ingest([source], out, Settings(jobs=0), Quiet())
    assert len(fetched) == 4


def test_without_a_tag_nothing_is_remembered(bucket: Url, source: Url):
    from dataclasses import replace

    (one, *_) = discover([source]).candidates
    known = Fetched(bucket)
    hashed, _ = hash_files([replace(one, tag="")])
    known.keep(hashed)
    assert known.sha256(replace(one, tag="")) is None
    assert not (bucket / FILE).exists()


def test_since_asks_the_store(source: Url):
    candidates = discover([source]).candidates
    assert changed_since(candidates, 0.0) == ([*candidates], 0)
    assert changed_since(candidates, 4e9) == ([], len(candidates))


def test_rows_of_objects_that_are_gone_are_taken_away(bucket: Url, source: Url):
    out = bucket / "out"
    ingest([source], out, Settings(jobs=0), Quiet())
    (source / "a.txt").unlink()
    done = ingest([source], out, Settings(jobs=0, prune=True), Quiet())
    assert done.pruned == ("laporan/a.txt",)
    assert "laporan/a.txt" not in [entry.sumber for entry in read_catalogue(out)]

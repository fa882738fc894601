"""Where SOURCE and OUT may be, and what an address may not hold."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from pipeline import location as module
from pipeline.location import Url, each, local_copy, location, named, remembered, remove
from schemas.errors import BadOption, UnreadableInput


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("laporan/2024", Path("laporan/2024")),
        ("C:\\laporan", Path("C:\\laporan")),
        ("file:///data/a%20b", Path("/data/a b")),
        ("file:///data/o?x", Path("/data/o?x")),
        ("FILE://localhost/data/fu#1", Path("/data/fu#1")),
        ("file:/data/%ff", Path("/data/\udcff")),
        ("file:///", Path("/")),
        ("s3://ember", Url("s3://ember")),
        ("S3://ember/laporan/2024/", Url("s3://ember/laporan/2024")),
        ("gs://ember/a b", Url("gs://ember/a b")),
    ],
)
def test_folders_and_addresses_are_told_apart(text, place):
    assert location(text) == place


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ftp://ember/x", "tidak dikenal"),
        ("s3:/ember/x", "tidak dikenal"),
        ("s3://", "tidak dapat dipakai"),
        ("file://o", "file:///folder"),
        ("file://in/text", "file:///folder"),
        ("file://", "file:///folder"),
        ("file://localhost", "file:///folder"),
        ("file:///a%00b", "file:///folder"),
        ("s3://ember//x", "tidak dapat dipakai"),
        ("s3://ember/../x", "tidak dapat dipakai"),
        ("s3://ember/*.pdf", "tidak dapat dipakai"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_sentence(text, told):
    with pytest.raises(BadOption, match=told):
        location(text)
    assert remembered(text) == Path(text)


def test_a_key_in_an_address_is_refused_and_not_repeated():
    with pytest.raises(BadOption, match="kunci dan kata sandi") as told:
        location("s3://kunci:rahasia@ember/x")
    assert "rahasia" not in str(told.value) + told.value.en


def test_a_library_that_is_missing_is_named_with_its_extra():
    try:
        import gcsfs  # noqa: F401
    except ImportError:
        with pytest.raises(BadOption, match=r"lkjip\[gs\]"):
            location("gs://ember/x").is_file()  # type: ignore[union-attr]


def test_parts_of_an_address():
    url = Url("s3://ember/laporan/a.b.PDF")
    assert (url.name, url.suffix, url.stem, str(url.parent)) == ("a.b.PDF", ".PDF", "a.b", "s3://ember/laporan")
    assert (Url("s3://ember").name, url.key) == ("", "laporan/a.b.PDF")
    assert Url("s3://ember") / Path("x", "y") == Url("s3://ember/x/y")
    assert url.below(Url("s3://ember")).parts == ("laporan", "a.b.PDF")
    assert pickle.loads(pickle.dumps(url)) == url


def test_objects(bucket: Url):
    one = bucket / "a" / "x.txt"
    assert (one.exists(), bucket.is_dir(), bucket.files(), named(bucket, "a")) == (False, False, [], [])
    with pytest.raises(FileNotFoundError):
        one.read_bytes()
    one.write_bytes(b"satu")
    assert (one.read_text(), one.is_file(), bucket.is_dir(), bucket.is_file()) == ("satu", True, True, False)
    one.copy_to(bucket / "b")
    assert [(stat.url, stat.size) for stat in bucket.files()] == [(one, 4), (bucket / "b", 4)]
    assert not (bucket / "b").create(b"dua")
    assert (bucket / "c").create(b"dua")
    assert named(bucket, "b") == [bucket / "b"]
    with local_copy(bucket / "b") as copy:
        assert copy.read_bytes() == b"satu"
    assert not copy.exists()
    remove([one, bucket / "tidak ada"])
    assert not one.exists()
    with pytest.raises(UnreadableInput, match="tidak ada"), local_copy(one):
        pass


def test_what_a_store_says_is_an_error_of_the_system(bucket: Url, monkeypatch):
    class Refused(Exception):
        pass

    def refuse(*args: object, **kwargs: object) -> None:
        raise Refused("tidak\nboleh")

    monkeypatch.setattr(module._store(bucket), "cat_file", refuse)
    with pytest.raises(OSError, match="Refused: tidak boleh"):
        bucket.read_bytes()


def test_requests_side_by_side_keep_their_order():
    assert each(lambda n: n * n, range(20)) == [n * n for n in range(20)]

"""Decoding and line numbering of text files."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from extractors.read import read
from extractors.read.refusals import REASONS
from extractors.read.text import decode, read_text
from schemas.errors import UnreadableInput
from schemas.limits import USUAL

TEXT = "LAPORAN KINERJA\nAnggaran sebesar Rp 1.000,00 – “baik”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_accepted_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((TEXT * 8).encode(encoding))
    lines = read_text(path).lines
    assert lines[1].text == "Anggaran sebesar Rp 1.000,00 – “baik”"
    assert [line.number for line in lines[:3]] == [1, 2, 3]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(end.join(["satu", "", "tiga\u2028masih tiga"]).encode())
    assert [(line.number, line.text) for line in read_text(path).lines] == [
        (1, "satu"),
        (2, ""),
        (3, "tiga\u2028masih tiga"),
    ]


def test_the_identity_of_a_document_is_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"isi")
    document = read_text(path)
    assert document.document_id == document.sha256[:16]
    assert len(document.document_id) == 16


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "only white space"),
        (bytes(range(256)) * 40, "byte"),
        (b"\x00\x01\x02\x03\x04\x05\x06" * 500, "binary"),
        (b"a" * (USUAL.line + 1), "one line has"),
        (b"\xff\xfea\x00b", "utf-16"),
    ],
)
def test_rubbish_gets_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "rusak.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput) as caught:
        read_text(path)
    assert said in caught.value.en
    for message in (str(caught.value), caught.value.en):
        assert message.startswith("rusak.txt: ")
        assert "\n" not in message
    assert caught.value.exit_code == 3


def test_a_missing_file_a_folder_and_another_kind_get_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "a.docx").write_bytes(b"PK")
    for path, said in ((tmp_path / "tidak-ada.txt", "no such file"), (tmp_path / "folder.txt", "regular file")):
        with pytest.raises(UnreadableInput) as caught:
            read(path)
        assert said in caught.value.en
    with pytest.raises(UnreadableInput, match=r"jenis \.docx tidak dibaca"):
        read(tmp_path / "a.docx")


def test_bytes_that_fit_no_encoding_say_where() -> None:
    with pytest.raises(UnreadableInput, match="byte 1"):
        decode(b"a\x81\x8d\x8f", "x.txt")


def test_every_refusal_is_told_in_both_languages() -> None:
    for reason, (indonesian, english) in REASONS.items():
        fields = {f for _, f, _, _ in Formatter().parse(indonesian) if f}
        assert fields == {f for _, f, _, _ in Formatter().parse(english) if f}, reason
        assert indonesian != english

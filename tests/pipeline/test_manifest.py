"""Manifests and aliases: what a person says about the files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.datafiles import reference
from extractors.identity import slug
from pipeline.manifest import (
    Alias,
    ManifestRow,
    apply,
    canonical,
    read_aliases,
    read_manifest,
    row_for,
    unused,
    write_manifest,
)
from schemas.document import Place
from schemas.errors import BadOption
from schemas.records import Identity

SEEN = Identity(
    instansi="Kantor Contoh",
    wilayah="Kota Cimahi",
    kode_wilayah="32.77",
    year=2021,
    jenis="rkt",
    agency="kantor-contoh-kota-cimahi",
    places=(Place(line=1),),
)
UNKNOWN = Identity(instansi=None, wilayah=None, kode_wilayah=None, year=0, jenis="lain")


def given_csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "daftar.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_reads_what_spreadsheets_write(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "File,Instansi,Wilayah,Year,Jenis\r\nlaporan é.pdf,Dinas Contoh,Kota Cimahi,2020,LKJIP\r\n,,,,\r\n"
    rows = read_manifest(given_csv(tmp_path, text.replace(",", delimiter), encoding))
    assert rows == (ManifestRow("laporan é.pdf", "Dinas Contoh", "Kota Cimahi", "2020", "lkjip"),)


def test_nothing_is_inferred(tmp_path: Path) -> None:
    rows = read_manifest(given_csv(tmp_path, 'file,instansi,year\n007.txt,NA,\n1e5,"Dinas A, B",2020\n'))
    assert rows == (ManifestRow("007.txt", "NA"), ManifestRow("1e5", "Dinas A, B", year="2020"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("file,agensi\na.txt,X\n", "unknown column agensi"),
        ("instansi,year\nX,2020\n", "column file is missing"),
        ("file,year\na.txt,20x0\n", "row 2: year '20x0'"),
        ("file,year\na.txt,2020.0\n", "year '2020.0'"),
        ("file,year\na.txt,20200\n", "year '20200'"),
        ("file,jenis\na.txt,laporan\n", "jenis 'laporan'"),
        ("file,year\na.txt,2020\n./a.txt,2021\n", "row 3: 'a.txt' is already named in row 2"),
        ("file,year\n,2020\n", "'file' is empty"),
        ("file,wilayah\na.txt,Pasuruan\n", "does not say which"),
        ("file,wilayah\na.txt,Kota Pontinak\n", "is 'Kota Pontianak' meant"),
        ("file,year\na.txt,2020,lebih\n", "not a table"),
        ("file,file\na.txt,b.txt\n", "stands twice"),
        ("", "empty"),
        ("\x00\x01\x02", "not a text file"),
    ],
)
def test_a_bad_manifest_is_one_clear_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = given_csv(tmp_path, text)
    with pytest.raises(BadOption) as error:
        read_manifest(path)
    assert says in str(error.value)
    assert str(path) in str(error.value)


def test_a_manifest_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.csv")  # nobody writes to it, and nobody waits for it
    for path in (tmp_path / "tiada.csv", tmp_path, tmp_path / "pipa.csv"):
        for read in (read_manifest, read_aliases):
            with pytest.raises(BadOption, match="cannot be read"):
                read(path)


def test_the_manifest_outweighs_what_was_recognised() -> None:
    row = ManifestRow("a.pdf", "Badan Contoh", "Kabupaten Sleman", "2022", "lkjip")
    found = apply(SEEN, "laporan/a.pdf", [row])
    assert (found.instansi, found.wilayah, found.kode_wilayah) == ("Badan Contoh", "Kabupaten Sleman", "34.04")
    assert (found.year, found.jenis, found.agency) == (2022, "lkjip", "badan-contoh-kabupaten-sleman")
    assert found.places == SEEN.places


def test_an_empty_cell_keeps_and_a_dash_clears() -> None:
    assert apply(SEEN, "a.pdf", [ManifestRow("a.pdf")]) == SEEN
    found = apply(SEEN, "a.pdf", [ManifestRow("a.pdf", wilayah="-", year="-")])
    assert (found.instansi, found.wilayah, found.kode_wilayah, found.year) == ("Kantor Contoh", None, None, 0)
    assert found.agency == "kantor-contoh"


def test_the_row_that_names_a_file_most_closely_is_its_row() -> None:
    name, path, pattern = ManifestRow("a.pdf"), ManifestRow("b/a.pdf"), ManifestRow("b/*.pdf")
    odd = ManifestRow("x[1].pdf")
    rows = (pattern, name, path, odd)
    assert row_for("src/b/a.pdf", rows) is path
    assert row_for("src/c/a.pdf", rows) is name
    assert row_for("src/b/z.pdf", rows) is pattern
    assert row_for("src\\b\\z.pdf", rows) is pattern
    assert row_for("src/x[1].pdf", rows) is odd
    assert row_for("src/aa.pdf", rows) is None
    assert unused(rows, ["src/b/a.pdf", "x[1].pdf"]) == (pattern, name)


def test_an_alias_changes_the_slug_and_leaves_the_printed_name() -> None:
    alias = Alias("KANTOR CONTOH", "Badan Contoh dan Teladan", "Kota Cimahi", to_year=2021)
    found = apply(SEEN, "a.pdf", (), [alias])
    assert (found.instansi, found.agency) == ("Kantor Contoh", "badan-contoh-dan-teladan-kota-cimahi")
    assert apply(SEEN, "a.pdf", [ManifestRow("a.pdf", year="2022")], [alias]).agency == "kantor-contoh-kota-cimahi"
    other = Alias("Kantor Contoh", "Badan Lain", "Kota Bandung")
    assert apply(SEEN, "a.pdf", (), [other]).agency == SEEN.agency


def test_aliases_are_followed_and_a_circle_ends() -> None:
    chain = [Alias("A A", "B B"), Alias("B B", "C C")]
    assert canonical("a a", None, 2020, chain) == "C C"
    assert canonical("A A", None, 2020, [*chain, Alias("C C", "A A")]) in {"A A", "B B", "C C"}
    assert canonical(None, None, 2020, chain) is None


def test_every_official_region_and_one_that_is_not_can_be_given(tmp_path: Path) -> None:
    for row in reference("wilayah.csv"):
        name = f"Provinsi {row['nama']}" if row["tingkat"] == "provinsi" else row["nama"]
        found = apply(UNKNOWN, "a.txt", [ManifestRow("a.txt", "Dinas", name)])
        assert (found.wilayah, found.kode_wilayah) == (name, row["kode"])
    path = given_csv(tmp_path, "file,wilayah\na.txt,Kabupaten Sumber Makmur Jaya\n")
    found = apply(UNKNOWN, "a.txt", read_manifest(path))
    assert (found.wilayah, found.kode_wilayah) == ("Kabupaten Sumber Makmur Jaya", None)


def test_reads_aliases(tmp_path: Path) -> None:
    text = (
        "alias;agency;wilayah;from_year;to_year\nBakesbang;Badan Contoh;Kota Cimahi;;2016\n"
        "Bakesbang;Dinas Contoh;Kota Cimahi;2017;\n"
    )
    assert read_aliases(given_csv(tmp_path, text)) == (
        Alias("Bakesbang", "Badan Contoh", "Kota Cimahi", None, 2016),
        Alias("Bakesbang", "Dinas Contoh", "Kota Cimahi", 2017, None),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("alias,agency\nA,B\nA,C\n", "already has an agency"),
        ("alias,agency\nA,B\na,B\n", "already has an agency"),
        ("alias,agency,from_year,to_year\nA,B,2020,2019\n", "is after"),
        ("alias,agency,from_year\nA,B,MMXX\n", "from_year 'MMXX'"),
        ("alias,agency\nA,\n", "must be given"),
        ("alias\nA\n", "agency is missing"),
    ],
)
def test_bad_aliases_are_one_clear_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadOption, match=says):
        read_aliases(given_csv(tmp_path, text))


def test_what_is_written_can_be_given_back(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    write_manifest([("src/b;1.pdf", SEEN), ('=a,"x".pdf', UNKNOWN)], path)
    rows = read_manifest(path)
    assert rows == (
        ManifestRow('=a,"x".pdf', jenis="lain"),
        ManifestRow("src/b;1.pdf", "Kantor Contoh", "Kota Cimahi", "2021", "rkt"),
    )
    assert apply(UNKNOWN, "src/b;1.pdf", rows).agency == SEEN.agency
    assert apply(SEEN, "src/b;1.pdf", rows) == SEEN
    assert [p.name for p in tmp_path.iterdir()] == ["m.csv"]


def test_a_manifest_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(BadOption, match="cannot be written"):
        write_manifest([], tmp_path / "tiada" / "m.csv")


NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).map(str.strip).filter(bool)


@given(file=NAMES.filter(lambda s: s.replace("\\", "/").strip("./ ")), name=NAMES.filter(lambda s: s != "-"))
def test_any_name_survives_the_round(tmp_path_factory: pytest.TempPathFactory, file: str, name: str) -> None:
    path = tmp_path_factory.mktemp("m") / "m.csv"
    identity = Identity(name, None, None, 2020, "lkjip", slug(name))
    write_manifest([(file, identity)], path)
    (row,) = read_manifest(path)
    assert row.instansi == name
    assert row_for(file, (row,)) is row


def test_a_group_makes_parts_one_report(tmp_path: Path):
    path = tmp_path / "m.csv"
    path.write_text("file,kelompok\nbab-2.pdf,  Laporan   lengkap\nbab-3.pdf,-\n", encoding="utf-8")
    rows = read_manifest(path)
    assert rows[0] == ManifestRow("bab-2.pdf", kelompok="Laporan lengkap")
    assert apply(SEEN, "bab-2.pdf", rows).kelompok == "Laporan lengkap"
    assert apply(SEEN, "bab-3.pdf", rows).kelompok is None
    write_manifest([("bab-2.pdf", apply(SEEN, "bab-2.pdf", rows))], path)
    assert read_manifest(path)[0].kelompok == "Laporan lengkap"

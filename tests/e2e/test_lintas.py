"""Documents of one agency against each other, from their files to the findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

AGENCY = "DINAS KEBUN KOTA SUKAMAJU"
NAMES = [
    "Persentase taman terawat",
    "Jumlah kebun bibit warga",
    "Indeks kepuasan pengunjung",
    "Persentase sampah terolah",
]


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join([caption, *("\t".join(row) for row in (head, *rows))]) + "\n"


def _money(year: int) -> str:
    rows = [["1", "Program Taman Kota", "1.000.000", "900.000", "90,00"],
            ["2", "Program Jalan Lingkungan", "2.000.000", "1.000.000", "50,00"],
            ["", "Jumlah", "3.000.000", "1.900.000", "63,33"]]  # fmt: skip
    return _table(f"Tabel 3.2 Realisasi Anggaran Tahun {year}", ["No", "Program", "Anggaran", "Realisasi", "%"], rows)


def report(year: int, last: Sequence[str], targets: Sequence[str], now: Sequence[str], agency: str = AGENCY) -> str:
    head = ["No", "Indikator Kinerja", "Satuan", f"Realisasi {year - 1}", f"Target {year}", f"Realisasi {year}"]
    rows = [[str(n), name, "persen", last[n - 1], targets[n - 1], now[n - 1]] for n, name in enumerate(NAMES, 1)]
    top = f"LAPORAN KINERJA INSTANSI PEMERINTAH\n{agency}\nTAHUN {year}\n\n"
    return f"{top}{_table('Tabel 3.1 Capaian Kinerja', head, rows)}\n{_money(year)}"


def agreement(year: int, targets: Sequence[str]) -> str:
    rows = [[str(n), name, "persen", targets[n - 1]] for n, name in enumerate(NAMES, 1)]
    table = _table("Tabel 1 Target Kinerja", ["No", "Indikator Kinerja", "Satuan", f"Target {year}"], rows)
    return f"PERJANJIAN KINERJA TAHUN {year}\n{AGENCY}\n\n{table}"


LAST, THIS = ["81", "40", "77", "60"], ["82", "44", "78", "66"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The report of 2024 misquotes one result of 2023 (77 as 71) and one target of its agreement (46 as 45)."""
    root = tmp_path / "laporan"
    root.mkdir()
    (root / "lkjip-2023.txt").write_text(report(2023, ["80", "39", "70", "50"], ["80", "41", "75", "60"], LAST))
    (root / "lkjip-2024.txt").write_text(report(2024, ["81", "40", "71", "60"], ["85", "45", "80", "65"], THIS))
    (root / "pk-2024.txt").write_text(agreement(2024, ["85", "46", "80", "65"]))
    return root


def _findings(lkjip, out: Path) -> list[dict]:
    code, text, _ = lkjip("findings", out, "--rule", "prior_year", "--format", "json")
    assert code == 0
    found: list[dict] = json.loads(text)
    return sorted(found, key=lambda row: row["subjek"])


def test_last_year_and_the_agreement(folder: Path, tmp_path: Path, lkjip):
    out = tmp_path / "out"
    code, text, _ = lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert code == 0
    assert "antardokumen  2 temuan; 3 dokumen dari 1 instansi dibandingkan" in text
    result, target = _findings(lkjip, out)
    assert (result["subjek"], result["stated"], result["expected"]) == (
        "Indeks kepuasan pengunjung: realisasi 2023",
        "71",
        "77",
    )
    assert (target["subjek"], target["stated"], target["expected"]) == (
        "Jumlah kebun bibit warga: target 2024",
        "45",
        "46",
    )
    assert "laporan kinerja 2023 sendiri (lkjip-2023.txt, Tabel 3.1, baris 9) mencetak 77" in result["pesan"]
    assert "perjanjian kinerja 2024 (pk-2024.txt, Tabel 1, baris 7) menetapkan 46" in target["pesan"]
    assert result["document_id_lain"] != target["document_id_lain"]
    code, text, _ = lkjip("findings", out, "--lang", "en")
    assert "while the performance agreement of 2024" in " ".join(text.split())
    assert lkjip("ingest", folder, "--out", out, "--jobs", 0)[0] == 0
    assert len(_findings(lkjip, out)) == 2


def test_mended_documents_take_their_findings_with_them(folder: Path, tmp_path: Path, lkjip):
    out = tmp_path / "out"
    lkjip("ingest", folder, "--out", out, "--jobs", 0)
    (folder / "lkjip-2024.txt").write_text(report(2024, LAST, ["85", "45", "80", "65"], THIS))
    lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert [row["expected"] for row in _findings(lkjip, out)] == ["46"]
    (folder / "pk-2024.txt").write_text(agreement(2024, ["85", "45", "80", "65"]))
    lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert _findings(lkjip, out) == []


def test_reconcile_by_itself(folder: Path, tmp_path: Path, lkjip):
    out = tmp_path / "out"
    lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert "1 instansi tidak berubah" in lkjip("reconcile", out)[1]
    code, text, _ = lkjip("reconcile", out, "--all", "--lang", "en")
    assert code == 0
    assert "2 findings; 3 documents of 1 agencies compared" in text
    code, _, err = lkjip("reconcile", tmp_path / "lain")
    assert code == 4
    assert "ingest" in err


def test_parts_and_versions_are_told(folder: Path, tmp_path: Path, lkjip):
    """A report in two files, and a draft of the first of them; the manifest names a third file's group."""
    import duckdb

    out = tmp_path / "out"
    whole = (folder / "lkjip-2024.txt").read_text()
    head, _, money = whole.partition("Tabel 3.2")
    top = whole.partition("Tabel 3.1")[0]
    (folder / "lkjip-2024.txt").unlink()
    (folder / "lkjip-2024-bab-2.txt").write_text(head)
    (folder / "lkjip-2024-bab-3.txt").write_text(f"{top}Tabel 3.2{money}")
    (folder / "draft lkjip-2024-bab-2.txt").write_text(head.replace("\t71\t", "\t70\t"))
    code, text, _ = lkjip("ingest", folder, "--out", out, "--jobs", 0)
    assert code == 0
    assert "1 dokumen adalah bagian dari laporan lain, 1 versi lama" in text
    rows = duckdb.sql(
        f"""SELECT sumber, k.peran, anggaran_dipakai, kinerja_dipakai
        FROM read_parquet('{out}/kelompok_dokumen/**/*.parquet', hive_partitioning = true) k
        JOIN read_parquet('{out}/dokumen/**/*.parquet', hive_partitioning = true) USING (document_id, agency, year)
        WHERE year = 2024 AND k.jenis = 'lkjip' ORDER BY sumber"""
    ).fetchall()
    assert rows == [
        ("laporan/draft lkjip-2024-bab-2.txt", "versi_lama", False, False),
        ("laporan/lkjip-2024-bab-2.txt", "utama", False, True),
        ("laporan/lkjip-2024-bab-3.txt", "bagian", True, False),
    ]
    total = duckdb.sql(
        f"""SELECT sum(anggaran) FROM read_parquet('{out}/ringkasan/**/*.parquet', hive_partitioning = true) r
        JOIN read_parquet('{out}/kelompok_dokumen/**/*.parquet', hive_partitioning = true) k
        USING (document_id, agency, year)
        WHERE dataset = 'anggaran' AND dijumlahkan AND anggaran_dipakai AND k.jenis = 'lkjip' AND year = 2024"""
    ).fetchall()
    assert total[0][0] == 3_000_000


def test_a_manifest_names_the_group(folder: Path, tmp_path: Path, lkjip):
    import pyarrow.dataset as ds

    out, manifest = tmp_path / "out", tmp_path / "m.csv"
    manifest.write_text("file,kelompok\nlkjip-2024.txt,Laporan lengkap\npk-2024.txt,Laporan lengkap\n")
    assert lkjip("ingest", folder, "--out", out, "--jobs", 0, "--manifest", manifest)[0] == 0
    rows = ds.dataset(out / "kelompok_dokumen", format="parquet").to_table().to_pylist()
    assert sorted((row["kelompok"], row["peran"]) for row in rows) == [
        ("Laporan lengkap", "bagian"),
        ("Laporan lengkap", "utama"),
        ("lkjip-2023", "utama"),
    ]


def test_reports_that_agree_give_nothing(tmp_path: Path, lkjip):
    root, out = tmp_path / "laporan", tmp_path / "out"
    root.mkdir()
    (root / "a.txt").write_text(report(2023, LAST, THIS, LAST))
    (root / "b.txt").write_text(report(2024, LAST, THIS, THIS))
    (root / "c.txt").write_text(agreement(2024, THIS))
    (root / "d.txt").write_text(report(2024, THIS, LAST, LAST, agency="DINAS PASAR KOTA SUKAMAJU"))  # another agency
    lkjip("ingest", root, "--out", out, "--jobs", 0)
    assert _findings(lkjip, out) == []

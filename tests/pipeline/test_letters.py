"""Letters that Python takes for Latin ones where capitals do not count, and digits of another width: no file is lost for them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.answers import examine
from pipeline.commands import _limits

BODY = """
Tabel 3.1 Realisasi Anggaran Tahun 2024 (dalam ribuan)
No\tProgram\tAnggaran\tRealisasi\t%
1\tProgram Taman\t1.000\t900\t90,00
2\tProgram Jalan\t2.000\t1.000\t50,00
\tJumlah\t3.000\t1.900\t63,33
"""
HEAD = "LAPORAN KINERJA INSTANSI PEMERINTAH\nDINAS KEBUN KOTA SUKAMAJU\nTAHUN 2024\n"


@pytest.mark.parametrize(
    ("plain", "rare"),
    [
        ("LAPORAN KINERJA", "LAPORAN KİNERJA"),
        ("DINAS KEBUN", "Dınas Kebun"),
        ("DINAS KEBUN", "DİNAS KEBUN"),
        ("DINAS KEBUN KOTA SUKAMAJU", "Dinas Kebun Provinsİ Jawa Barat"),
        ("(dalam ribuan)", "(dalam RİBUAN)"),
        ("Tahun 2024 (dalam", "Tahun 202２ (dalam"),
        ("Tabel 3.1", "Anggaran MURNİ sebesar Rp 3.000.000 dan anggaran murnı Rp 2.000.000 tahun 2024.\n\nTabel 3.1"),
    ],
)
def test_rare_letters_cost_nothing(tmp_path: Path, plain: str, rare: str):
    text = HEAD + BODY
    assert plain in text
    path = tmp_path / "a.txt"
    path.write_text(text.replace(plain, rare), encoding="utf-8")
    report, checks, _ = examine(path, None, "off", None, _limits(()))
    amounts = [line.anggaran.value for line in report.anggaran if line.anggaran is not None]
    assert amounts == [Decimal(1_000_000), Decimal(2_000_000), Decimal(3_000_000)]
    assert len(checks) > 3

"""A tiny report as text, from which tests of whole runs start."""

from __future__ import annotations

from collections.abc import Callable

import pytest


def _report(agency: str = "DINAS KEBUN KOTA SUKAMAJU", year: int = 2024, total: str = "3.000.000") -> str:
    rows = [
        ["No", "Program", "Anggaran", "Realisasi", "%"],
        ["1", "Program Taman", "1.000.000", "900.000", "90,00"],
        ["2", "Program Jalan", "2.000.000", "1.000.000", "50,00"],
        ["", "Jumlah", total, "1.900.000", "63,33"],
    ]
    table = "\n".join("\t".join(row) for row in rows)
    head = f"LAPORAN KINERJA INSTANSI PEMERINTAH\n{agency}\nTAHUN {year}\n"
    return f"{head}\nTabel 3.1 Realisasi Anggaran Tahun {year}\n{table}\n"


@pytest.fixture(scope="session")
def report_text() -> Callable[..., str]:
    """Makes a report: `report_text(agency, year, total)`; the total 3.000.000 is right, any other is a finding."""
    return _report

"""What tests of whole runs share: a tiny report as text, and whether a process has ended."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil
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


def _ended(pid: int, seconds: float = 8.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="session")
def ended() -> Callable[..., bool]:
    """Tells whether a process ends (a zombie has) within some seconds: `ended(pid, seconds)`."""
    return _ended

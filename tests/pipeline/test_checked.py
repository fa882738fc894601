"""Every check is stored with its outcome: agreed, failed and untestable ones make up all of them."""

from __future__ import annotations

from collections import Counter

from pipeline.extract import report_of
from pipeline.reconcile import reconcile
from pipeline.rows.verdicts import pemeriksaan_rows
from schemas.checks import Outcome
from schemas.document import Document, SourceLine

REPORT = """LAPORAN KINERJA INSTANSI PEMERINTAH
DINAS KEARSIPAN KOTA SUKAMAJU
TAHUN 2024

Tabel 3.1
Capaian Kinerja Tahun 2024

No\tIndikator\tSatuan\tTarget\tRealisasi\tCapaian (%)
1\tPersentase arsip yang tertata\t%\t80\t76\t95,00
2\tPersentase naskah yang terawat\t%\t80\t76\t99,00
3\tPersentase koleksi yang lengkap\t%\t80\tbelum dihitung\t-

Tabel 3.2
Realisasi Anggaran Tahun 2024

No\tProgram\tAnggaran (Rp)\tRealisasi (Rp)\t%
1\tProgram Penataan Arsip\t100.000.000\t90.000.000\t90,00
2\tProgram Perawatan Naskah\t50.000.000\t45.000.000\t90,00
\tJUMLAH\t150.000.000\t136.000.000\t90,67
"""


def test_the_three_outcomes_make_up_all_checks() -> None:
    lines = tuple(SourceLine(number, text) for number, text in enumerate(REPORT.splitlines(), 1))
    checks, findings = reconcile(report_of(Document("contoh.txt", "0" * 64, "text", lines=lines)))
    rows = pemeriksaan_rows(checks, findings, {})
    outcomes = Counter(str(row["outcome"]) for row in rows)
    assert set(outcomes) == {"cocok", "tidak_cocok", "tak_teruji"}
    assert sum(outcomes.values()) == len(checks) == len(rows) == len({row["check_id"] for row in rows})
    for row in rows:
        assert row["reason"] or row["outcome"] != "tak_teruji", row
    failed = {check.id for check in checks if check.outcome is Outcome.TIDAK_COCOK}
    told = [check for finding in findings for check in finding.checks]
    assert sorted(told) == sorted(row["check_id"] for row in rows if row["temuan_id"])
    assert set(told) <= failed
    assert {"sum", "capaian"} <= {finding.rule for finding in findings}

"""The auditor's report: `OUT/laporan/` with HTML pages, Excel and CSV, made from the Parquet of OUT alone."""

from pipeline.report.write import Written, write_report

__all__ = ["Written", "write_report"]

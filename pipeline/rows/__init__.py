"""From one report, its checks and findings to the rows of every dataset. Pure functions; nothing is written here."""

from pipeline.rows.assemble import Origin, failed_rows, rows_of

__all__ = ["Origin", "failed_rows", "rows_of"]

"""Documents of one agency against each other: groups (parts, versions), last years, plans. Read from Parquet alone."""

from pipeline.lintas.run import Reconciled, reconcile_out

__all__ = ["Reconciled", "reconcile_out"]

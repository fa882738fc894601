"""Where the datasets live: deterministic Parquet in Hive partitions, each document replaced whole or not at all."""

from pipeline.store.catalogue import Entry, read_catalogue
from pipeline.store.out import lock, open_for_reading, open_for_writing
from pipeline.store.transaction import Staged, commit, recover, stage

__all__ = [
    "Entry",
    "Staged",
    "commit",
    "lock",
    "open_for_reading",
    "open_for_writing",
    "read_catalogue",
    "recover",
    "stage",
]

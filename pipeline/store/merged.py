"""One file for many documents of a partition: `gabungan.parquet`, what `lkjip compact` makes of their small files.

Documents stand in it in the order of their ids, some thousand rows to a row group, and the footer says which are where:
one is read without most of the others, and the bytes depend on the rows alone. While a document has both forms, the
merged file is the one that counts.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.store.parquet import SETTINGS

NAME = "gabungan.parquet"  # sorts after every document id: who lists a partition in order never misses both forms
_HELD = b"lkjip.documents"
LARGE = {"compression_level": 6, "use_dictionary": True}  # of files that are large and read often
_ENOUGH = 4096  # rows after which a row group ends with its document


@dataclass(frozen=True, slots=True)
class Merged:
    """An open merged file. `groups` gives the row groups of each document."""

    file: Any
    groups: Mapping[str, range]

    def table(self, document_id: str, columns: list[str] | None = None) -> Any:
        """The rows of one document, as an Arrow table."""
        import pyarrow.compute as pc

        wanted = None if columns is None else [*dict.fromkeys([*columns, "document_id"])]
        rows = self.file.read_row_groups(list(self.groups[document_id]), columns=wanted)
        rows = rows.filter(pc.equal(rows["document_id"], document_id))
        return rows if columns is None else rows.select(columns)

    def close(self) -> None:
        self.file.close()


def open_merged(source: Path | bytes) -> Merged:
    """Open a merged file. Raises `OSError` or `pyarrow.ArrowException` for one that is gone or damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    told = (file.metadata.metadata or {}).get(_HELD)
    if told is None:
        file.close()
        raise pa.ArrowInvalid(f"{NAME}: no list of documents in it")
    return Merged(file, {document_id: range(first, last) for document_id, first, last in json.loads(told)})


def merged_bytes(dataset: str, tables: Mapping[str, Any]) -> bytes:
    """The Arrow tables of documents, by id, as one merged file. Same rows, same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from pipeline.arrow import schema

    sink = io.BytesIO()
    held = []
    group = count = 0
    waiting: list[Any] = []
    names = sorted(tables)
    settings = {k: v for k, v in SETTINGS.items() if k != "row_group_size"} | LARGE
    with pq.ParquetWriter(sink, schema(dataset), **settings) as file:
        for document_id in names:
            rows = typed(dataset, tables[document_id])
            held.append([document_id, group, group + 1 if rows.num_rows else group])
            waiting += [rows] if rows.num_rows else []
            count += rows.num_rows
            if count >= _ENOUGH or (waiting and document_id == names[-1]):
                block = pa.concat_tables(waiting)
                file.write_table(block, row_group_size=block.num_rows)
                group, count, waiting = group + 1, 0, []
        file.add_key_value_metadata({_HELD.decode(): json.dumps(held, separators=(",", ":"))})
    return sink.getvalue()


def fits(dataset: str, found: Any) -> bool:
    """Whether a file of that Arrow schema can be merged: another version of the program may have had other columns."""
    from pipeline.arrow import schema

    wanted = schema(dataset)
    return (
        bool(found.equals(wanted))
        and (found.metadata or {}).get(b"schema_version") == wanted.metadata[b"schema_version"]
    )


def typed(dataset: str, rows: Any) -> Any:
    """The same rows with the schema of the dataset and nothing that reading added to it."""
    import pyarrow as pa

    from pipeline.arrow import schema

    return pa.Table.from_arrays(rows.columns, schema=schema(dataset))


def without(dataset: str, merged: Merged, documents: set[str]) -> bytes | None:
    """The merged file without some documents; None where no other is in it."""
    left = {document_id: merged.table(document_id) for document_id in merged.groups if document_id not in documents}
    return merged_bytes(dataset, left) if left else None

"""What is written of an agency: its groups and its findings between documents, all of them or none.

The files take the form of the other datasets (`<dataset>/agency=/year=/<document_id>.parquet`), but are made anew from
all documents of the agency. `OUT/_lintas.json` remembers from which documents, so that nothing is done again for
an agency of which nothing changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from pipeline.cells import Row
from pipeline.lintas.documents import Stored
from pipeline.location import Location
from pipeline.store.out import output_error, replace_file
from pipeline.store.parquet import parquet_bytes, relative_path
from pipeline.store.reading import File, files
from pipeline.store.transaction import commit, stage_files

STATE = "_lintas.json"
DATASETS = ("kelompok_dokumen", "temuan_lintas")


@cache
def fingerprint() -> str:
    """Changes with what decides these rows: this package, and (through the documents' version) everything below."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def signature(documents: Iterable[Stored]) -> str:
    """What the rows of one agency are made from."""
    parts = [
        "\x1f".join(
            (d.document_id, str(d.year), d.jenis, d.kelompok or "", d.sumber, *d.sumber_lain, d.status, d.version)
        )
        for d in sorted(documents, key=lambda d: d.document_id)
    ]
    return hashlib.sha256("\x1e".join([fingerprint(), *parts]).encode()).hexdigest()[:16]


def read_state(out: Location) -> dict[str, str]:
    """Agency to the signature its rows were made from; empty where there is none, or none that can be read."""
    try:
        held = json.loads((out / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in held.items()} if isinstance(held, dict) else {}


def write_state(out: Location, state: Mapping[str, str]) -> None:
    """Put the signatures in place by rename."""
    data = json.dumps(dict(sorted(state.items())), indent=0).encode() + b"\n"
    try:
        if not _same(out / STATE, data):
            replace_file(out / STATE, data)
    except OSError as error:
        raise output_error(error, out) from error


def replace_rows(out: Location, agency: str, rows: Mapping[str, Sequence[Row]], years: Mapping[str, int]) -> None:
    """Make `rows` (by dataset, each with `document_id`) all that these datasets hold of an agency, as one step.

    `years` gives the partition of each document. Files that stay the same are left alone.
    """
    new: dict[Path, bytes] = {}
    for dataset in DATASETS:
        of: dict[str, list[Row]] = defaultdict(list)
        for row in rows.get(dataset, ()):
            of[row["document_id"]].append(row)
        for document_id, mine in of.items():
            new[relative_path(dataset, agency, years[document_id], document_id)] = parquet_bytes(dataset, mine)
    held = {_below(dataset, file) for dataset in DATASETS for file in files(out, dataset, agency)}
    stale = sorted(held - set(new))  # merged files too: who made them merges the new ones again
    changed = {path: data for path, data in new.items() if path not in held or not _same(out / path, data)}
    if changed or stale:
        keyed = {str(number): path for number, path in enumerate(sorted(changed))}
        contents = ((key, changed[path]) for key, path in keyed.items())
        commit(out, stage_files(out, f"lintas-{agency}", contents, keyed), stale)


def _below(dataset: str, file: File) -> Path:
    return relative_path(dataset, file.agency, file.year, file.path.stem)


def _same(path: Location, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False


def agencies_held(out: Location) -> set[str]:
    """Agencies of which these datasets hold anything."""
    return {file.agency for dataset in DATASETS for file in files(out, dataset)}

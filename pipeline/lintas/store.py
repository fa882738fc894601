"""What is written of an agency: its groups and its findings between documents, all of them or none.

The files take the form of the other datasets (`<dataset>/agency=/year=/<document_id>.parquet`), but are made anew from
all documents of the agency. `OUT/_lintas.json` remembers from which documents, so that nothing is done again for
an agency of which nothing changed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from pipeline.cells import Row
from pipeline.lintas.documents import Stored
from pipeline.store.out import STAGING, output_error, sync_file, write_file
from pipeline.store.parquet import parquet_bytes, relative_path
from pipeline.store.transaction import Staged, commit

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


def read_state(out: Path) -> dict[str, str]:
    """Agency to the signature its rows were made from; empty where there is none, or none that can be read."""
    try:
        held = json.loads((out / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in held.items()} if isinstance(held, dict) else {}


def write_state(out: Path, state: Mapping[str, str]) -> None:
    """Put the signatures in place by rename."""
    data = json.dumps(dict(sorted(state.items())), indent=0).encode() + b"\n"
    if (out / STATE).exists() and (out / STATE).read_bytes() == data:
        return
    try:
        write_file(out / f"{STATE}.tmp", data)
        (out / f"{STATE}.tmp").replace(out / STATE)
    except OSError as error:
        raise output_error(error, out) from error


def replace_rows(out: Path, agency: str, rows: Mapping[str, Sequence[Row]], years: Mapping[str, int]) -> None:
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
    held = [path for d in DATASETS for path in sorted((out / d / f"agency={agency}").glob("year=*/*.parquet"))]
    stale = [path.relative_to(out) for path in held if path.relative_to(out) not in new]
    changed = {path: data for path, data in new.items() if not _same(out / path, data)}
    if changed or stale:
        commit(out, _staged(out, agency, changed), stale)


def _same(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() == data


def _staged(out: Path, agency: str, files: Mapping[Path, bytes]) -> Staged:
    folder = out / STAGING / f"lintas-{agency}"
    paths = {}
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for number, (path, data) in enumerate(sorted(files.items())):
            (folder / f"{number}.parquet").write_bytes(data)
            paths[str(number)] = path
        for name in paths:
            sync_file(folder / f"{name}.parquet")
    except OSError as error:
        raise output_error(error, out) from error
    return Staged(folder, paths)


def agencies_held(out: Path) -> set[str]:
    """Agencies of which these datasets hold anything."""
    found = (path.name for d in DATASETS for path in (out / d).glob("agency=*"))
    return {name.removeprefix("agency=") for name in found}

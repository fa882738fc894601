"""OUT folders with a few made-up documents of one agency in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.lintas.documents import reread, stored_documents
from pipeline.lintas.groups import Member, members_of
from pipeline.rows import Origin, rows_of
from pipeline.store import commit, open_for_writing, stage
from schemas.records import Identity

AGENCY = "dinas-kebun-kota-sukamaju"
INDICATORS = ("Persentase taman yang terawat baik", "Jumlah kebun bibit warga", "Indeks kepuasan pengunjung taman",
              "Persentase sampah kebun terolah", "Rasio pohon peneduh jalan")  # fmt: skip


@dataclass
class Out:
    """Documents are put in as `ingest` would leave them."""

    path: Path
    new: type
    members: list[Member] = field(default_factory=list)

    def put(self, name: str, fill: Callable[[Any], None], year: int = 2024, jenis: str = "lkjip", **more: Any) -> str:
        """A document whose records `fill` makes with a builder; its id."""
        b = self.new(year=year)
        fill(b)
        agency = more.pop("agency", AGENCY)
        identity = Identity(
            "Dinas Kebun", "Kota Sukamaju", None, year, jenis, agency, kelompok=more.pop("kelompok", None)
        )
        report = b.report(identity=identity)
        sha = hashlib.sha256(name.encode()).hexdigest()
        document = replace(report.document, name=name, sha256=sha, format=more.pop("format", "text"))
        report = replace(report, document=document)
        origin = Origin(sha[:16], f"src/{name}", more.pop("others", ()), sha, more.pop("version", "0.1.0+abc"))
        assert not more
        commit(self.path, stage(self.path, sha[:16], rows_of(report, (), (), origin), agency, year, sha[:16]))
        return sha[:16]

    def read(self) -> list[Member]:
        return members_of(reread(self.path, stored) for stored in stored_documents(self.path))

    def rows(self, dataset: str) -> list[dict[str, Any]]:
        import pyarrow.parquet as pq

        paths = sorted((self.path / dataset).rglob("*.parquet"))
        return [row for path in paths for row in pq.ParquetFile(path).read().to_pylist()]


@pytest.fixture
def out(tmp_path: Path, new_builder) -> Out:
    path = tmp_path / "out"
    open_for_writing(path)
    return Out(path, new_builder)


def _report(*values: str, year: int = 2024, table: str = "t2", **changed: str) -> Callable[[Any], None]:
    """Five indicators with target 80 and these results (75 where none is given)."""

    def fill(b: Any) -> None:
        for number, name in enumerate(INDICATORS):
            result = values[number] if number < len(values) else "75"
            b.indicator(name, changed.get("target", "80"), result, None, table=table, tahun=year)

    return fill


@pytest.fixture
def results() -> Callable[..., Callable[[Any], None]]:
    return _report

"""Every dataset of the contract, described once: Arrow schemas, documentation and `lkjip datasets` are made from this.

A column has a name, a kind, whether it may be null, and what it holds in Indonesian and English. `agency` and `year`
are not columns of the files: they are the Hive partitions every reader adds from the path.
"""

from __future__ import annotations

from schemas.datasets.model import Column, Dataset, Kind, must
from schemas.datasets.reading import ANGKA, DOKUMEN, HALAMAN, SEL, TABEL
from schemas.datasets.records import ANGGARAN, KINERJA, KLAIM, RINGKASAN
from schemas.datasets.verdicts import KELOMPOK_DOKUMEN, KERAGUAN, PEMERIKSAAN, TEMUAN, TEMUAN_LINTAS

SCHEMA_VERSION = 1

AGENCY = must(
    "agency", Kind.TEXT, "instansi dan wilayah, bentuk aman untuk jalur", "agency and region, in a form safe for paths"
)
YEAR = must(
    "year", Kind.INT, "tahun anggaran yang dilaporkan; 0 bila tidak diketahui", "fiscal year reported on; 0 if unknown"
)
PARTITIONS = (AGENCY, YEAR)

DATASETS = (
    DOKUMEN,
    HALAMAN,
    TABEL,
    SEL,
    ANGKA,
    ANGGARAN,
    KINERJA,
    KLAIM,
    PEMERIKSAAN,
    TEMUAN,
    KERAGUAN,
    RINGKASAN,
    TEMUAN_LINTAS,
    KELOMPOK_DOKUMEN,
)
BY_NAME = {dataset.name: dataset for dataset in DATASETS}
PER_DOCUMENT = tuple(dataset for dataset in DATASETS if dataset.per_document)

__all__ = [
    "AGENCY",
    "ANGGARAN",
    "ANGKA",
    "BY_NAME",
    "DATASETS",
    "DOKUMEN",
    "HALAMAN",
    "KELOMPOK_DOKUMEN",
    "KERAGUAN",
    "KINERJA",
    "KLAIM",
    "PARTITIONS",
    "PEMERIKSAAN",
    "PER_DOCUMENT",
    "RINGKASAN",
    "SCHEMA_VERSION",
    "SEL",
    "TABEL",
    "TEMUAN",
    "TEMUAN_LINTAS",
    "YEAR",
    "Column",
    "Dataset",
    "Kind",
]

"""Make the compact reference files of this folder from the official lists.

    python schemas/reference/build.py FOLDER

FOLDER holds `wilayah_prov_kabkota.csv`, `nomenklatur_kepmen900_kabkota.csv`,
`nomenklatur_subkegiatan_pemutakhiran2027.csv` and `akun_belanja_050.csv`. The output is the same bytes every time.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent

# Seats of the provinces. A place of signature there may be a province's office as well as the city's own.
CAPITALS = frozenset(
    """11.71 12.71 13.71 14.71 15.71 16.71 17.71 18.71 19.71 21.72 32.73 33.74 34.71 35.78 36.73 51.71 52.71 53.71
    61.71 62.71 63.71 63.72 64.72 65.01 71.71 72.71 73.71 74.71 75.71 76.02 81.71 82.71 82.72 91.71 92.02 93.01
    94.01 95.01 96.71""".split()  # noqa: SIM905
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def write(name: str, header: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    data = out.getvalue().encode("utf-8")
    if name.endswith(".gz"):
        data = gzip.compress(data, compresslevel=9, mtime=0)
    (HERE / name).write_bytes(data)
    print(f"{name}: {len(lines)} rows, {len(data)} bytes")


def regions(folder: Path) -> list[tuple[str, ...]]:
    return [
        (
            row["kode"],
            row["level"],
            one_line(row["nama"].replace("Kep.", "Kepulauan ")),
            "ya" if row["kode"] in CAPITALS else "",
        )
        for row in rows(folder / "wilayah_prov_kabkota.csv")
    ]


def nomenclature(folder: Path) -> list[tuple[str, ...]]:
    """Codes and names of both lists, and for whom: k (kabupaten and kota), p (provinces), kp.

    A code that the lists name differently is carried under each name.
    """
    level_of: dict[tuple[str, str], str] = {}
    whose: dict[tuple[str, str], set[str]] = {}

    def add(kode: str, nama: str, level: str, pemda: str) -> None:
        key = (kode.strip(), one_line(nama))
        level_of.setdefault(key, level)
        whose.setdefault(key, set()).add(pemda)

    for row in rows(folder / "nomenklatur_kepmen900_kabkota.csv"):
        add(row["kode"], row["nama"].replace("Kep.", "Kepulauan "), row["level"], "k")
    for row in rows(folder / "nomenklatur_subkegiatan_pemutakhiran2027.csv"):
        pemda = {"PROV": "p", "KABKOT": "k"}[row["jenis_pemda"]]
        for level in ("bidang", "program", "kegiatan"):
            add(row[f"{level}_kode"], row[level], level, pemda)
        add(row["subkegiatan_kode"], row["subkegiatan"], "sub_kegiatan", pemda)
    return sorted(
        (kode, level, name, "".join(sorted(whose[kode, name])))
        for (kode, name), level in level_of.items()
        if kode and name
    )


def indicators(folder: Path) -> list[tuple[str, ...]]:
    """Indicator and unit of every sub kegiatan; the later list wins where a code is in both."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows(folder / "nomenklatur_subkegiatan_pemutakhiran2027.csv"):
        found.setdefault(row["subkegiatan_kode"].strip(), (one_line(row["indikator"]), one_line(row["satuan"])))
    for row in rows(folder / "nomenklatur_kepmen900_kabkota.csv"):
        if row["level"] == "sub_kegiatan":
            found.setdefault(row["kode"].strip(), (one_line(row["indikator"]), one_line(row["satuan"])))
    return sorted((kode, name, unit) for kode, (name, unit) in found.items() if kode and name)


def accounts(folder: Path) -> list[tuple[str, ...]]:
    return [
        (row["kode"].strip(), row["level"], one_line(row["uraian"])) for row in rows(folder / "akun_belanja_050.csv")
    ]


def main(folder: Path) -> None:
    write("wilayah.csv", ("kode", "tingkat", "nama", "ibukota"), regions(folder))
    write("nomenklatur.csv.gz", ("kode", "tingkat", "nama", "pemda"), nomenclature(folder))
    write("indikator.csv.gz", ("kode", "indikator", "satuan"), indicators(folder))
    write("akun.csv.gz", ("kode", "jenjang", "uraian"), accounts(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What a person says about the files: a manifest (who, where, when, what) and aliases (one agency under many names).

Both are CSV files: UTF-8 with or without BOM, UTF-16 or cp1252; commas, semicolons or tabs. Nothing is inferred: every
cell is text. An empty cell leaves what was recognised; `-` says that there is none.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from extractors import wilayah
from extractors.identity import slug
from extractors.read.files import open_regular
from extractors.wilayah import Wilayah, squash
from schemas.errors import BadOption
from schemas.records import Identity

MANIFEST_COLUMNS = ("file", "instansi", "wilayah", "year", "jenis", "kelompok")
ALIAS_COLUMNS = ("alias", "agency", "wilayah", "from_year", "to_year")
KINDS = ("lkjip", "rkt", "pk", "lain")
NONE = "-"
_FIRST, _LAST = 1990, 2100
_LARGEST = 20_000_000  # bytes; a manifest of 100,000 files is a tenth of it


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One row of a manifest. `file` is a name, a path below the source folder, or a pattern with * and ?.

    The other fields are None where the cell is empty (keep what was recognised) and "-" where there is none. Files
    with the same `kelompok` are parts or versions of one report.
    """

    file: str
    instansi: str | None = None
    wilayah: str | None = None
    year: str | None = None
    jenis: str | None = None
    kelompok: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """The agency that calls itself `alias` (in that region, in those fiscal years) is `agency`."""

    alias: str
    agency: str
    wilayah: str | None = None
    from_year: int | None = None
    to_year: int | None = None

    def names(self, instansi: str, region: str | None, year: int) -> bool:
        """Whether this alias speaks of that agency in that year (0, an unknown year, lies in no bounded span)."""
        if squash(self.alias) != squash(instansi):
            return False
        if self.wilayah is not None and (region is None or squash(self.wilayah) != squash(region)):
            return False
        return (self.from_year or 0) <= year and (self.to_year is None or 0 < year <= self.to_year)


def read_manifest(path: Path) -> tuple[ManifestRow, ...]:
    """The rows of a manifest, in order.

    Raises BadOption, naming the file and the row: unreadable, an unknown or missing column, a bad year, kind or region,
    a file named twice.
    """
    rows: list[ManifestRow] = []
    seen: dict[str, int] = {}
    for number, cells in _read(path, MANIFEST_COLUMNS, required=("file",)):
        where = f"{path}, row {number}"
        file = _tidy(cells["file"])
        if not file:
            raise BadOption(f"{where}: the column 'file' is empty; name a file or a pattern such as *.pdf.")
        if file in seen:
            raise BadOption(f"{where}: '{file}' is already named in row {seen[file]}; keep one of the two rows.")
        seen[file] = number
        year, kind = cells["year"], cells["jenis"].casefold()
        if year not in ("", NONE):
            _year(year, "year", where)
        if kind not in ("", *KINDS):
            raise BadOption(f"{where}: jenis '{kind}' is not one of {', '.join(KINDS)}.")
        if cells["wilayah"] not in ("", NONE):
            _region(cells["wilayah"], where)
        group = " ".join(cells["kelompok"].split())
        given = (cells["instansi"], cells["wilayah"], year, kind, group)
        rows.append(ManifestRow(file, *(cell or None for cell in given)))
    return tuple(rows)


def read_aliases(path: Path) -> tuple[Alias, ...]:
    """The rows of a file of aliases, in order. Raises BadOption as `read_manifest`, and for rows that contradict."""
    rows: list[Alias] = []
    for number, cells in _read(path, ALIAS_COLUMNS, required=("alias", "agency")):
        where = f"{path}, row {number}"
        if not squash(cells["alias"]) or not squash(cells["agency"]):
            raise BadOption(f"{where}: both 'alias' and 'agency' must be given.")
        region = _region(cells["wilayah"], where).nama if cells["wilayah"] else None
        first = _year(cells["from_year"], "from_year", where) if cells["from_year"] else None
        last = _year(cells["to_year"], "to_year", where) if cells["to_year"] else None
        if first and last and first > last:
            raise BadOption(f"{where}: from_year {first} is after to_year {last}.")
        row = Alias(cells["alias"], cells["agency"], region, first, last)
        for earlier in rows:
            if _overlap(earlier, row):
                raise BadOption(f"{where}: '{row.alias}' already has an agency in those years ('{earlier.agency}').")
        rows.append(row)
    return tuple(rows)


def apply(
    identity: Identity, source_name: str, manifest: Sequence[ManifestRow] = (), aliases: Sequence[Alias] = ()
) -> Identity:
    """The identity with what a person said in the place of what was recognised.

    The manifest's row for `source_name` (the path below the source folder, `/` between its parts) puts its cells in
    place. An alias changes the `agency` slug alone: `instansi` stays as the report prints it.
    """
    row = row_for(source_name, manifest)
    instansi, region, code = identity.instansi, identity.wilayah, identity.kode_wilayah
    year, kind = identity.year, identity.jenis
    if row is not None:
        if row.instansi:
            instansi = None if row.instansi == NONE else row.instansi
        if row.wilayah:
            known = None if row.wilayah == NONE else _region(row.wilayah, row.file)
            region, code = (known.nama, known.kode) if known else (None, None)
        if row.year:
            year = 0 if row.year == NONE else int(row.year)
        kind = row.jenis or kind
    group = row.kelompok if row is not None and row.kelompok != NONE else None
    return replace(
        identity,
        instansi=instansi,
        wilayah=region,
        kode_wilayah=code,
        year=year,
        jenis=kind,
        agency=slug(canonical(instansi, region, year, aliases), region),
        kelompok=group,
    )


def row_for(source_name: str, manifest: Sequence[ManifestRow]) -> ManifestRow | None:
    """The row that names this file: by its whole path, else the end of its path, else the first pattern that fits."""
    path = PurePosixPath(_tidy(source_name))
    best: tuple[int, ManifestRow] | None = None
    for row in manifest:
        parts = PurePosixPath(row.file).parts
        if parts == path.parts[-len(parts) :] and (best is None or len(parts) > best[0]):
            best = (len(parts), row)
    if best:
        return best[1]
    for row in manifest:
        ends = ("/".join(path.parts[i:]) for i in range(len(path.parts)))
        if any(fnmatchcase(end, row.file) for end in ends):
            return row
    return None


def unused(manifest: Sequence[ManifestRow], source_names: Iterable[str]) -> tuple[ManifestRow, ...]:
    """The rows that speak of none of these files: most likely misspelt."""
    used = {row.file for name in source_names if (row := row_for(name, manifest))}
    return tuple(row for row in manifest if row.file not in used)


def canonical(instansi: str | None, region: str | None, year: int, aliases: Sequence[Alias]) -> str | None:
    """The name under which the agency is filed: its aliases followed to their end (a circle ends where it began)."""
    seen: set[str] = set()
    while instansi and squash(instansi) not in seen:
        seen.add(squash(instansi))
        instansi = next((a.agency for a in aliases if a.names(instansi, region, year)), instansi)
    return instansi


def write_manifest(rows: Iterable[tuple[str, Identity]], path: Path) -> None:
    """Write what was recognised of each file (its path below the source folder), to be corrected and given back.

    UTF-8 with a BOM (so that spreadsheets read it right), written beside the file and then put in its place. Raises
    BadOption where the file cannot be written.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(MANIFEST_COLUMNS)
    for file, identity in sorted(rows, key=lambda row: row[0]):
        name = _tidy(file)
        # A spreadsheet would take such a name for a formula.
        name = f"./{name}" if name[:1] in ("=", "+", "-", "@") else name
        year = str(identity.year) if identity.year else ""
        group = identity.kelompok or ""
        writer.writerow((name, identity.instansi or "", identity.wilayah or "", year, identity.jenis, group))
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(out.getvalue().encode("utf-8-sig"))
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BadOption(f"{path}: the manifest cannot be written ({error.strerror or error}).") from error


# --- reading cells -----------------------------------------------------------------------------------------------


def _read(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterable[tuple[int, dict[str, str]]]:
    """Rows of the file as text, each with its row number as a spreadsheet counts (the header is row 1)."""
    import pandas as pd

    text = _decode(path)
    header, _, _ = text.partition("\n")
    if header.strip().casefold().startswith("sep="):  # a spreadsheet's own mark
        text = text.partition("\n")[2]
        header = text.partition("\n")[0]
    delimiter = max(";,\t", key=header.count)
    try:
        # header=None: a header's names must not be altered, and a row with too many cells is an error, not an index.
        frame = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=None,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skipinitialspace=True,
            skip_blank_lines=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise BadOption(f"{path}: this is not a table with the columns {', '.join(columns)} ({error}).") from error
    rows = [tuple(str(cell).strip() for cell in row) for row in frame.itertuples(index=False)]
    names = [name.casefold() for name in rows[0]]
    while names and not names[-1]:
        names.pop()
    unknown = [name or "(empty)" for name in names if name not in columns]
    missing = [name for name in required if name not in names]
    if unknown:
        raise BadOption(f"{path}: unknown column {', '.join(unknown)}; the columns are {', '.join(columns)}.")
    if missing:
        raise BadOption(f"{path}: the column {', '.join(missing)} is missing; the columns are {', '.join(columns)}.")
    if len(set(names)) != len(names):
        raise BadOption(f"{path}: a column stands twice in the header.")
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        if any(row[len(names) :]):
            raise BadOption(f"{path}, row {number}: more cells than columns.")
        yield number, {**dict.fromkeys(columns, ""), **dict(zip(names, row, strict=False))}


def _decode(path: Path) -> str:
    try:
        with open_regular(path) as file:
            if os.fstat(file.fileno()).st_size > _LARGEST:
                raise BadOption(f"{path}: too large for a manifest or a file of aliases.")
            data = file.readall()
    except OSError as error:
        raise BadOption(f"{path}: cannot be read ({error.strerror or error}).") from error
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if not text.strip():
            raise BadOption(f"{path}: the file is empty.")
        return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    raise BadOption(f"{path}: this is not a text file; save it as CSV.")


def _year(text: str, column: str, where: str) -> int:
    if not (text.isascii() and text.isdigit() and _FIRST <= int(text[:6]) <= _LAST):
        raise BadOption(f"{where}: {column} '{text}' is not a year between {_FIRST} and {_LAST}.")
    return int(text)


def _region(text: str, where: str) -> Wilayah:
    mention = wilayah.at(text, 0)
    if mention and mention.end == len(text) and (mention.exact or mention.wilayah.kode is None):
        return mention.wilayah
    bare = wilayah.by_bare_name(text)
    if bare:
        return bare
    if mention and mention.end == len(text) and mention.wilayah.kode:
        raise BadOption(f"{where}: wilayah '{text}' is not in the official list; is '{mention.wilayah.nama}' meant?")
    if mention and not mention.wilayah.kode:  # a longer name that is not in the list
        return Wilayah(None, text, mention.wilayah.tingkat)
    raise BadOption(f"{where}: wilayah '{text}' does not say which: write 'Kota X', 'Kabupaten X' or 'Provinsi X'.")


def _overlap(one: Alias, other: Alias) -> bool:
    same = squash(one.alias) == squash(other.alias) and one.wilayah == other.wilayah
    return same and (one.from_year or 0) <= (other.to_year or 9999) and (other.from_year or 0) <= (one.to_year or 9999)


def _tidy(file: str) -> str:
    """Slashes one way, without a leading ./"""
    tidy = file.strip().replace("\\", "/")
    while tidy.startswith("./"):
        tidy = tidy[2:]
    return tidy

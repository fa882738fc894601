"""`OUT/tinjauan.sqlite`: what is in it, and how it is opened.

Two tables are written, and only added to (the database itself refuses changes): `riwayat`, one row for each status or
note, and `salah_baca`, one for each right figure given. What holds now are views: `tinjauan` and `salah_baca_kini`.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from pipeline.i18n import problem
from pipeline.location import Location, Url
from pipeline.store.lease import lease
from pipeline.store.out import output_error
from schemas.errors import UnusableOutput

FILE = "tinjauan.sqlite"
STATUSES = ("baru", "diterima", "ditolak", "selesai")
MISREAD = "salah baca"  # shown of a finding nobody decided on, one of whose figures was marked
BUSY = 10.0  # seconds to wait for another writer
_VERSION = 1

_SCHEMA = f"""
CREATE TABLE riwayat (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    temuan_id TEXT NOT NULL,
    status TEXT CHECK (status IN {STATUSES}),
    catatan TEXT NOT NULL DEFAULT '',
    oleh TEXT NOT NULL DEFAULT '',
    waktu TEXT NOT NULL,
    document_id TEXT NOT NULL DEFAULT '',
    agency TEXT NOT NULL DEFAULT '',
    year INTEGER NOT NULL DEFAULT 0,
    rule TEXT NOT NULL DEFAULT '',
    subjek TEXT NOT NULL DEFAULT '',
    pesan TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    CHECK (status IS NOT NULL OR catatan <> '')
) STRICT;
CREATE INDEX riwayat_temuan ON riwayat (temuan_id, id);
CREATE TABLE salah_baca (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL,
    angka_id TEXT NOT NULL,
    terbaca TEXT NOT NULL,
    nilai_benar TEXT,
    temuan TEXT NOT NULL DEFAULT '[]',
    oleh TEXT NOT NULL DEFAULT '',
    waktu TEXT NOT NULL
) STRICT;
CREATE INDEX salah_baca_angka ON salah_baca (document_id, angka_id, id);
CREATE VIEW salah_baca_kini AS
    SELECT document_id, angka_id, terbaca, nilai_benar, temuan, oleh, waktu FROM salah_baca AS s
    WHERE nilai_benar IS NOT NULL AND id = (
        SELECT max(id) FROM salah_baca AS o WHERE o.document_id = s.document_id AND o.angka_id = s.angka_id
    );
CREATE VIEW _salah_baca_temuan AS
    SELECT each.value AS temuan_id, nilai_benar, oleh, waktu FROM salah_baca_kini, json_each(temuan) AS each;
CREATE VIEW tinjauan AS
    WITH ids AS (SELECT temuan_id FROM riwayat UNION SELECT temuan_id FROM _salah_baca_temuan),
    now AS (
        SELECT temuan_id,
            (SELECT max(id) FROM riwayat AS r WHERE r.temuan_id = ids.temuan_id) AS last,
            (SELECT max(id) FROM riwayat AS r WHERE r.temuan_id = ids.temuan_id AND status IS NOT NULL) AS decided,
            (SELECT count(*) FROM riwayat AS r WHERE r.temuan_id = ids.temuan_id AND catatan <> '') AS notes,
            (SELECT group_concat(nilai_benar, '; ') FROM _salah_baca_temuan AS m WHERE m.temuan_id = ids.temuan_id)
                AS nilai_benar
        FROM ids
    )
    SELECT now.temuan_id,
        CASE WHEN nilai_benar IS NOT NULL AND coalesce(d.status, 'baru') = 'baru' THEN '{MISREAD}'
            ELSE coalesce(d.status, 'baru') END AS status,
        coalesce((
            SELECT group_concat(CASE WHEN now.notes > 1 AND oleh <> '' THEN oleh || ': ' ELSE '' END || catatan, ' | ')
            FROM (SELECT * FROM riwayat AS r WHERE r.temuan_id = now.temuan_id AND catatan <> '' ORDER BY id)
        ), '') AS catatan,
        coalesce(nilai_benar, '') AS nilai_benar,
        coalesce(l.oleh, (SELECT oleh FROM _salah_baca_temuan AS m WHERE m.temuan_id = now.temuan_id), '') AS oleh,
        coalesce(l.waktu, (SELECT waktu FROM _salah_baca_temuan AS m WHERE m.temuan_id = now.temuan_id), '') AS waktu,
        coalesce(now.decided, 0) AS revisi,
        coalesce(l.document_id, '') AS document_id, coalesce(l.agency, '') AS agency, coalesce(l.year, 0) AS year,
        coalesce(l.rule, '') AS rule, coalesce(l.subjek, '') AS subjek, coalesce(l.pesan, '') AS pesan,
        coalesce(l.message, '') AS message
    FROM now
    LEFT JOIN riwayat AS d ON d.id = now.decided
    LEFT JOIN riwayat AS l ON l.id = now.last;
"""
_KEPT = "".join(
    f"CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END;\n"
    for table in ("riwayat", "salah_baca")
    for verb in ("UPDATE", "DELETE")
)


@contextmanager
def writing(out: Location) -> Iterator[sqlite3.Connection]:
    """A transaction that holds the right to write from its first statement; made anew where there was no file.

    In an object store a copy is written and put in the place of the object, by one writer at a time. Raises
    `UnusableOutput` where the file is damaged, of a newer lkjip, cannot be written, or stays busy.
    """
    if isinstance(out, Path):
        with _writing(out / FILE) as base:
            yield base
        return
    try:
        with lease(out, "_kunci-tinjauan", wait=BUSY), _copied(out) as path:
            with _writing(path) as base:
                yield base
            (out / FILE).write_bytes(path.read_bytes())
    except OSError as error:
        raise output_error(error, out / FILE) from error


@contextmanager
def _copied(out: Url) -> Iterator[Path]:
    """A temporary folder's copy of the object, where there is one."""
    with tempfile.TemporaryDirectory(prefix="lkjip-") as folder:
        path = Path(folder, FILE)
        with suppress(FileNotFoundError):
            path.write_bytes((out / FILE).read_bytes())
        yield path


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=BUSY, isolation_level=None)) as base:
            base.row_factory = sqlite3.Row
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("BEGIN IMMEDIATE")
            try:
                _prepare(base, path)
                yield base
            except BaseException:
                base.execute("ROLLBACK")
                raise
            base.execute("COMMIT")
    except sqlite3.Error as error:
        raise unusable(error, path) from error


@contextmanager
def reading(out: Location) -> Iterator[sqlite3.Connection | None]:
    """The database for reading; None where nobody reviewed yet. Works where OUT cannot be written, too."""
    if isinstance(out, Path):
        with _reading(out / FILE) as base:
            yield base
        return
    with ExitStack() as stack:
        try:
            path = stack.enter_context(_copied(out))
        except OSError as error:
            raise output_error(error, out / FILE) from error
        yield stack.enter_context(_reading(path))


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    if not path.is_file():
        yield None
        return
    try:
        with closing(_open(path)) as base:
            base.row_factory = sqlite3.Row
            _known(base, path)
            yield base
    except sqlite3.Error as error:
        raise unusable(error, path) from error


def _open(path: Path) -> sqlite3.Connection:
    """Read-only; where a folder cannot be written a database in WAL mode opens only as one that does not change."""
    uri = path.resolve().as_uri()
    base = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=BUSY)
    try:
        base.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        base.close()
        base = sqlite3.connect(f"{uri}?immutable=1", uri=True)
    return base


def unusable(error: sqlite3.Error, path: Path) -> UnusableOutput:
    """What SQLite says, as one sentence."""
    busy = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
    key = (
        "review_busy" if busy else "review_denied" if isinstance(error, sqlite3.OperationalError) else "review_damaged"
    )
    return problem(UnusableOutput, key, path=path, reason=str(error))


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    if base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        for statement in _statements(_SCHEMA + _KEPT):
            base.execute(statement)
        base.execute(f"PRAGMA user_version = {_VERSION}")
    _known(base, path)


def _statements(script: str) -> Iterator[str]:
    """Single statements: `executescript` would end the transaction."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def _known(base: sqlite3.Connection, path: Path) -> None:
    found = base.execute("PRAGMA user_version").fetchone()[0]
    if found > _VERSION:
        raise problem(UnusableOutput, "review_newer", path=path)
    if found < _VERSION:
        raise problem(UnusableOutput, "review_damaged", path=path, reason=f"user_version {found}")

"""Statuses and notes: added one by one, never changed, and two people at once lose nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.i18n import problem
from pipeline.location import Location
from pipeline.review.base import STATUSES, reading, writing
from schemas.errors import BadOption

LONGEST_NOTE = 10_000
LONGEST_NAME = 200
_SEEN = ("document_id", "agency", "year", "rule", "subjek", "pesan", "message")


@dataclass(frozen=True, slots=True)
class Review:
    """What holds of one finding now. `revision` counts its status alone: a note makes no status stale.

    `about` is the finding as it was when it was last reviewed (document_id, agency, year, rule, subjek, pesan, message).
    """

    temuan_id: str
    status: str
    notes: str
    right_value: str
    by: str
    when: str
    revision: int
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a finding's history; `status` is None for a note alone."""

    status: str | None
    note: str
    by: str
    when: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a change. `stale`: somebody else had set another status meanwhile, so the status was not set (a note
    is kept all the same); `now` is what holds."""

    stale: bool
    now: Review


def set_review(
    out: Location,
    finding: Mapping[str, Any],
    *,
    status: str | None = None,
    note: str = "",
    by: str = "",
    seen: int | None = None,
) -> Saved:
    """Set a finding's status, add a note, or both. `finding` is its row of `temuan`, with `agency` and `year`.

    `seen` is the revision that the status was decided on (None: set it whatever it was). Raises `BadOption` for an unknown
    status or where there is nothing to keep, `UnusableOutput` where the database cannot be used.
    """
    note, by = note.strip(), " ".join(by.split())
    _sound(status, note, by)
    temuan_id = str(finding["temuan_id"])
    with writing(out) as base:
        before = _now(base, temuan_id)
        held, revision = (before.status, before.revision) if before else ("baru", 0)
        stale = status is not None and seen is not None and seen != revision and status != held
        kept = None if stale else status
        if kept is not None or note:
            about = [finding.get(name) or (0 if name == "year" else "") for name in _SEEN]
            base.execute(
                f"INSERT INTO riwayat (temuan_id, status, catatan, oleh, waktu, {', '.join(_SEEN)}) "
                f"VALUES (?, ?, ?, ?, ?{', ?' * len(_SEEN)})",
                (temuan_id, kept, note, by, now(), *about),
            )
        after = _now(base, temuan_id)
    assert after is not None
    return Saved(stale, after)


def reviews(out: Location) -> dict[str, Review]:
    """What holds now, by temuan_id; empty where nobody reviewed."""
    with reading(out) as base:
        return (
            {} if base is None else {row["temuan_id"]: _review(row) for row in base.execute("SELECT * FROM tinjauan")}
        )


def history(out: Location, temuan_id: str) -> list[Event]:
    """Everything said of a finding, oldest first."""
    with reading(out) as base:
        if base is None:
            return []
        rows = base.execute(
            "SELECT status, catatan, oleh, waktu FROM riwayat WHERE temuan_id = ? ORDER BY id", (temuan_id,)
        )
        return [Event(*row) for row in rows]


def now() -> str:
    """The time, in UTC, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _sound(status: str | None, note: str, by: str) -> None:
    if status is not None and status not in STATUSES:
        raise problem(BadOption, "bad_choice", option="STATUS", value=status, choices=", ".join(STATUSES))
    if status is None and not note:
        raise problem(BadOption, "review_nothing")
    for text, longest in ((note, LONGEST_NOTE), (by, LONGEST_NAME)):
        if len(text) > longest:
            raise problem(BadOption, "review_long", n=longest)


def _now(base: sqlite3.Connection, temuan_id: str) -> Review | None:
    row = base.execute("SELECT * FROM tinjauan WHERE temuan_id = ?", (temuan_id,)).fetchone()
    return None if row is None else _review(row)


def _review(row: sqlite3.Row) -> Review:
    return Review(
        row["temuan_id"],
        row["status"],
        row["catatan"],
        row["nilai_benar"],
        row["oleh"],
        row["waktu"],
        row["revisi"],
        {name: row[name] for name in _SEEN},
    )

"""`--since`: which files changed since a date, or within so many days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from pipeline.discover import Candidate
from pipeline.i18n import problem
from pipeline.location import Location, Url
from schemas.errors import BadOption

_DURATION = re.compile(r"(\d{1,6})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_since(text: str, now: datetime) -> float:
    """Seconds since the epoch for `7d`, `12h`, `30m`, `2w` before `now` (with its zone), or for a date or time of day
    (`2026-01-31`, `2026-01-31T08:00`, in the zone of `now` where it names none). Raises `BadOption`."""
    try:
        if told := _DURATION.fullmatch(text.strip().casefold()):
            return (now - timedelta(**{_UNITS[told[2]]: int(told[1])})).timestamp()
        at = datetime.fromisoformat(text.strip())
        return (at if at.tzinfo else at.replace(tzinfo=now.tzinfo)).timestamp()
    except (ValueError, OverflowError, OSError):
        raise problem(BadOption, "bad_since", value=text or '""') from None


def changed_since(candidates: Iterable[Candidate], since: float) -> tuple[list[Candidate], int]:
    """The files changed at that time or later, and how many were not.

    A file that was copied here with its old date counts as changed when it came; one whose date cannot be told, as
    changed.
    """
    changed, older = [], 0
    for candidate in candidates:
        if _changed(candidate.path) >= since:
            changed.append(candidate)
        else:
            older += 1
    return changed, older


def _changed(path: Location) -> float:
    try:
        if isinstance(path, Url):
            return path.written().timestamp()
        told = path.stat()
    except OSError:
        return float("inf")
    return max(told.st_mtime, told.st_ctime)

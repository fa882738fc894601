"""`--prune`: the names of OUT whose files are gone from the SOURCEs, and only of these.

A name (`sumber`) is the SOURCE folder's name and the path below it, so a name tells the folder it came from by the
folder's name alone. Where OUT was also made of another folder that is called alike (the logs tell), a file is gone
only when it is in neither, and where that other folder cannot be looked at now, nothing below that name is taken away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.discover import DANGLING, Found, is_folder, printable
from pipeline.i18n import say
from pipeline.location import Location, absolute, remembered
from pipeline.runlog import first_line, logs
from pipeline.store import Entry


@dataclass(frozen=True, slots=True)
class Gone:
    """`names` whose files are gone; `left` are SOURCEs of which none is taken away: folder's name to why (the key of a
    message, and its values)."""

    names: frozenset[str]
    left: Mapping[str, tuple[str, Mapping[str, str]]]

    def why(self, head: str, lang: str) -> str:
        """Why nothing of that folder is taken away."""
        key, values = self.left[head]
        return say(key, lang, **values)


def find_gone(sources: Sequence[Location], found: Found, catalogue: Iterable[Entry], roots: Iterable[Location]) -> Gone:
    """Compare what was found in the SOURCEs with the names of OUT. `roots`: every folder that OUT was made of."""
    folders = _by_name(absolute(source) for source in sources if is_folder(source))
    known = _by_name(roots)
    there = {*(one.sumber for one in found.candidates), *(one.sumber for one in found.skipped if one.kind != DANGLING)}
    hidden = tuple(one.sumber for one in found.failures)  # folders that could not be listed
    names = {name for entry in catalogue for name in entry.names if name.partition("/")[0] in folders}
    left: dict[str, tuple[str, Mapping[str, str]]] = {}
    for head in folders:
        others = sorted(set(known.get(head, ())) - set(folders[head]))
        missing = [other for other in others if not is_folder(other)]
        if not any(one.sumber.startswith(f"{head}/") for one in found.candidates):
            left[head] = ("prune_empty", {"source": str(folders[head][0])})
        elif missing:
            left[head] = ("prune_other", {"name": head, "other": str(missing[0])})
    gone = {
        name
        for name in names - there
        if name.partition("/")[0] not in left
        and "/" in name
        and not any(name == one or name.startswith(f"{one}/") for one in hidden)
        and not _is_there(name, known, folders)
    }
    return Gone(frozenset(gone), left)


def read_roots(out: Location) -> Iterator[Location]:
    """The folders that OUT was made of, by the logs of its runs, as they were then."""
    for log in logs(out):
        try:
            begin = json.loads(first_line(log))
            yield from (remembered(text) for text in begin.get("roots", ()))
        except (OSError, ValueError, AttributeError):
            continue


def _by_name(folders: Iterable[Location]) -> dict[str, list[Location]]:
    named: dict[str, list[Location]] = {}
    for folder in folders:
        named.setdefault(printable(folder.name or "root"), []).append(folder)
    return named


def _is_there(name: str, *roots: Mapping[str, Sequence[Location]]) -> bool:
    """Is there a file of that name now, in any folder called so?"""
    head, _, below = name.partition("/")
    return any((root / below).exists() for known in roots for root in known.get(head, ()))

"""A number whose digits a narrow column or a page break has torn apart, put together; two numbers are left two."""

from __future__ import annotations

import re

from extractors.numbers.core import TWO, strict

TORN = "angka terpotong oleh kolom sempit atau ganti halaman, disambung"


def join(
    text: str, *, money: bool = False, percent: bool = False, torn_head: bool = False
) -> tuple[str | None, str | None]:
    """The run of digits that `text` (digits, points, commas, blanks) is, and a doubt where joining was a guess.

    (None, doubt) where the pieces may be two numbers. `money` says that decimals have two digits and that points group
    thousands; `percent` that a lone 0 may complete 100; `torn_head` that the column parts first digits from the rest.
    """
    pieces = text.split()
    if len(pieces) == 1:
        return pieces[0], None
    if len(pieces) >= 4 and sum(len(p) == 1 for p in pieces) * 3 >= len(pieces) * 2:
        run = "".join(pieces)  # letter-spaced: 1 5 , 7 0 6 , 0 0
        return (run, None) if re.search(r"[.,]", run) else (None, TWO)
    if torn_head and is_torn_head(text):
        return "".join(pieces), None
    run, doubt = pieces[0], None
    for count, piece in enumerate(pieces[1:], 2):
        fits = _fits(run, piece, money, percent, last=count == len(pieces))
        if fits is None:
            return None, TWO
        doubt = doubt or fits or None
        run += piece
    return run, doubt


def is_torn_head(text: str) -> bool:
    """Whether `text` may be one number whose first digits stand apart (`1 5,706,334,647.00`)."""
    match = re.fullmatch(r"(\d{1,2}) (\d{1,2}[.,]\d[\d.,]*)", text.strip())
    return (
        match is not None and len(re.split(r"[.,]", match[1] + match[2])[0]) <= 3 and bool(strict(match[1] + match[2]))
    )


def _fits(run: str, piece: str, money: bool, percent: bool, *, last: bool) -> str | None:
    """Whether `piece` goes on with `run`: "" surely, a doubt perhaps, None not."""
    if not any(c.isdigit() for c in piece) or not any(c.isdigit() for c in run):
        return ""  # a separator that stands alone
    joined = run + piece
    groups, tail = re.split(r"[.,]", run), re.match(r"\d*", piece)
    lead = len(tail[0]) if tail else 0
    if run[-1] in ".," or piece[0] in ".,":
        return _at_separator(run, piece)
    if len(groups) == 1:
        if percent and joined == "100":
            return TORN
        return None
    if len(groups[-1]) + lead == 3 and _grows(joined, last) and (len(groups) > 2 or money or lead < len(piece)):
        # 4.227.640.0 + 44, 1.23 + 4.567: the last group is not full, and the piece fills it
        return TORN if strict(run) else ""
    decimal = len(set(re.sub(r"\d", "", run))) == 2 or len(groups) == 2
    if decimal and len(groups[-1]) == 1 and lead == len(piece) == 1:  # 58,3 + 3; 33.660.129.080,0 + 0
        return "" if len(groups) > 2 else TORN
    return None


def _at_separator(run: str, piece: str) -> str | None:
    """A blank beside a separator: `1.234 .567`, `39. 236`, `5.000, 00`; but `5.000, 3` may be two numbers."""
    if run[-1] in ".,":
        lead = re.match(r"\d*", piece)
        length = len(lead[0]) if lead else 0
        return "" if length == 3 or (length == 2 and len(piece) == 2) else TORN
    after = re.match(r"[.,](\d+)", piece)
    return "" if after and len(after[1]) in (2, 3) else TORN


def _grows(joined: str, last: bool) -> bool:
    """Whether the joined run is one strict number, or becomes one when a further piece fills its last group."""
    if strict(joined) or last:
        return bool(strict(joined))
    unfinished = re.fullmatch(r"(.*[.,]\d{3})[.,]\d{1,2}", joined)
    return bool(unfinished and strict(unfinished[1]))

"""Agencies named in running text: where a name begins, where it ends, and how it is written in full.

A name begins with a head word of schemas/vocabulary/instansi_kepala.csv (Badan, Dinas, Kecamatan, RSUD ...) or is an
abbreviation of singkatan_instansi.csv (Bakesbangpol, BPBD). It goes on over capitalised words, `dan`, commas and line
breaks, and ends before a region, a word of nama_henti.csv, a lower-case word, or a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.datafiles import vocabulary, words
from extractors.seek import either_capital, holds_rare
from extractors.wilayah import Sebutan, at, squash
from schemas.values import value

_TOKEN = re.compile(r"([ \t]*\n?[ \t]*)([^\W\d_][\w'’-]*\.?|&|/|,)")
_JOINERS = frozenset(("dan", "serta", "&", "/", ",", "di", "pada"))
_LOWER = frozenset(("dan", "di", "ke", "dari", "serta", "atas", "untuk", "bagi", "dengan", "dr", "pada"))
_BEFORE_REGION = re.compile(r"[ \t]*(?:\([^)\n]{2,20}\)[ \t]*)?\n?[ \t]*(?:(?:di|pada|Pemerintah)[ \t]+)?")
_LONGEST = 16  # words of a name, head and joiners included
_SIGNER = re.compile(r"(?:kepala|plt\.?|plh\.?|pimpinan|direktur|ketua)[ \n]+$", re.IGNORECASE)
_SUBUNITS = frozenset(("bagian", "biro", "balai", "direktorat", "deputi bidang", "loka", "laboratorium"))


@value(frozen=True, slots=True)
class Penyebutan:
    """An agency named at `start`..`end`; `region` is the one named right behind it.

    `closed` tells that the name's end is certain: a region, a line's end or a mark stands there; `crossed` that the
    name runs over a line's end; `scope` and `weight` are those of its head word.
    """

    start: int
    end: int
    name: str
    region: Sebutan | None
    closed: bool
    crossed: bool
    scope: str  # daerah | nasional | pemerintah
    weight: float


@lru_cache(maxsize=2)
def _heads(rare: bool = True) -> tuple[re.Pattern[str], dict[str, tuple[str, float]], dict[str, str]]:
    heads = {squash(row["kata"]): (row["lingkup"], float(row["bobot"])) for row in vocabulary("instansi_kepala")}
    full = {squash(r["singkatan"]): r["kepanjangan"] for r in vocabulary("singkatan_instansi") if r["utuh"] == "ya"}
    spellings = [row["kata"] for row in vocabulary("instansi_kepala")]
    spellings += [row["singkatan"] for row in vocabulary("singkatan_instansi") if row["utuh"] == "ya"]
    head = either_capital(spellings, r"[ \n]+", behind=r"[\w./@-]", rare=rare)
    return re.compile(rf"{head}(?![\w@-])"), heads, full


@lru_cache(maxsize=1)
def _parts() -> dict[str, str]:
    return {squash(r["singkatan"]): r["kepanjangan"] for r in vocabulary("singkatan_instansi") if r["utuh"] != "ya"}


@lru_cache(maxsize=4096)
def head_of(name: str) -> tuple[str, float]:
    """Scope and weight of the longest head word that `name` begins with."""
    _, heads, _ = _heads()
    parts = name.split()
    for n in range(min(len(parts), 5), 0, -1):
        hit = heads.get(squash("".join(parts[:n])))
        if hit:
            return hit
    return "daerah", 0.5


@lru_cache(maxsize=1)
def _subordinate() -> frozenset[str]:
    return frozenset(squash(row["kata"]) for row in vocabulary("instansi_kepala") if row["bawahan"])


def is_subordinate(name: str) -> bool:
    """Whether the name is that of a unit below another agency (a kelurahan, a biro, a hospital)."""
    parts = name.split()
    return any(squash("".join(parts[:n])) in _subordinate() for n in range(1, min(len(parts), 3) + 1))


def title_case(name: str) -> str:
    """ "BADAN KESATUAN BANGSA DAN POLITIK" -> "Badan Kesatuan Bangsa dan Politik"; acronyms stay capital."""
    acronyms = words("akronim", "kata")
    shout = name.isupper()
    out: list[str] = []
    for index, word in enumerate(name.split()):
        core = word.strip(",()").casefold()
        if core in acronyms:
            out.append(word.upper())
        elif index and core.rstrip(".") in _LOWER:
            out.append(word.lower())
        elif shout or word.islower() or (word.isupper() and len(core) > 6):
            out.append("-".join(p[:1].upper() + p[1:].lower() for p in word.split("-")))
        else:
            out.append(word)
    return " ".join(out)


@lru_cache(maxsize=4096)
def _expand(tokens: tuple[str, ...]) -> str:
    text = ""
    for token in tokens:
        token = _parts().get(squash(token), token) if token not in ("&", "/", ",") else token
        if token == "&":
            token = "dan"
        text += token if token in (",", "/") else (token if text.endswith("/") or not text else " " + token)
    return title_case(text)


def _follows(text: str, position: int, shout: bool) -> bool:
    """Whether a capitalised word of a name stands behind a joiner."""
    match = _TOKEN.match(text, position)
    while match and match.group(2)[0].isalpha() and match.group(2).casefold() in _JOINERS:
        match = _TOKEN.match(text, match.end())  # "..., dan Perlindungan Masyarakat"
    if not match or not match.group(2)[0].isalpha():
        return False
    word = match.group(2)
    if squash(word) in words("nama_henti", "kata") or _heads()[0].match(text, match.start(2)):
        return False
    return word.isupper() if shout else word[0].isupper()


def _name(text: str, start: int, end: int) -> tuple[list[str], int, bool, bool]:
    """Tokens of the name whose head is at `start`..`end`; its end; whether that is certain; whether lines break it."""
    pattern, _, _ = _heads()
    head = " ".join(text[start:end].split())
    tokens, position, crossed = [head], end, False
    shout = head.isupper() and len(head) > 1
    stop = words("nama_henti", "kata")
    signed = bool(_SIGNER.search(text, max(0, start - 12), start))  # "Kepala Dinas X,": the comma ends the name
    while len(tokens) < _LONGEST:
        match = _TOKEN.match(text, position)
        if not match:
            rest = text[position : position + 2].lstrip(" \t")
            return tokens, position, not rest or not rest[0].isalnum(), crossed
        gap, word = match.group(1), match.group(2)
        bare = word.rstrip(".")
        if word.casefold() in _JOINERS:
            if not _follows(text, match.end(), shout) or (word == "," and signed and text[match.end()] == "\n"):
                return tokens, position, word != "/", crossed
        elif at(text, match.start(2)):
            return tokens, position, True, crossed
        elif squash(word) in stop:
            return tokens, position, "\n" in gap, crossed
        elif not (bare.isupper() if shout and len(bare) > 1 else word[0].isupper()) and bare not in ("dr",):
            return tokens, position, False, crossed
        elif pattern.match(text, match.start(2)) and squash(head) not in _SUBUNITS:
            return tokens, position, True, crossed
        crossed = crossed or "\n" in gap
        tokens.append(word if word != bare and len(bare) <= 3 else bare)
        position = match.start(2) + len(word if word != bare and len(bare) <= 3 else bare)
        if word != bare and len(bare) > 3:
            return tokens, position, True, crossed
    return tokens, position, False, crossed


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(squash(row["frasa"]) for row in vocabulary("instansi_umum"))


def find(text: str) -> Iterator[Penyebutan]:
    """All agencies named in `text`, in order; phrases that name no agency (instansi_umum.csv) are left out."""
    pattern, heads, full = _heads(holds_rare(text))
    generic = _generic()
    position = 0
    for match in pattern.finditer(text):
        if match.start() < position:
            continue
        key = squash(match.group())
        shout_or_title = match.group()[0].isupper()
        if not shout_or_title:
            continue
        if key in full:
            name, end, closed, crossed = full[key], match.end(), True, "\n" in match.group()
        elif heads[key][0] == "pemerintah":
            government = at(text, match.start())
            if government is None:
                continue
            name = f"Pemerintah {government.wilayah.nama}"
            yield Penyebutan(match.start(), government.end, name, government, True, False, *heads[key])
            position = government.end
            continue
        else:
            tokens, end, closed, crossed = _name(text, match.start(), match.end())
            name = _expand(tuple(tokens))
            complete = len(tokens) > 1 or " " in tokens[0] or key == "inspektorat"
            if not complete or squash(name) in generic or any(squash(" ".join(tokens[:n])) in generic for n in (2, 3)):
                continue
        following = _BEFORE_REGION.match(text, end)
        region = at(text, following.end()) if following else None
        if region is not None and region.office:
            region = None
        yield Penyebutan(match.start(), end, name, region, closed or region is not None, crossed, *head_of(name))
        position = region.end if region else end

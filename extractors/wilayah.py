"""Regions: the official provinces, kabupaten and kota as they are named in running text.

A region is named by its kind and its name ("Kota Pontianak", "KAB. WONOSOBO", "Prov. Jabar", "Pemkot Cimahi", "Bupati
Sleman"). The kind decides: Kota Bandung and Kabupaten Bandung are two regions. A misspelt name is matched where one
official name of that kind, and no other, is a letter or two away; a name that is not in the list stays as printed,
without a code. Source of codes and names: schemas/reference/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.datafiles import reference, vocabulary, words
from extractors.seek import findable, lowered, positions, seek_at
from schemas.values import value

_PREFIX = re.compile(
    r"(?<![\w/])(?:pemerintah[ \n]+(?:daerah[ \n]+)?)?(?:"
    r"(?P<kota>kota(?:madya)?(?:[ \n]+administrasi)?|pem(?:erintah)?kot|wali[ \n]?kota)"
    r"|(?P<kabupaten>kabupaten(?:[ \n]+administrasi)?|kab\.?|pem(?:erintah)?kab|bupati)"
    r"|(?P<provinsi>pro[vp]insi|prop?v?\.|prov\b|pemprov|gubernur)"
    r")(?=(?:(?<=\.)[ ]*|[ ]+|[ ]*\n[ ]*)(?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
# Provinces that are named without the word "Provinsi".
_SPECIAL = re.compile(
    r"(?<!\w)(?:d(?:aerah|\.)?[ \n]*i(?:stimewa|\.)?[ \n]+yogyakarta|dki[ \n]+jakarta"
    r"|daerah[ \n]+khusus[ \n]+(?:ibukota[ \n]+|ibu[ \n]+kota[ \n]+)?jakarta)(?!\w)",
    re.IGNORECASE,
)
# Read from an image, or set too tight: "KOTAPONTIANAK".
_GLUED = re.compile(r"(?<!\w)(kota|kabupaten|provinsi)([^\W\d_]{4,}(?:[ ][^\W\d_]{4,}){0,2})", re.IGNORECASE)
# What these patterns begin with, in lower case, and its first letters: a place without them names no region.
_BEGINNINGS = ("pemerintah", "pemk", "pemprov", "kota", "wali", "kab", "bupati", "prov", "prop", "pro.", "gubernur")
_FIRST = frozenset(beginning[:3] for beginning in _BEGINNINGS)
_LETTERS = frozenset("dDkK\u212a").union(*(beginning[0] + beginning[0].upper() for beginning in _BEGINNINGS))
_WORD = re.compile(r"[ \t]*\n?[ \t]*([^\W\d_][\w'’-]*\.?)")
_NO_LETTERS = re.compile(r"[\W_]+")
SQUASHED = {code: None if _NO_LETTERS.match(chr(code)) else chr(code).lower() for code in range(1, 128)}
_OFFICES = ("wali", "bupati", "gubernur")  # heads of a region: their region is named, but not as the reporting one
_LONGEST = 5  # words of the longest official name


@value(frozen=True, slots=True)
class Wilayah:
    """A region: official `kode` (None when the name is not in the list), `nama` with its kind, `tingkat`."""

    kode: str | None
    nama: str
    tingkat: str  # provinsi | kabupaten | kota


@value(frozen=True, slots=True)
class Sebutan:
    """A region named in a text: where (offsets), which, and whether its name is spelt as in the official list."""

    start: int
    end: int
    wilayah: Wilayah
    exact: bool
    office: bool = False  # named through its head (Walikota, Bupati, Gubernur)


@lru_cache(maxsize=16384)
def squash(text: str) -> str:
    """Letters and digits alone: "Pare-Pare", "Parepare" and "PARE PARE" are one name."""
    if text.isascii() and "\0" not in text:
        return text.translate(SQUASHED)
    return _NO_LETTERS.sub("", lowered(text).casefold())


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, Wilayah]]:
    tables: dict[str, dict[str, Wilayah]] = {"provinsi": {}, "kabupaten": {}, "kota": {}}
    for row in reference("wilayah.csv"):
        level, name = row["tingkat"], row["nama"]
        bare = re.sub(r"^(?:Kota|Kabupaten)\s+", "", name)
        full = f"Provinsi {name}" if level == "provinsi" else name
        region = Wilayah(row["kode"], full, level)
        tables[level][squash(bare)] = region
        tables[level].setdefault(squash(bare.removeprefix("Administrasi ")), region)
        tables[level].setdefault(squash(bare.replace("Kepulauan", "Kep.")), region)
    for row in vocabulary("singkatan_wilayah"):
        tables[row["tingkat"]].setdefault(squash(row["singkatan"]), tables[row["tingkat"]][squash(row["nama"])])
    return tables


@lru_cache(maxsize=1)
def _others() -> dict[str, frozenset[str]]:
    """The names of the other kinds of region, for each kind."""
    tables = _tables()
    return {level: frozenset(key for other in tables if other != level for key in tables[other]) for level in tables}


def lookup(level: str, name: str) -> Wilayah | None:
    """The official region of that level with exactly this name (spaces, hyphens and case aside)."""
    return _tables()[level].get(squash(name))


@lru_cache(maxsize=4096)
def _nearest(level: str, key: str) -> tuple[Wilayah, int] | None:
    """The one official region of that level whose name is a misspelling away from `key`, and how many letters."""
    from rapidfuzz.distance import OSA

    if len(key) < 6 or any(key in table for table in _tables().values()):
        return None
    limit = 1 if len(key) < 10 else 2
    near: dict[Wilayah, int] = {}
    for name, region in _tables()[level].items():
        if name[0] == key[0] and abs(len(name) - len(key)) <= limit:
            distance = OSA.distance(name, key, score_cutoff=limit)
            if distance <= limit:
                near[region] = min(distance, near.get(region, distance))
    ranked = sorted(near.items(), key=lambda item: item[1])
    if not ranked or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0]


def _name_words(text: str, start: int) -> list[tuple[str, int]]:
    """Capitalised words from `start` on, with the offset behind each; a blank line or a sentence end closes them."""
    found: list[tuple[str, int]] = []
    position, stop = start, words("nama_henti", "kata")
    while len(found) < _LONGEST and (match := _WORD.match(text, position)):
        word = match.group(1)
        joiner = word == "dan" and found  # "Pangkajene dan Kepulauan"
        if not joiner and (not word[0].isupper() or squash(word) in stop):
            break
        bare = word.rstrip(".")
        found.append((bare, match.start(1) + len(bare)))
        if word != bare and len(bare) > 3:
            break
        position = match.end()
    return found


def _display(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")) if word.isupper() else word


def _match(level: str, found: list[tuple[str, int]]) -> tuple[Wilayah, int, bool] | None:
    table = _tables()[level]
    others = _others()[level]
    for n in range(len(found), 0, -1):
        key = squash("".join(word for word, _ in found[:n]))
        if key in table:
            return table[key], found[n - 1][1], True
        if n > 1 and key in others:
            return None  # "Kota Bandung Barat": another kind of region, not Kota Bandung
    near = []
    for n in range(len(found), 0, -1):
        hit = _nearest(level, squash("".join(word for word, _ in found[:n])))
        if hit:
            near.append((hit[1], -n, hit[0], found[n - 1][1]))
    if near:
        _, _, region, end = min(near, key=lambda item: item[:2])
        return region, end, False
    return None


def _unlisted(level: str, found: list[tuple[str, int]]) -> tuple[Wilayah, int, bool] | None:
    """A region that is not in the list, as printed: one word, or two."""
    taken: list[tuple[str, int]] = []
    for word, end in found[:2]:
        if _PREFIX.match(word + " X") or len(word) < 3 or word.casefold() in words("wilayah_umum", "kata"):
            break
        taken.append((word, end))
    if not taken:
        return None
    name = " ".join(_display(word) for word, _ in taken)
    return Wilayah(None, f"{level.capitalize()} {name}", level), taken[-1][1], False


def at(text: str, position: int) -> Sebutan | None:
    """The region named exactly at `position` of `text`, or None ("Kabupaten/Kota", "kota besar" name none)."""
    if text[position : position + 1] not in _LETTERS:
        return None
    first = lowered(text[position : position + 3])
    if first[:1] == "d":
        special = _SPECIAL.match(text, position)
        if special is None:
            return None
        region = lookup("provinsi", "DKI Jakarta" if "jakarta" in lowered(special.group()) else "DI Yogyakarta")
        return Sebutan(special.start(), special.end(), region, True) if region else None
    if first not in _FIRST:
        return None
    glued = _GLUED.match(text, position)
    if glued:
        return _unglued(glued)
    prefix = _PREFIX.match(text, position)
    if not prefix or text[max(0, position - 3) : position].rstrip().endswith("/"):
        return None
    level = next(name for name, value in prefix.groupdict().items() if value)
    found = _name_words(text, prefix.end())
    if not found:
        return None
    # "Pemerintah Daerah Provinsi X", "Provinsi Daerah Istimewa Yogyakarta": the list holds the long names as well.
    match = _match(level, found) or _unlisted(level, found)
    if not match:
        return None
    region, end, exact = match
    return Sebutan(prefix.start(), end, region, exact, lowered(prefix.group()).startswith(_OFFICES))


def _unglued(match: re.Match[str]) -> Sebutan | None:
    level, parts = lowered(match.group(1)), match.group(2).split(" ")
    for n in range(len(parts), 0, -1):
        name = " ".join(parts[:n])
        region = lookup(level, name)
        if region and not any(squash(match.group(1) + parts[0]) in table for table in _tables().values()):
            return Sebutan(match.start(), match.start(2) + len(name), region, True)
    return None


def _starts(text: str) -> list[int]:
    low = findable(text)
    begin = positions(_BEGINNINGS, low)
    starts = {m.start() for pattern in (_PREFIX, _GLUED) for m in seek_at(pattern, begin, text)}
    if "yogyakarta" in low or "jakarta" in low:
        starts |= {m.start() for m in _SPECIAL.finditer(text)}
    return sorted(starts)


def find(text: str) -> Iterator[Sebutan]:
    """All regions named in `text`, in order, without overlap."""
    position = 0
    for start in _starts(text):
        if start < position or text[max(0, start - 10) : start].casefold().rstrip().endswith("kecamatan"):
            continue
        mention = at(text, start)
        if mention:
            yield mention
            position = mention.end


@lru_cache(maxsize=1)
def _bare() -> dict[str, Wilayah | None]:
    """Names without their kind, where one region alone bears the name and it is no seat of a province."""
    bare: dict[str, Wilayah | None] = {}
    capitals = {row["kode"] for row in reference("wilayah.csv") if row["ibukota"]}
    for table in _tables().values():
        for key, region in table.items():
            bare[key] = None if bare.get(key, region) != region or region.kode in capitals else region
    return bare


def by_bare_name(name: str) -> Wilayah | None:
    """The region that a name without its kind can only mean (a place of signature, a file name), or None."""
    return _bare().get(squash(name))

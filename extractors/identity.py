"""Who reports, for which region and fiscal year, and which kind of document it is.

Evidence is weighed, none is trusted alone: the cover, running heads, captions, signatures, and the sentences in which
a report speaks of itself. The file name is asked last, and only for what the text leaves open.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extractors import instansi, tahun, wilayah
from extractors.datafiles import vocabulary
from extractors.instansi import Penyebutan
from extractors.tahun import Baris
from extractors.wilayah import Wilayah, squash
from schemas.document import Place
from schemas.records import Identity
from schemas.table import Block, TextLine

UNKNOWN = "tidak-dikenal"
_SLUG = 120  # characters of a slug: a path component on every file system
_COVER_LINES = 40
_FRONT = re.compile(
    r"^\W*(?:kata\s+pengantar|daftar\s+isi|bab\s+[ivx\d]+\b|ikhtisar|ringkasan\s+eksekutif|executive|pendahuluan|sambutan"
    r"|pernyataan|lembar|1\.\s?1\b|i\.\s?1\b)",
    re.IGNORECASE,
)
# Chapters of a report, as their letters alone (a running head may be letter-spaced).
_CHAPTER = re.compile(
    r"(?:bab[ivx\d]{1,4})?(akuntabilitaskinerja|pengukurankinerja|capaiankinerja|perencanaankinerja"
    r"|perencanaandanperjanjiankinerja)"
)
_OWN = re.compile(
    r"(?:lkj?ip|lakip|lkj|rkt|(?:laporan|rencana|perjanjian|penetapan)\b[^.;]{0,60}kinerja[^.;]{0,45})\W*$", re.I
)
_BOX = re.compile(
    r"(?:skpd|opd|perangkat\s+daerah|unit\s+(?:kerja|organisasi)|satuan\s+kerja|instansi)\s*[:|]?\s*$", re.I
)
_HEAD_OF = re.compile(r"(?:kepala|plt\.?|plh\.?|camat|direktur|inspektur|sekretaris)\s*$", re.IGNORECASE)
_LAW = re.compile(r"(?:peraturan|keputusan|undang|instruksi|surat\s+edaran)[^.;]{0,40}$", re.IGNORECASE)
_REVIEW = re.compile(r"(?:reviu|review|evaluasi|diaudit|pemeriksa)", re.IGNORECASE)
_CAPTION = re.compile(r"^\W*(?:tabel|table|gambar|grafik|diagram)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Text:
    """The document as one string, and what is known of each of its lines."""

    body: str = ""
    lines: list[Baris] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def line_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1


def identify(name: str, blocks: Sequence[Block], heads: Sequence[TextLine] = ()) -> Identity:
    """The identity of the document whose file is called `name` and whose laid-out content is `blocks`.

    `heads` are the running heads and feet that layout left out (`extractors.heads.running_heads`).

    What cannot be told is None (year 0, jenis "lain"). `places` are those of the lines that told.
    """
    text = _gather([*blocks, *heads])
    jenis, jenis_line = _kind(text, name)
    agency, region, told = _who(text)
    scores = tahun.weigh(text.lines, tahun.without_foreign_years(text.body), jenis)
    year = tahun.best(scores) or tahun.in_file_name(name)
    hinted_agency, hinted_region = _from_file_name(name)
    agency = agency or hinted_agency
    national = agency is not None and instansi.head_of(agency)[0] == "nasional"
    region = region or (None if national else hinted_region)
    told += [jenis_line] if jenis_line is not None else []
    told += [i for i, line in enumerate(text.lines) if line.cover and str(year) in line.text][:1]
    return Identity(
        instansi=agency,
        wilayah=region.nama if region else None,
        kode_wilayah=region.kode if region else None,
        year=year,
        jenis=jenis,
        agency=slug(agency, region.nama if region else None),
        places=tuple(dict.fromkeys(text.places[i] for i in told)),
    )


def slug(agency: str | None, region: str | None = None) -> str:
    """A safe path component: ASCII letters, digits and single hyphens, at most 120 characters, never empty.

    "Badan Kesatuan Bangsa dan Politik", "Kota Pontianak" -> "badan-kesatuan-bangsa-dan-politik-kota-pontianak".
    """
    if not agency or not _ascii(agency):
        return UNKNOWN
    whole = _ascii(agency)
    if region and not f"-{whole}-".endswith(f"-{_ascii(region)}-"):
        whole = f"{whole}-{_ascii(region)}".strip("-")
    if len(whole) > _SLUG:
        digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
        whole = f"{whole[: _SLUG - 9].rstrip('-')}-{digest}"
    return whole


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


# --- the document as lines ---------------------------------------------------------------------------------------


def _gather(blocks: Sequence[Block]) -> _Text:
    raw: list[tuple[str, Place, bool, bool, bool]] = []  # text, place, heading, gap above, cell
    for block in blocks:
        if isinstance(block, TextLine):
            raw.append(
                (re.sub(r"[*_]{1,2}", "", block.text).strip(), block.place, block.heading, block.blank_before, False)
            )
        else:
            raw += [
                (cell.text.strip(), cell.place, False, True, True)
                for row in block.rows
                for cell in row
                if cell is not None and re.search(r"[^\W\d]", cell.text)
            ]
    repeated = _repeated(raw)
    out = _Text()
    pieces: list[str] = []
    offset, cover = 0, _cover_end(raw)
    previous_page: int | None = None
    for index, (text, place, heading, gap, cell) in enumerate(raw):
        breaks = "\n\n" if gap or (place.page != previous_page) else "\n"
        previous_page = place.page
        pieces.append(breaks + text)
        out.starts.append(offset + len(breaks))
        offset += len(breaks) + len(text)
        times = repeated.get(re.sub(r"[\W\d]+", "", text), 1) if not cell else 1
        out.lines.append(Baris(text, index < cover, heading or _shouts(text), times, cell))
        out.places.append(place)
    out.body = "".join(pieces)
    return out


def _repeated(raw: Sequence[tuple[str, Place, bool, bool, bool]]) -> dict[str, int]:
    """How many pages bear the same line (its numbers aside): running heads and feet. In a text file, how many times."""
    pages: dict[str, set[int]] = defaultdict(set)
    for index, (text, place, _, _, cell) in enumerate(raw):
        key = re.sub(r"[\W\d]+", "", text)
        if not cell and len(key) > 8:
            pages[key].add(place.page or -index - 1)
    count = len({place.page for _, place, *_ in raw})
    return {key: len(bearing) for key, bearing in pages.items() if len(bearing) > max(2, 0.15 * count)}


def _shouts(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 5 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def _cover_end(raw: Sequence[tuple[str, Place, bool, bool, bool]]) -> int:
    """How many lines at the start are a cover or a title: short ones, before any chapter, preface or paragraph."""
    prose = 0
    for index, (text, place, _, _, cell) in enumerate(raw[:_COVER_LINES]):
        if cell and (len(text) < 10 or re.search(r"\d", re.sub(r"(?:19|20)\d\d", "", text))):
            return index
        if _FRONT.match(text) or (place.page or 1) > 2:
            return index
        lower = sum(word[:1].islower() for word in text.split())
        prose = prose + 1 if lower >= 6 else 0
        if len(text) > 200 or prose == 2:
            return max(0, index + 1 - max(prose, 1))
    return min(len(raw), _COVER_LINES)


# --- kind of document --------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    rows = vocabulary("jenis_laporan")
    longest_first = sorted((row["frasa"] for row in rows), key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.I), {r["frasa"]: (r["jenis"], float(r["bobot"])) for r in rows}


def _kinds_named(text: str) -> list[str]:
    pattern, meaning = _phrases()
    hits = [" ".join(hit.casefold().split()) for hit in pattern.findall(text)]
    parts = text.split()
    spaced = len(parts) > 5 and sum(len(part) == 1 for part in parts) > 0.7 * len(parts)  # L A P O R A N
    if not hits and (spaced or (len(text) < 100 and any(len(part) > 12 for part in parts))):  # LAPORANKINERJA
        tight = squash(text)
        hits = [phrase for phrase in meaning if len(phrase) > 10 and squash(phrase) in tight][:1]
    return hits


def _kind(text: _Text, name: str) -> tuple[str, int | None]:
    """The kind of document and the line that told. A title outweighs running heads, these chapters, these sentences."""
    pattern, meaning = _phrases()
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, int]] = {}
    seen: set[str] = set()
    titled = False
    for index, line in enumerate(text.lines):
        if line.cell:
            continue
        titled_so = not line.cover and len(line.text) < 90 and (line.heading or line.repeated > 2)
        chapter = _CHAPTER.match(squash(line.text)) if titled_so else None
        if chapter and chapter.group(1) not in seen:
            seen.add(chapter.group(1))
            scores["lkjip"] += 6.0
        hits = [] if chapter else _kinds_named(line.text)
        if not hits:
            continue
        weight = 0.05
        if line.cover:
            # The first title of a cover names the document; what follows is its setting.
            weight = (10.0 if len(line.text) < 120 else 3.0) * (1.0 if titled else 1.5)
        elif line.repeated > 2 and not _CAPTION.match(line.text):
            key = re.sub(r"[\W\d]+", "", line.text)
            weight = 0.0 if key in seen else 0.8 * min(line.repeated, 5)
            seen.add(key)
        titled = titled or line.cover
        for hit in hits:
            kind, value = meaning[hit]
            scores[kind] += weight * value
            if weight * value > best.get(kind, (0.0, 0))[0]:
                best[kind] = (weight * value, index)
    if not scores or max(scores.values()) < 0.3:
        hint = pattern.search(re.sub(r"[\W\d_]+", " ", name)) if not text.lines else None
        return (meaning[hint.group().casefold()][0] if hint else "lain"), None
    kind = max(scores, key=lambda k: scores[k])
    return kind, best[kind][1] if kind in best else None


# --- agency and region -------------------------------------------------------------------------------------------


# How much one kind of evidence can add up to, however often it is repeated.
_CAPS = {"cover": 50.0, "head": 15.0, "box": 12.0, "own": 12.0, "signer": 6.0}


def _who(text: _Text) -> tuple[str | None, Wilayah | None, list[int]]:
    """Agency, region, and the line that told best."""
    firm: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    plain: dict[str, float] = defaultdict(float)
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    regions: dict[Wilayah, float] = defaultdict(float)
    paired: dict[str, dict[Wilayah, float]] = defaultdict(lambda: defaultdict(float))
    best_line: dict[str, tuple[float, int]] = {}
    heads: set[tuple[str, str]] = set()
    for mention in instansi.find(text.body):
        index = text.line_at(mention.start)
        kind, strength, as_one_of_many = _weight(text, mention, index, heads)
        key = squash(mention.name)
        if kind:
            firm[key][kind] = min(firm[key][kind] + strength, _CAPS[kind])
        plain[key] += as_one_of_many
        shown[key][mention.name] += 1
        weight = strength + as_one_of_many
        if mention.region is not None:
            paired[key][mention.region.wilayah] += weight
        if weight > best_line.get(key, (0.0, 0))[0]:
            best_line[key] = (weight, index)
    for region in wilayah.find(text.body):
        line = text.lines[text.line_at(region.start)]
        weight = 8.0 if line.cover else 0.5 if line.heading or line.repeated > 2 else 0.2
        regions[region.wilayah] += weight * (1.0 if region.wilayah.kode else 0.4) * (0.3 if region.office else 1.0)
    # A minor unit (a kecamatan, a laboratory) that is only mentioned is somebody else's subject.
    scores = {
        key: sum(firm[key].values()) + 3.0 * plain[key] ** 0.5
        for key in shown
        if firm[key] or instansi.head_of(shown[key].most_common(1)[0][0])[1] >= 0.5
    }
    chosen = _choose(scores, shown)
    if chosen is None:
        return None, _best_region({}, regions) or _signed_at(text), []
    name = shown[chosen].most_common(1)[0][0]
    scope, _ = instansi.head_of(name)
    near: dict[Wilayah, float] = defaultdict(float)
    for other, weights in paired.items():
        if other == chosen or _alike(other, chosen):
            for found, weight in weights.items():
                near[found] += weight
    home = _best_region(near, {} if scope == "nasional" else regions)
    if home is None and scope == "daerah":
        home = _signed_at(text)
    return name, home, [best_line[chosen][1]]


def _weight(text: _Text, mention: Penyebutan, index: int, heads: set[tuple[str, str]]) -> tuple[str, float, float]:
    """What one mention says for its agency: the kind of place and its weight there, and its weight as one of many."""
    line = text.lines[index]
    before = text.body[max(0, mention.start - 110) : mention.start]
    before = before[before.rfind("\n\n") + 2 :] if "\n\n" in before else before
    sure = mention.weight * (1.0 if mention.closed else 0.6)
    if line.cover:
        weight = 25.0 * max(sure, 0.6 if mention.closed else 0.3)
        if instansi.is_subordinate(mention.name) and mention.start == text.starts[index] and mention.closed:
            weight = 45.0  # the unit that reports stands on the cover beside the agency it belongs to
        return "cover", weight, 1.5 * sure
    if _LAW.search(before):
        return "", 0.0, 0.1 * sure
    if line.repeated > 2 and not line.cell:
        seen = (squash(mention.name), re.sub(r"[\W\d]+", "", line.text))
        if seen in heads:
            return "", 0.0, 0.0
        heads.add(seen)
        return "head", min(3.0 * line.repeated, 15.0) * sure, 1.5 * sure
    plain = (1.5 if mention.region else 0.5) * sure
    if _CAPTION.match(line.text) or line.heading:
        plain += sure
    if _BOX.search(before):
        return "box", 6.0 * sure, plain
    if _OWN.search(before) and not _REVIEW.search(text.body[mention.end : mention.end + 60]):
        return "own", 4.0 * sure, plain
    if _HEAD_OF.search(before):
        return "signer", 1.5 * sure, plain
    return "", 0.0, plain


def _alike(one: str, other: str) -> bool:
    """Two spellings of one name: a letter or two apart, or one cut short."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) >= 92 or (
        min(len(one), len(other)) > 12 and (one.startswith(other) or other.startswith(one))
    )


def _choose(scores: dict[str, float], shown: dict[str, Counter[str]]) -> str | None:
    """The agency whose spellings together weigh most; of these the spelling that weighs most itself.

    A name over which only a government stands ("Pemerintah Kota X") gives way to an agency named with weight.
    """
    if not scores:
        return None
    ranked = sorted(scores, key=lambda key: -scores[key])[:60]
    total = {
        key: sum(scores[o] * (1.0 if o == key else 0.5) for o in ranked if o == key or _alike(o, key)) for key in ranked
    }
    key = max(ranked, key=lambda k: total[k])
    if total[key] < 0.8:
        return None
    if key.startswith("pemerintah"):
        agencies = [k for k in ranked if not k.startswith("pemerintah") and total[k] >= 0.5 * total[key]]
        if agencies:
            key = max(agencies, key=lambda k: total[k])
    return max((o for o in ranked if o == key or _alike(o, key)), key=lambda k: (scores[k], len(k)))


def _best_region(near: dict[Wilayah, float], general: dict[Wilayah, float]) -> Wilayah | None:
    """Regions named right behind the agency count four times as much as those named anywhere."""
    scores: dict[Wilayah, float] = defaultdict(float)
    for region, weight in near.items():
        scores[region] += 4.0 * weight * (1.0 if region.kode else 0.7)
    for region, weight in general.items():
        scores[region] += min(weight, 10.0)
    if not scores:
        return None
    best = max(scores, key=lambda region: (scores[region], region.nama))
    return best if scores[best] >= 0.5 or best.kode else None


def _signed_at(text: _Text) -> Wilayah | None:
    """The region of the place of signature ("Wonosobo, 15 Februari 2018"), where one region alone has that name."""
    for line in reversed(text.lines):
        match = re.match(r"^\W*([A-Z][A-Za-z ]{2,30}?),?\s*\d{0,2}\s*[A-Z][a-z]+\s+(?:19|20)\d\d\W*$", line.text)
        if match and (region := wilayah.by_bare_name(match.group(1))):
            return region
    return None


def _from_file_name(name: str) -> tuple[str | None, Wilayah | None]:
    """What a file name says ("wonosobo_diskominfo_2017.pdf"), for what the text leaves open."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", re.split(r"[/\\]", name)[-1])
    parts = [p for p in re.split(r"[\W_]+", stem) if p and not p.isdigit()]
    short = {squash(r["singkatan"]): r["kepanjangan"] for r in vocabulary("singkatan_instansi") if r["utuh"] == "ya"}
    agency = next((short[squash(p)] for p in parts if squash(p) in short), None)
    spelled = next(instansi.find(" ".join(p.capitalize() if p.islower() else p for p in parts)), None)
    if agency is None and spelled is not None and spelled.closed:
        agency = spelled.name
    level = {"kota": "kota", "kab": "kabupaten", "kabupaten": "kabupaten", "prov": "provinsi", "provinsi": "provinsi"}
    for n in (3, 2, 1):
        for i in range(len(parts) - n + 1):
            bare = " ".join(parts[i : i + n])
            kind = level.get(parts[i - 1].casefold()) if i else None
            region = wilayah.lookup(kind, bare) if kind else wilayah.by_bare_name(bare)
            if region:
                return agency, region
    return agency, None

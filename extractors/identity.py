"""Who reports, for which region and fiscal year, and which kind of document it is.

Evidence is weighed, none is trusted alone: the cover, running heads, captions, signatures, and the sentences in which
a report speaks of itself. The file name is asked last, and only for what the text leaves open.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from extractors import instansi, tahun, wilayah
from extractors.datafiles import vocabulary
from extractors.instansi import Penyebutan
from extractors.jenis import kind_of
from extractors.naskah import Naskah, gather, letters_of
from extractors.seek import lowered
from extractors.wilayah import Wilayah, squash
from schemas.records import Identity
from schemas.table import Block, TextLine

UNKNOWN = "tidak-dikenal"
_SLUG = 120  # characters of a slug: a path component on every file system
_OWN = re.compile(
    r"(?:lkj?ip|lakip|lkj|rkt|(?:laporan|rencana|perjanjian|penetapan)\b[^.;]{0,60}kinerja[^.;]{0,45})\W*$", re.I
)
_BOX = re.compile(
    r"(?:skpd|opd|perangkat\s+daerah|unit\s+(?:kerja|organisasi)|satuan\s+kerja|instansi)\s*[:|]?\s*$", re.I
)
_HEAD_OF = re.compile(r"(?:kepala|plt\.?|plh\.?|camat|direktur|inspektur|sekretaris)\s*$", re.IGNORECASE)
# What stands in all that _LAW and _OWN find, and with one of which ends what _BOX and _HEAD_OF find, in lower case.
_LAWS = ("peraturan", "keputusan", "undang", "instruksi", "edaran")
_OWNS = ("kinerja", "lkj", "lki", "lakip", "rkt")
_BOXES = ("skpd", "opd", "daerah", "kerja", "organisasi", "instansi")
_HEADS = ("kepala", "plt", "plt.", "plh", "plh.", "camat", "direktur", "inspektur", "sekretaris")
_LAW = re.compile(r"(?:peraturan|keputusan|undang|instruksi|surat\s+edaran)[^.;]{0,40}$", re.IGNORECASE)
_REVIEW = re.compile(r"(?:reviu|review|evaluasi|diaudit|pemeriksa)", re.IGNORECASE)
_CAPTION = re.compile(r"^\W*(?:tabel|table|gambar|grafik|diagram)\b", re.IGNORECASE)


def identify(name: str, blocks: Sequence[Block], heads: Sequence[TextLine] = ()) -> Identity:
    """The identity of the document whose file is called `name` and whose laid-out content is `blocks`.

    `heads` are the running heads and feet that layout left out (`extractors.heads.running_heads`).

    What cannot be told is None (year 0, jenis "lain"). `places` are those of the lines that told.
    """
    text = gather([*blocks, *heads])
    jenis, jenis_line = kind_of(text, name)
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


# --- agency and region -------------------------------------------------------------------------------------------


# How much one kind of evidence can add up to, however often it is repeated.
_CAPS = {"cover": 50.0, "head": 15.0, "box": 12.0, "own": 12.0, "signer": 6.0}


def _who(text: Naskah) -> tuple[str | None, Wilayah | None, list[int]]:
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


def _weight(text: Naskah, mention: Penyebutan, index: int, heads: set[tuple[str, str]]) -> tuple[str, float, float]:
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
    low = lowered(before)
    if any(map(low.__contains__, _LAWS)) and _LAW.search(before):
        return "", 0.0, 0.1 * sure
    if line.repeated > 2 and not line.cell:
        seen = (squash(mention.name), letters_of(line.text))
        if seen in heads:
            return "", 0.0, 0.0
        heads.add(seen)
        return "head", min(3.0 * line.repeated, 15.0) * sure, 1.5 * sure
    plain = (1.5 if mention.region else 0.5) * sure
    if _CAPTION.match(line.text) or line.heading:
        plain += sure
    end = low.rstrip()
    if end.rstrip(" \n\t:|").endswith(_BOXES) and _BOX.search(before):
        return "box", 6.0 * sure, plain
    if (
        any(map(low.__contains__, _OWNS))
        and _OWN.search(before)
        and not _REVIEW.search(text.body[mention.end : mention.end + 60])
    ):
        return "own", 4.0 * sure, plain
    if end.endswith(_HEADS) and _HEAD_OF.search(before):
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


def _signed_at(text: Naskah) -> Wilayah | None:
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

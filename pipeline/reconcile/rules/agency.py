"""Another agency or another region in the place of the reporting one: left over from a report that served as a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.reconcile.checking import plain
from pipeline.reconcile.prose import Paragraph, paragraphs, paragraphs_of, snippet
from pipeline.reconcile.regions import is_official, is_own, region_at, split
from pipeline.reconcile.screen import holding, positions, stems
from schemas.checks import Check, Evidence, Outcome
from schemas.records import Report
from schemas.table import TextLine
from schemas.vocab import load

RULE = "agency"
SOURCE = "PermenPAN-RB 53/2014: a report is that of one agency; its identity tells which"

CAPTION = "Judul tabel:"
LEVELS = ("provinsi", "kabupaten", "kota")
USUAL = 3  # mentions under its right name, before another kind of agency of that name is a slip
SIBLINGS = 2  # sentences around that name the own region, before one with another level is a slip
AROUND = 8  # paragraphs on either side that are looked at for such sentences
BEFORE = 60  # characters before a name that tell whose it is
_BECAME = re.compile(
    r"\W*(?:yang\s+)?(?:kemudian\s+|telah\s+|kini\s+)?menjadi\s+(?:badan|dinas|kantor)\b", re.IGNORECASE
)
UNCLEAR = "tidak jelas apakah instansi pelapor yang dimaksud"


def check(report: Report) -> Iterator[Check]:
    """Nama instansi dan wilayah dalam kalimat tentang instansi pelapor adalah namanya sendiri."""
    who = report.identity
    if not who.instansi or not who.wilayah:
        return
    text = paragraphs_of(report)
    head, _, core = who.instansi.partition(" ")
    if core and head.casefold() in kind("kepala"):
        yield from _names(report, text, head, core)
    yield from _levels(text, who.wilayah)


@cache
def kind(name: str) -> tuple[str, ...]:
    """Words of one kind, the longest first."""
    return tuple(sorted((row["kata"] for row in load("kata_instansi") if row["jenis"] == name), key=len, reverse=True))


@cache
def _ends_with(name: str) -> re.Pattern[str]:
    """A text that ends with a word of a kind, with at most three words behind it."""
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in kind(name))
    return re.compile(
        rf"(?<!\w)(?:{words})(?:\s+(?:kepala|pada|tahun|utama|oleh|bagi|:))?\s*[:“\"(]*\s*$", re.IGNORECASE
    )


@cache
def _has(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in kind(name))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _does() -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in kind("perbuatan"))
    year = r"(?:\s*,)?(?:\s+(?:pada\s+)?tahun(?:\s+anggaran)?\s+(?:19|20)\d\d)?"
    return re.compile(
        rf"{year}(?:\s+(?:telah|juga|sudah|akan|menunjukkan))?(?:\s+(?:{words})(?!\w)|\s+menunjukkan)", re.IGNORECASE
    )


def _names(report: Report, text: Sequence[Paragraph], head: str, core: str) -> Iterator[Check]:
    """Every mention of an agency of the own kind: its head word and its region."""
    own = report.identity.wilayah or ""
    heads = "|".join(kind("kepala"))
    words = r"\s+".join(re.escape(word) for word in core.split())
    mention = re.compile(rf"(?<!\w)(?P<head>{heads})\s+{words}(?!\w)", re.IGNORECASE)
    text = (*holding(text, stems(*core.split()[:1])), *_captions(report))
    found = [(paragraph, match) for paragraph in text for match in mention.finditer(paragraph.text)]
    usual = sum(match["head"].casefold() == head.casefold() for _, match in found)
    several = len(core.split()) > 1
    for paragraph, match in found:
        region = region_at(paragraph.text, match.end())
        mine = is_own(paragraph.text, match.end(), own)
        same_head = match["head"].casefold() == head.casefold()
        if same_head and (mine or region is None):
            continue
        context = _context(paragraph, match)
        if context == "luar":
            continue
        if region is not None and not mine:
            if is_official(own) and not region.official:
                continue
            yield _mention(report, paragraph, match, region.end, context == "milik")
        elif several and usual >= USUAL and (mine or region is None):
            yield _mention(report, paragraph, match, match.end() if region is None else region.end, True)
    if usual:
        first, match = next((p, m) for p, m in found if m["head"].casefold() == head.casefold())
        name = f"Nama instansi: {report.identity.instansi} ({usual} kali)"
        yield plain(RULE, "words", name, Outcome.COCOK, first.place_at(match.start()))


def _captions(report: Report) -> Iterator[Paragraph]:
    """Captions of tables as text; a caption says of its table whose it is."""
    for table in report.tables:
        if table.raw.title and not _has("luar").search(table.raw.title):
            place = table.raw.caption_place or table.raw.place_first
            yield from paragraphs((TextLine(f"{CAPTION} {table.raw.title}", place),))


def _context(paragraph: Paragraph, match: re.Match[str]) -> str:
    """Whether the words around a name say it is another agency ("luar"), the own one ("milik"), or nothing ("")."""
    start, _ = paragraph.sentence_at(match.start())
    sentence = paragraph.text[start : match.start()]
    near = sentence[-BEFORE:]
    if _has("hukum").search(sentence[-3 * BEFORE :]) or _has("dahulu").search(near):
        return "luar"
    if match["head"].casefold() == "kantor" and _ends_with("gedung").search(near):
        return "luar"
    own = _ends_with("milik").search(near) is not None or sentence.startswith(CAPTION)
    if not own and _ends_with("luar").search(near):
        return "luar"
    region = region_at(paragraph.text, match.end())
    after = paragraph.text[region.end if region else match.end() :]
    if _has("dahulu").search(after[:BEFORE].split(".")[0]) or _BECAME.match(after):
        return "luar"
    beginning = not near.strip(" ,-") or near.rstrip().endswith((",", ";"))
    does = _does().match(after) is not None
    return "milik" if own or (does and (beginning or not _has("luar").search(near))) else ""


def _mention(report: Report, paragraph: Paragraph, match: re.Match[str], end: int, sure: bool) -> Check:
    who = report.identity
    stated = " ".join(paragraph.text[match.start() : end].split())
    region = f" {who.wilayah}" if region_at(paragraph.text, match.end()) else ""
    around = snippet(paragraph.text, match.start(), end, 90)
    before = " ".join(paragraph.text[max(0, match.start() - BEFORE) : match.start()].split()[-5:])
    return plain(
        RULE,
        "words",
        f"{before} {stated}".strip(),
        Outcome.TIDAK_COCOK if sure else Outcome.TAK_TERUJI,
        paragraph.place_at(match.start()),
        stated_as=stated,
        expected=f"{who.instansi}{region}",
        reason=None if sure else UNCLEAR,
        detail=(("pesan", "agency_name"), ("kalimat", around), ("berat", "rendah")),
        seen=(Evidence(stated, paragraph.place_at(match.start())),),
    )


def _levels(text: Sequence[Paragraph], own: str) -> Iterator[Check]:
    """ "di wilayah provinsi" in one of several like sentences that say "di wilayah kota Sukamaju"."""
    where = re.compile(
        rf"\b(?P<word>\w+)\s+(?P<scope>{'|'.join(re.escape(word) for word in kind('lingkup'))})"
        rf"(?=\s+(?P<level>{'|'.join(LEVELS)})(?!\w))",
        re.IGNORECASE,
    )
    there = positions(text, stems(*kind("lingkup")), LEVELS)
    found = [(number, text[number], match) for number in there for match in where.finditer(text[number].text)]
    mine = [(number, match) for number, p, match in found if is_own(p.text, match.end(), own)]
    level, _ = split(own)
    for number, paragraph, match in found:
        said = match["level"].casefold()
        rest = paragraph.text[match.end("level") :]
        if (
            said == level
            or region_at(paragraph.text, match.end())
            or re.match(r"\s*(?:[,/]|dan\b|atau\b|maupun\b)", rest)
        ):
            continue
        near = [other for at, other in mine if abs(at - number) <= AROUND]
        alike = [other for other in near if other["word"].casefold() == match["word"].casefold()]
        if len(near) >= SIBLINGS and alike:
            yield _level(paragraph, match, own)


def _level(paragraph: Paragraph, match: re.Match[str], own: str) -> Check:
    scope = match["scope"]
    stated = f"{scope} {match['level']}"
    place = paragraph.place_at(match.start("scope"))
    end = match.end("level")
    start = max(0, match.start() - BEFORE)
    return plain(
        RULE,
        "words",
        f"{' '.join(paragraph.text[start : match.end('word')].split()[-6:])}: wilayah",
        Outcome.TIDAK_COCOK,
        place,
        stated_as=stated,
        expected=f"{scope} {own}",
        detail=(
            ("pesan", "agency_level"),
            ("kalimat", snippet(paragraph.text, match.start("scope"), end, 90)),
            ("berat", "rendah"),
        ),
        seen=(Evidence(stated, place),),
    )

"""What a page shows: plain values that templates only lay out. Texts are already `visible`; Jinja escapes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipeline.report.labels import Both
from pipeline.report.review import Review

Row = dict[str, Any]
NOWHERE = Both("", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a calculation. `role`: part, wrong (what the finding is about), plain."""

    name: str
    place: Both
    printed: str
    value: str
    role: str = "part"


@dataclass(frozen=True, slots=True)
class Working:
    """A relation written out. `kind`: sum (parts, their total), ratio (formula), equal (places that say otherwise)."""

    kind: str
    rule: str
    title: Both
    lines: tuple[Line, ...]
    formula: str = ""
    computed: str = ""
    stated: str = ""
    difference: str = ""
    stated_wrong: bool = True
    stated_place: Both = NOWHERE


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `mark`: "" none, "ok" checked and agrees, "wrong", "seen" (evidence beside the wrong one)."""

    text: str
    mark: str = ""
    rows: int = 1
    cols: int = 1
    anchor: str = ""
    finding: str = ""
    checks: str = ""
    number: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; `gap` counts rows left out before it in an excerpt, `place` is its line or page."""

    cells: tuple[Cell, ...]
    place: str = ""
    gap: int = 0
    head: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The rows of a table in which evidence stands."""

    table_id: str
    name: Both
    title: str
    rows: tuple[TableRow, ...]
    after: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in which evidence stands, in pieces with the same marks as cells."""

    place: Both
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A mark on a crop, in points from the crop's upper left corner."""

    x: float
    y: float
    width: float
    height: float
    mark: str


@dataclass(frozen=True, slots=True)
class Crop:
    """A piece of a page image with marks. `src` is relative to the page; sizes in points of the displayed page."""

    src: str
    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class OtherSide:
    """The document a finding compares with: its page (empty: it is gone), its name, the places in it."""

    page: str
    title: Both
    excerpts: tuple[Excerpt, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding with its evidence. `unit` is that of the wrong figure; `money` its difference if that is rupiah."""

    row: Row
    rule: Both
    subject: str
    printed: str
    stated: str
    expected: str
    difference: str
    pesan: str
    message: str
    suggestion: Both | None
    place: Both
    money: Decimal | None
    workings: tuple[Working, ...]
    excerpts: tuple[Excerpt, ...]
    passages: tuple[Passage, ...]
    crops: tuple[Crop, ...] = ()
    page_links: tuple[tuple[int, str], ...] = ()
    review: Review | None = None
    other: OtherSide | None = None

    @property
    def id(self) -> str:
        return str(self.row["temuan_id"])

    @property
    def severity(self) -> str:
        return str(self.row["severity"])


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as it was read, with marks."""

    table_id: str
    name: Both
    title: str
    kind: str
    place: Both
    rows: tuple[TableRow, ...]
    n_ok: int
    n_wrong: int
    pieces: int
    more: int = 0


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """The checks of one rule by outcome, and why some could not be made."""

    rule: str
    counts: Mapping[str, int]
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Coverage:
    rules: tuple[RuleCoverage, ...]

    def count(self, outcome: str) -> int:
        return sum(rule.counts.get(outcome, 0) for rule in self.rules)

    @property
    def total(self) -> int:
        return sum(rule.total for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: `share` of the widest, 0 to 1; `cut` where the value goes beyond the chart."""

    label: str
    share: float
    text: str
    kind: str = ""
    cut: bool = False
    inner: float | None = None


@dataclass(frozen=True, slots=True)
class ChartRow:
    name: str
    bars: tuple[Bar, ...]
    flag: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """`mark` is where 100 % stands, as a share of the width."""

    title: Both
    note: Both
    rows: tuple[ChartRow, ...]
    mark: float | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What a document gives to the index, the workbook and the CSV, after its page is written."""

    head: Row
    page: str
    findings: tuple[Row, ...]
    coverage: Coverage
    severities: Mapping[str, int]
    money: Decimal
    money_findings: int
    pages_failed: int
    doubts: int
    book: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)

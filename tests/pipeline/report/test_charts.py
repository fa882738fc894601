"""Charts draw what is printed, and nothing else."""

from __future__ import annotations

from decimal import Decimal

from pipeline.report.charts import charts, indicators, programmes, years
from pipeline.report.load import Data, earlier
from schemas.datasets import BY_NAME


def data_of(doc, before=None) -> Data:
    return Data({"document_id": doc.id, "year": doc.year}, {name: doc.rows.get(name, []) for name in BY_NAME}, before)


def line(doc, uraian: str, anggaran: str | None, realisasi: str | None, **given):
    def money(text):
        return None if text is None else Decimal(text)

    known = {
        "dataset": "anggaran",
        "tingkat": "program",
        "kelompok": "belanja",
        "dijumlahkan": True,
        "sumber_tabel": "t1",
    }
    return doc.add("ringkasan", uraian=uraian, anggaran=money(anggaran), realisasi=money(realisasi), **(known | given))


def indicator(doc, uraian: str, capaian: str, **given):
    return doc.add("ringkasan", dataset="kinerja", uraian=uraian, capaian=Decimal(capaian), sumber_tabel="t2", **given)


def test_no_figures_no_chart(new_doc):
    assert charts(data_of(new_doc())) == []


def test_bars_are_shares_of_the_widest(new_doc):
    doc = new_doc()
    line(doc, "Program Taman", "1000", "900", persen=Decimal("90.0000"))
    line(doc, "Program Jalan", "500", "750")
    chart = programmes(data_of(doc))
    assert chart is not None
    first, second = (row.bars[0] for row in chart.rows)
    assert (first.share, first.inner, first.kind) == (1.0, 0.9, "")
    assert first.text == "Rp 900 (90 %)"
    assert (second.share, second.inner, second.kind) == (0.5, 0.75, "over")


def test_a_figure_that_is_not_printed_is_not_drawn(new_doc):
    doc = new_doc()
    line(doc, "Program Taman", "1000", None)
    chart = programmes(data_of(doc))
    assert chart is not None
    assert chart.rows[0].bars[0].inner is None
    assert chart.rows[0].bars[0].text == "–"


def test_programmes_are_preferred_to_their_parts(new_doc):
    doc = new_doc()
    line(doc, "Program Taman", "1000", "900")
    line(doc, "Kegiatan Pupuk", "600", "500", tingkat="kegiatan", dijumlahkan=False)
    chart = programmes(data_of(doc))
    assert chart is not None
    assert [row.name for row in chart.rows] == ["Program Taman"]


def test_capaian_over_the_years_and_beyond_the_chart(new_doc):
    doc = new_doc()
    indicator(doc, "Taman terawat", "363.63")
    known = {"table_id": "t2", "acuan": "tahunan", "indikator": "TAMAN  terawat"}
    doc.add("kinerja", record_id="r1", tahun=2023, capaian=Decimal("97.22"), **known)
    doc.add("kinerja", record_id="r2", tahun=2023, periode="TW1", capaian=Decimal("11"), **known)
    chart = indicators(data_of(doc))
    assert chart is not None
    old, now = chart.rows[0].bars
    assert (old.label, old.text, old.kind, old.cut) == ("2023", "97,22 %", "before", False)
    assert (now.label, now.text, now.kind, now.cut, now.share) == ("2024", "363,63 %", "now", True, 1.0)
    assert chart.mark == 0.5


def test_years_of_the_agency_stand_side_by_side(new_doc):
    doc, old = new_doc(), new_doc(year=2023)
    line(doc, "Program Taman", "1000", "900")
    row = line(old, "Program Taman", "2000", "100")
    assert years(data_of(doc)) is None
    chart = years(data_of(doc, {2023: [row]}))
    assert chart is not None
    assert [(row.name, row.bars[0].share) for row in chart.rows] == [("2023", 1.0), ("2024", 0.5)]


def test_earlier_years_take_one_performance_report_for_each_year():
    def head(id_: str, year: int, jenis: str = "lkjip", agency: str = "dinas", status: str = "ok"):
        return {"document_id": id_, "agency": agency, "year": year, "jenis": jenis, "status": status}

    heads = [
        head("a", 2024), head("b", 2023, "rkt"), head("c", 2023), head("d", 2023), head("e", 2022, status="failed"),
        head("f", 2021, agency="tidak-dikenal"), head("g", 2025),
    ]  # fmt: skip
    assert [one["document_id"] for one in earlier(heads)["a"]] == ["c"]
    assert earlier(heads)["c"] == []

"""Every page renders in both languages, and a review outlives the app and a new ingest."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

testing = pytest.importorskip("streamlit.testing.v1", reason="the extra dashboard is not installed")
pytest.importorskip("duckdb", reason="the extra dashboard is not installed")

import pipeline.dashboard  # noqa: E402
from pipeline.dashboard.launch import HOST, OUT_VARIABLE, command  # noqa: E402
from pipeline.ingest import Settings, ingest  # noqa: E402
from pipeline.review.misread import overlays  # noqa: E402
from pipeline.review.reviews import reviews, set_review  # noqa: E402

APP = Path(pipeline.dashboard.__file__).with_name("app.py")
PAGES = {
    "ringkasan": ("Ringkasan", "Overview"),
    "instansi": ("Satu instansi, semua tahun", "One agency over the years"),
    "temuan": ("Temuan", "Findings"),
    "tinjauan": ("Tinjauan", "Review"),
    "data": ("Data", "Data"),
}


class Silent:
    def begin(self, total: int) -> None: ...
    def done(self, result: object) -> None: ...


@pytest.fixture
def mine(out: Path, tmp_path: Path) -> Path:
    """An OUT of one's own, to write in."""
    return Path(shutil.copytree(out, tmp_path / "out"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch):
    # AppTest makes the app the main module; worker processes of later tests would start with it.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])

    def open_(out: Path, page: str, lang: str = "id", **params: str):
        monkeypatch.setenv(OUT_VARIABLE, str(out))
        app = testing.AppTest.from_file(str(APP), default_timeout=60)
        app.query_params["page"], app.query_params["lang"] = page, lang
        for name, value in params.items():
            app.query_params[name] = value
        return app.run()

    return open_


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_renders(out: Path, opened, page: str, lang: str):
    app = opened(out, page, lang)
    assert [e.value for e in (*app.exception, *app.error, *app.warning)] == []
    assert app.header[0].value == PAGES[page][lang == "en"]
    assert len(app.dataframe) > 0


def test_text_of_reports_is_in_no_markdown(out: Path, opened):
    for page in PAGES:
        app = opened(out, page)
        said = [e.value for e in (*app.markdown, *app.caption, *app.header, *app.subheader)]
        assert not [text for text in said if "HYPERLINK" in text or "http://x" in text], page


def test_an_empty_out_renders_too(tmp_path: Path, opened):
    from pipeline.store import open_for_writing

    open_for_writing(tmp_path / "out")
    for page in PAGES:
        app = opened(tmp_path / "out", page)
        assert [e.value for e in (*app.exception, *app.error)] == [], page


def finding_of(out: Path) -> dict[str, object]:
    from pipeline.answers import Filter, findings_of

    (finding,) = [row for row in findings_of(out, Filter()) if row["rule"] == "sum"]
    return finding


def fill(app, id_: str, status: str, note: str, by: str):
    app.selectbox(key=f"s-tinjauan-{id_}").set_value(status)
    app.text_area(key=f"c-tinjauan-{id_}").set_value(note)
    app.text_input(key=f"oleh-tinjauan-{id_}").set_value(by)
    return next(b for b in app.button if b.label == "Simpan").click().run()


def test_a_review_survives_a_restart_and_a_new_ingest(mine: Path, reports: Path, tmp_path: Path, opened, report_text):
    id_ = str(finding_of(mine)["temuan_id"])
    app = fill(opened(mine, "tinjauan", temuan=id_), id_, "diterima", "benar keliru", "Siti")
    assert [e.value for e in app.success] == ["Tersimpan."]
    held = reviews(mine)[id_]
    assert (held.status, held.notes, held.by) == ("diterima", "benar keliru", "Siti")

    folder = Path(shutil.copytree(reports, tmp_path / "laporan"))
    ingest([folder], mine, Settings(jobs=0, retry_failed=True), Silent())
    app = opened(mine, "tinjauan", temuan=id_)
    assert app.selectbox(key=f"s-tinjauan-{id_}").value == "diterima"

    (folder / "b-2024.txt").write_text(report_text("DINAS PASAR KOTA SUKAMAJU", 2024))  # corrected: nothing to find
    ingest([folder], mine, Settings(jobs=0), Silent())
    app = opened(mine, "tinjauan", temuan=id_)
    assert [e.value for e in app.warning] == ["Temuan ini tidak muncul lagi."]
    assert reviews(mine)[id_].notes == "benar keliru"


def test_two_people_at_once(mine: Path, opened):
    finding = finding_of(mine)
    id_ = str(finding["temuan_id"])
    first = opened(mine, "tinjauan", temuan=id_)
    set_review(mine, finding, status="ditolak", note="bukan kesalahan", by="Budi")
    first = fill(first, id_, "selesai", "sudah diperbaiki", "Siti")
    assert "catatan Anda tetap tersimpan" in first.warning[0].value
    held = reviews(mine)[id_]
    assert (held.status, held.notes) == ("ditolak", "Budi: bukan kesalahan | Siti: sudah diperbaiki")


def test_a_misreading_is_marked_and_the_next_ingest_honours_it(mine: Path, reports: Path, opened):
    finding = finding_of(mine)
    id_, document = str(finding["temuan_id"]), str(finding["document_id"])
    app = opened(mine, "tinjauan", temuan=id_)
    figure = app.selectbox(key=f"angka-tinjauan-{id_}").options[0].partition(":")[0]
    app.text_input(key=f"benar-tinjauan-{id_}").set_value("tiga juta")
    button = next(b for b in app.button if b.label == "Tandai salah baca")
    app = button.click().run()
    assert "tidak dapat dibaca sebagai angka" in app.error[0].value
    app.text_input(key=f"benar-tinjauan-{id_}").set_value("3.000.000")
    app = next(b for b in app.button if b.label == "Tandai salah baca").click().run()
    assert "3.000.000" in [text.value for text in app.text]
    assert overlays(mine)[document][0].angka_id == figure

    done = ingest([reports], mine, Settings(jobs=0), Silent())
    assert (done.read, done.unchanged) == (1, 4)
    app = opened(mine, "tinjauan", temuan=id_)
    assert [e.value for e in app.warning] == ["Temuan ini tidak muncul lagi."]
    assert reviews(mine)[id_].status == "salah baca"


def test_it_is_served_to_this_computer_alone_and_tells_nobody():
    given = command(8501, browser=False)
    assert HOST == "127.0.0.1"
    assert "--server.address=127.0.0.1" in given
    assert "--browser.gatherUsageStats=false" in given
    assert "--server.headless=true" in given

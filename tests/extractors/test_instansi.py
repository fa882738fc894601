"""Agencies named in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.instansi import find, head_of, is_subordinate, title_case


def named(text: str) -> list[tuple[str, str | None]]:
    return [(m.name, m.region.wilayah.nama if m.region else None) for m in find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dinas Contoh Raya Kota Cimahi melaporkan", [("Dinas Contoh Raya", "Kota Cimahi")]),
        ("DINAS CONTOH\nRAYA KOTA\nCIMAHI", [("Dinas Contoh Raya", "Kota Cimahi")]),
        ("DINAS CONTOH\n\nRAYA", [("Dinas Contoh", None)]),
        ("DINAS CONTOH\nJALAN MERDEKA", [("Dinas Contoh", None)]),
        ("Kepala Dinas Contoh,\nBudi Contoh, S.Kom", [("Dinas Contoh", None)]),
        ("Dinas Taman, Air dan Udara", [("Dinas Taman, Air dan Udara", None)]),
        ("Dinas Taman Dan Air yang baik", [("Dinas Taman dan Air", None)]),
        ("Dinas Taman & Air", [("Dinas Taman dan Air", None)]),
        ("Dinas Taman dan Badan Udara", [("Dinas Taman", None), ("Badan Udara", None)]),
        ("Badan Kesbangpol Prov. Jawa Barat", [("Badan Kesatuan Bangsa dan Politik", "Provinsi Jawa Barat")]),
        ("BPBD Kabupaten Sleman", [("Badan Penanggulangan Bencana Daerah", "Kabupaten Sleman")]),
        ("Pemerintah Daerah Kota Cimahi", [("Pemerintah Kota Cimahi", "Kota Cimahi")]),
        ("perjalanan dinas luar daerah, kendaraan dinas operasional", []),
        ("badan usaha milik daerah dan Badan Usaha Milik Negara", []),
        ("Pemerintah Pusat dan Pemerintah Daerah", []),
        ("www.contoh.go.id/Dinas", []),
    ],
)
def test_find(text: str, names: list[tuple[str, str | None]]) -> None:
    assert named(text) == names


def test_title_case_keeps_acronyms_and_lowers_joiners() -> None:
    assert title_case("SEKRETARIAT DPRD") == "Sekretariat DPRD"
    assert title_case("DINAS KOPERASI DAN UKM") == "Dinas Koperasi dan UKM"
    assert title_case("Dinas Taman Dan Air") == "Dinas Taman dan Air"


def test_heads_tell_scope_and_rank() -> None:
    assert head_of("Badan Pusat Statistik")[0] == "nasional"
    assert head_of("Badan Contoh")[0] == "daerah"
    assert is_subordinate("Kelurahan Contoh")
    assert is_subordinate("UPTD Puskesmas Contoh")
    assert not is_subordinate("Dinas Contoh")


@given(st.text(alphabet="BadanDinas KotaCimahi,\n.&/()dr1 ", max_size=120))
def test_offsets_hold_for_any_text(text: str) -> None:
    end = 0
    for mention in find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.name == mention.name.strip()
        end = mention.end

from __future__ import annotations

from extractors.read.imagewords import PictureWord
from extractors.read.typesize import ASCII, FACES, even_sizes

TIMES, HELVETICA = FACES


def line(texts: str, size: float, base: float, face: dict[str, int], measured: float = 1.0) -> list[PictureWord]:
    """Words as wide as `face` sets them at `size`; their heights tell `measured` times that size."""
    out, x = [], 50.0
    for text in texts.split():
        width = (sum(face[c] for c in text) / 1000 - 0.06) * size
        out.append(PictureWord(text, (), x, x + width, base, size * measured, 1.0))
        x += width + 0.3 * size
    return out


def test_the_tables_of_widths_have_every_sign() -> None:
    assert all(len(face) == len(ASCII) == 94 for face in FACES)
    assert (TIMES["0"], HELVETICA["0"], TIMES["i"], HELVETICA["W"]) == (500, 556, 278, 944)


def test_widths_mend_what_heights_measure_badly() -> None:
    for face in FACES:
        words = line("Persentase potensi konflik yang ditangani", 30, 100, face)
        words += line("Meningkatnya kewaspadaan masyarakat", 30, 140, face, measured=1.15)
        words += line("Sumber data diambil dari laporan bidang", 24, 200, face, measured=1.1)
        words += line("kualitas pengelolaan keuangan daerah", 24, 230, face, measured=0.9)
        sizes = dict(zip([w.base for w in words], even_sizes(words), strict=True))
        assert sizes[100] == sizes[140]
        assert sizes[200] == sizes[230]
        assert abs(sizes[200] / sizes[100] - 0.8) < 0.02


def test_a_short_line_has_the_size_of_its_neighbours() -> None:
    words = line("Pengelolaan administrasi keuangan", 30, 100, TIMES)
    words += [PictureWord("12", (), 50, 74, 140, 25, 1.0)]
    words += line("Penyediaan jasa komunikasi daerah", 30, 180, TIMES)
    assert len(set(even_sizes(words))) == 1


def test_few_words_keep_their_own_heights() -> None:
    assert even_sizes([PictureWord("Bab", (), 10, 60, 100, 28, 1.0)]) == [28]

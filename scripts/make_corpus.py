"""Writes the hostile files into a folder: `python scripts/make_corpus.py FOLDER [--seed N] [--flips N]`.

Made-up files stand in FOLDER/berkas, samples cut short and with turned bits in FOLDER/rusak, names, links and pipes in
FOLDER/nama. The same seed writes the same bytes. Take care with other programs: some of them will not survive these.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus import files
from corpus.mutate import cut_short, flipped
from corpus.tree import folder
from corpus.trial import write

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--flips", type=int, default=1000)
    given = parser.parse_args()
    samples = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".txt", ".pdf"))
    made = write(files(given.seed), given.folder / "berkas")
    broken = write((*cut_short(samples), *flipped(samples, given.flips, given.seed)), given.folder / "rusak")
    text = (SAMPLES / "bpbd-telaga-sari-2023.txt").read_text(encoding="utf-8")
    named = folder(given.folder / "nama", text, given.folder / "luar")
    print(f"{len(made)} made-up files, {len(broken)} broken samples and {len(named)} names in {given.folder}")


if __name__ == "__main__":
    main()

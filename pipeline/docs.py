"""Documentation made from the code: `python -m pipeline.docs` writes docs/datasets.md and docs/rules.md."""

from __future__ import annotations

import sys
from pathlib import Path

from schemas.datasets import DATASETS, PARTITIONS, SCHEMA_VERSION, Column, Dataset, Kind

_DOCS = Path(__file__).resolve().parent.parent / "docs"
_NOTE = "<!-- Made by `python -m pipeline.docs`; change the code, not this file. -->\n"

_DATASETS = """\
`lkjip ingest SOURCE... --out OUT` writes `OUT/<dataset>/agency=<slug>/year=<yyyy>/<document_id>.parquet`: Hive
partitions, zstd, one file for each document and dataset. pandas, pyarrow, DuckDB and Polars read them as they are.
[`lkjip compact`](storage.md#lkjip-compact) makes one file, `gabungan.parquet`, of those of an agency and year.
The files' metadata hold `schema_version` ({version}). The same file and `version` give the same bytes.

Readers trust `dokumen`: a document is complete when, and only when, it has its row there. Reported figures are
decimals; a figure that its column cannot hold exactly is null there and named in `keraguan`, never rounded.

`ringkasan` is for dashboards: add up `anggaran` or `realisasi` over the rows where `dijumlahkan` is true, and each rupiah
is counted once. Everything else repeats what the report repeats. Where OUT holds a report in parts, or a draft beside
the final one, join `kelompok_dokumen` by `document_id` and keep budget lines where `anggaran_dipakai`, and indicators
where `kinerja_dipakai`; `jenis` keeps reports and plans apart. In SQL:

```sql
SELECT agency, year, sum(anggaran), sum(realisasi)
FROM ringkasan JOIN kelompok_dokumen USING (document_id, agency, year)
WHERE dataset = 'anggaran' AND dijumlahkan AND anggaran_dipakai AND kelompok_dokumen.jenis = 'lkjip'
GROUP BY agency, year
```

Every dataset has the partition columns, taken from the path:
"""
_RULES = """\
Each rule is a module in `pipeline/reconcile/rules/` and states relations over figures. A check has one of three
outcomes: `cocok` (agrees, by rounding or by truncation), `tidak_cocok` (disagrees), `tak_teruji` (cannot be tested;
the reason is kept). All are stored in `pemeriksaan`. One finding in `temuan` stands for each wrong printed cell or
sentence, however many checks it breaks.

`prior_year` compares documents of one agency (`lkjip reconcile`); its findings, and those of `cross_table` and `narrative`
between the parts of one report, stand in `temuan_lintas`.
"""


def described_rules() -> list[tuple[str, str, str]]:
    """Every rule in order: name, what it states (first line of its docstring), source; that between documents last."""
    from pipeline.lintas.checks import RULE_BETWEEN
    from pipeline.reconcile import RULES

    own = [(rule.RULE, (rule.check.__doc__ or "").strip().splitlines()[0], rule.SOURCE) for rule in RULES]
    return [*own, RULE_BETWEEN]


def datasets_page() -> str:
    """docs/datasets.md: every dataset with its columns."""
    lines = [
        _NOTE,
        "# Datasets",
        "",
        _DATASETS.format(version=SCHEMA_VERSION),
        "",
        *_columns(PARTITIONS),
    ]
    for dataset in DATASETS:
        lines += _dataset(dataset)
    return "\n".join(lines) + "\n"


def _dataset(dataset: Dataset) -> list[str]:
    lines = ["", f"## {dataset.name}", "", f"One row for each {dataset.row_en} (*{dataset.row_id}*)."]
    if not dataset.per_document:
        lines.append("Made anew from all documents of an agency by `lkjip reconcile`, which `ingest` runs at its end.")
    lines += ["", *_columns(dataset.columns)]
    for column in dataset.columns:
        if column.kind is Kind.STRUCTS:
            lines += ["", f"Parts of `{column.name}`:", "", *_columns(column.fields)]
    return lines


def _columns(columns: tuple[Column, ...]) -> list[str]:
    rows = ["| column | type | null | what it holds | isinya |", "|---|---|---|---|---|"]
    for column in columns:
        null = "yes" if column.nullable else ""
        rows.append(f"| `{column.name}` | {column.kind.value} | {null} | {column.en} | {column.id} |")
    return rows


def rules_page() -> str:
    """docs/rules.md: every rule with its statement and source."""
    lines = [
        _NOTE,
        "# Rules",
        "",
        _RULES,
        "| rule | what must hold | source |",
        "|---|---|---|",
        *(f"| `{name}` | {statement} | {source} |" for name, statement, source in described_rules()),
    ]
    return "\n".join(lines) + "\n"


PAGES = {"datasets.md": datasets_page, "rules.md": rules_page}


def main() -> int:
    """Write the pages below docs/."""
    for name, page in PAGES.items():
        (_DOCS / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

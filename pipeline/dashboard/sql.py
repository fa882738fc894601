"""Names, texts and types as SQL writes them."""

from __future__ import annotations

from schemas.datasets import Column, Kind

_SQL = {
    Kind.TEXT: "VARCHAR",
    Kind.INT: "INTEGER",
    Kind.BOOL: "BOOLEAN",
    Kind.REAL: "DOUBLE",
    Kind.MONEY: "DECIMAL(20,2)",
    Kind.NUMBER: "DECIMAL(20,4)",
    Kind.TEXTS: "VARCHAR[]",
}


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def sql_type(column: Column) -> str:
    """The column's type in DuckDB."""
    if column.kind is Kind.STRUCTS:
        return f"STRUCT({', '.join(f'{quoted_name(part.name)} {sql_type(part)}' for part in column.fields)})[]"
    return _SQL[column.kind]


def quoted_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

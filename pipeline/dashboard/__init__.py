"""The dashboard, and what other tools need to read OUT: views over the Parquet through DuckDB."""

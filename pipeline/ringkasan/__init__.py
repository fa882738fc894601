"""One figure for each budget line and indicator of an agency and year, chosen among all places that print it."""

from pipeline.ringkasan.summary import ringkasan_rows

__all__ = ["ringkasan_rows"]

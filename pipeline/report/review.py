"""What reviewers said about findings, as the report shows it: read from `OUT/tinjauan.sqlite` and never written there."""

from __future__ import annotations

from pipeline.location import Location
from pipeline.review.reviews import Review, reviews


def load_reviews(out: Location) -> dict[str, Review]:
    """Reviews by temuan_id; none where nobody reviewed. Raises `UnusableOutput` for a database that cannot be used."""
    return reviews(out)


__all__ = ["Review", "load_reviews"]

"""Document -> blocks in reading order: the one place where text and PDF part ways."""

from __future__ import annotations

from schemas.document import Document
from schemas.table import Block


def blocks(document: Document) -> list[Block]:
    """Running text and table pieces of a document, in reading order."""
    if document.format == "text":
        from extractors.tables.tabbed import blocks as tabbed_blocks

        return tabbed_blocks(document)
    from extractors.tables.pdf_blocks import blocks as pdf_blocks

    return pdf_blocks(document)

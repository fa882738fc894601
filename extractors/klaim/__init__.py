"""Statements in running text -> claims (`Klaim`): amounts of anggaran and realisasi, an indicator's target and capaian.

`extract_claims` is the one public function. A sentence goes through four steps: which of its numbers may be figures
(`calon`), which words say what they are (`cues`), which field of which claim each figure is (`ikat`), and what the claim
is about (`subjek`).
"""

from extractors.klaim.extract import extract_claims

__all__ = ["extract_claims"]

"""Every sentence exists in both languages, with the same values, and is said somewhere."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pipeline
from pipeline.i18n import problem, say, sentence
from pipeline.messages import MESSAGES
from schemas.checks import Outcome, Severity
from schemas.errors import UnusableOutput

CODE = "\n".join(p.read_text() for p in Path(pipeline.__file__).parent.rglob("*.py") if p.name != "messages.py")
BY_VALUE = {*(o.value for o in Outcome), *(s.value for s in Severity), "ok", "partial", "failed"}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same():
    for key, (indonesian, english) in MESSAGES.items():
        assert fields(indonesian) == fields(english), key
        assert indonesian
        assert english


def test_every_sentence_is_used_and_every_used_one_exists():
    for key in MESSAGES:
        assert key in BY_VALUE or re.search(rf"['\"]{key}['\"]", CODE), key
    for key in re.findall(r"say\(\s*['\"](\w+)['\"]", CODE):
        assert key in MESSAGES


def test_an_error_knows_both_languages():
    error = problem(UnusableOutput, "out_full", out="out")
    assert "tidak ada ruang" in sentence(error)
    assert "no space" in sentence(error, "en")
    assert sentence(ValueError("x"), "en") == "x"
    assert say("at_page", "en", n=3) == "p. 3"

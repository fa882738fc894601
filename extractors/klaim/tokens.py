"""spaCy's tokenizer for Indonesian and its matcher of phrases, without the rest of spaCy.

A word of running text is tokenized once, however often it is printed. What spaCy learns from a document is forgotten
behind it (`memory_zone`) and the words kept here are bounded, so that memory stays flat over many documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from extractors.deferred import bare_package

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

Token = tuple[int, int, str]  # start, end, the word in lower case

WORDS_KEPT = 30_000
RUNS_KEPT = 10_000
_CHUNK = re.compile(r"\S+|\A\s+|\s\s+|[^\S ]")  # one blank between two words is no token
_STOPS = frozenset(",:;")  # spaCy parts these, and a full stop behind a small letter, from a word before them
_SIGNS = ("Rp", "IDR", "USD", "RMB", "SGD")  # spaCy parts these from what they begin
_LETTER = re.compile(r"[^\W\d_]")


def memory_zone() -> AbstractContextManager[object]:
    """Around the reading of one document: what spaCy's string table learns from it is forgotten behind it."""
    return _spacy().vocab.memory_zone()


def is_word(chunk: str) -> bool:
    """Whether it is of Latin letters alone, and nothing in it that spaCy would part."""
    return chunk.isascii() and chunk.isalpha() and not chunk.startswith(_SIGNS)


def has_letter(chunk: str) -> bool:
    """Whether a letter stands in it."""
    return _LETTER.search(chunk) is not None


@lru_cache(maxsize=WORDS_KEPT)
def cut(chunk: str) -> tuple[Token, ...]:
    """The tokens of a text without blanks, or of nothing else; what has no letter in it stays together."""
    if is_word(chunk):
        return ((0, len(chunk), chunk.lower()),)
    word, end = chunk[:-1], chunk[-1:]
    if is_word(word) and (end in _STOPS or (end == "." and word[-1].islower())):
        return (0, len(word), word.lower()), (len(word), len(chunk), end)
    if not has_letter(chunk):
        return ((0, len(chunk), chunk),)
    return tuple((token.idx, token.idx + len(token), token.text.lower()) for token in _spacy().tokenizer(chunk))


def parted(text: str, cut: Callable[[str], tuple[Token, ...]] = cut) -> list[Token]:
    """The words and signs of a text as spaCy parts them.

    `cut` parts what stands between blanks: the function above, or what a caller makes of its words.
    """
    return [
        (match.start() + start, match.start() + stop, word)
        for match in _CHUNK.finditer(text)
        for start, stop, word in cut(match[0])
    ]


class Phrases:
    """Phrases of words, each with a label, that are looked for in lists of words."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], str]]) -> None:
        spacy = _spacy()
        self._matcher: PhraseMatcher = spacy.phrase_matcher(spacy.vocab, attr="ORTH")
        self._words: set[str] = set()
        self._first: set[str] = set()
        for words, label in phrases:
            self._matcher.add(label, [spacy.doc(spacy.vocab, words=list(words))])
            self._words.update(words)
            self._first.add(words[0])
        self._found = lru_cache(maxsize=RUNS_KEPT)(self._match)

    def holds(self, word: str) -> bool:
        """Whether a phrase holds the word."""
        return word in self._words

    def find(self, words: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
        """First word, the word behind the last, and label of each phrase in words that stand side by side, in order.

        Of overlapping phrases the longest.
        """
        return self._found(words)

    def _match(self, run: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
        if self._first.isdisjoint(run):
            return ()
        spacy = _spacy()
        spans = spacy.filter_spans(list(self._matcher(spacy.doc(spacy.vocab, words=list(run)), as_spans=True)))
        return tuple((span.start, span.end, span.label_) for span in spans)


@dataclass(frozen=True, slots=True)
class _Spacy:
    """What is used of spaCy."""

    vocab: Vocab
    tokenizer: Any
    doc: Any
    phrase_matcher: Any
    filter_spans: Any


@cache
def _spacy() -> _Spacy:
    """The tokenizer and the matcher, made once; spaCy is loaded here and not before."""
    # `import spacy` loads its command line with an HTTP client, what trains models and all that models do: 0.3 seconds of
    # every process.
    with bare_package("spacy"), bare_package("spacy.pipeline"):
        import spacy.tokens  # noqa: F401 - first: its modules import each other in a circle
        from spacy.lang.tokenizer_exceptions import URL_MATCH
        from spacy.matcher import PhraseMatcher
        from spacy.tokenizer import Tokenizer
        from spacy.tokens import Doc
        from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, filter_spans
        from spacy.vocab import Vocab

        # Without its 15,963 abbreviations with points, two seconds of every process; no cue phrase is one of them.
        with bare_package("spacy.lang.id"):
            punctuation: Any = import_module("spacy.lang.id.punctuation")

    vocab = Vocab()
    tokenizer = Tokenizer(
        vocab,
        prefix_search=compile_prefix_regex(punctuation.TOKENIZER_PREFIXES).search,
        suffix_search=compile_suffix_regex(punctuation.TOKENIZER_SUFFIXES).search,
        infix_finditer=compile_infix_regex(punctuation.TOKENIZER_INFIXES).finditer,
        url_match=URL_MATCH,
    )
    return _Spacy(vocab, tokenizer, Doc, PhraseMatcher, filter_spans)

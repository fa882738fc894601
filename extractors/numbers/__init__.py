"""Printed text to numbers: the one place where digits and separators get a meaning.

`parse` reads the content of one cell, `find_numbers` the figures of a running text, `decide_style` tells from many
texts whether points or commas group thousands, and `make_figure` turns a reading into a `Figure` with its place. No
float is used anywhere, nothing is completed from elsewhere, and a reading we are not sure of carries a `doubt`.
"""

from extractors.numbers.cell import looks_numeric, parse
from extractors.numbers.figures import make_figure
from extractors.numbers.model import Found, Parsed, Style
from extractors.numbers.running import find_numbers
from extractors.numbers.style import decide_style

__all__ = ["Found", "Parsed", "Style", "decide_style", "find_numbers", "looks_numeric", "make_figure", "parse"]

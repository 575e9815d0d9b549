"""Cuts the page's two fonts down to what the page prints: English letters, figures, signs; weights 400 to 700.

    python3 -m venv venv && venv/bin/pip install fonttools brotli
    venv/bin/python tests/golden/make_fonts.py FOLDER

FOLDER holds inter.woff2 and source-serif-4.woff2, the variable Latin files of the npm packages
@fontsource-variable/inter and @fontsource-variable/source-serif-4 (both SIL Open Font License 1.1).
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUTPUT = pathlib.Path(__file__).parents[2] / "static" / "fonts"
PUNCTUATION = "\u00a0§©«°±²³·»¼½¾×÷–—‘’“”•…′″⁄−↑↓"
CHARACTERS = {*range(0x20, 0x7F), *map(ord, PUNCTUATION)}
# Tabular figures keep columns of numbers straight; the rest is what plain text needs.
FEATURES = ["kern", "tnum", "mark", "mkmk", "ccmp", "locl"]

for name in ("inter", "source-serif-4"):
    font = TTFont(pathlib.Path(sys.argv[1]) / f"{name}.woff2")
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": (400, 700)})
    font.flavor = "woff2"
    target = OUTPUT / f"{name}.woff2"
    font.save(target)
    print(target.name, target.stat().st_size, "bytes")

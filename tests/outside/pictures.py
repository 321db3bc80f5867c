"""Pages as LibreOffice prints them, compared with pictures of how they should look.

The pictures in `reference/` are grey and coarse, and so is the comparison: another version of a face may pass, a table that
is moved, a line that is missing or an answer that runs out of its cell may not. `BLESS=1 tests/outside/check` draws them anew;
look at each of them before you keep it.
"""

import os
import subprocess
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

REFERENCE = Path(__file__).parent / "reference"
DOTS_PER_INCH = 50

# file and page; the first of the sixty people has long answers, the second has not
PAGES = [
    ("blank-form.docx", 1),
    ("blank-form.xlsx", 1),
    ("blank-roster.docx", 1),
    ("blank-roster.xlsx", 1),
    ("forms.docx", 1),
    ("forms.docx", 2),
    ("forms.xlsx", 1),
    ("forms.xlsx", 2),
    ("roster.docx", 1),
    ("roster.xlsx", 1),
]

# dots around each that are taken together, so that strokes of letters blur and lines and blocks of text stay
BLUR = 3

# how much darker or lighter a blurred dot may be, of 255, and how many of a thousand may be more than that
MOST_DIFFERENCE = 36
MOST_DOTS = 8

# how much darker or lighter the page may be as a whole, of 255
MOST_MEAN = 3.6


def drawn(pdf, page, scratch):
    """A page of a PDF as a grey picture."""
    stem = scratch / f"{pdf.stem}-{page}"
    subprocess.run(
        ["pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), "-f", str(page), "-l", str(page), "-singlefile", "-png", pdf, stem], check=True
    )
    return Image.open(f"{stem}.png").convert("L")


def difference(found, wanted):
    """What is wrong with a picture, or None."""
    if found.size != wanted.size:
        return f"{found.size} dots, not {wanted.size}"
    blurred = [picture.filter(ImageFilter.BoxBlur(BLUR)) for picture in (found, wanted)]
    apart = ImageChops.difference(*blurred)
    histogram = apart.histogram()
    dots = 1000 * sum(histogram[MOST_DIFFERENCE + 1 :]) / sum(histogram)
    mean = ImageStat.Stat(apart).mean[0]
    if dots > MOST_DOTS or mean > MOST_MEAN:
        return f"{dots:.1f} of 1000 dots differ (at most {MOST_DOTS}), {mean:.2f} on the average (at most {MOST_MEAN})"
    return None


def check_pictures(out, scratch, to_pdf, expect):
    """Compares pages of what was written into `out`; `to_pdf` prints files into a folder."""
    bless = bool(os.environ.get("BLESS"))
    for kind in (".docx", ".xlsx"):
        pages = [(file, page) for file, page in PAGES if file.endswith(kind)]
        folder = scratch / f"pictures{kind}"
        to_pdf([out / file for file in dict.fromkeys(file for file, _ in pages)], folder)
        for file, page in pages:
            found = drawn(folder / f"{Path(file).stem}.pdf", page, scratch)
            reference = REFERENCE / f"{file.replace('.', '-')}-{page}.png"
            if bless:
                found.quantize(16).save(reference, optimize=True)
                continue
            wrong = difference(found, Image.open(reference).convert("L")) if reference.exists() else "no reference picture"
            expect(wrong is None, f"{file}, page {page}, does not look like {reference.name}: {wrong}")

"""What other readers see in workbooks, cell by cell, beside what ours sees.

Workbooks of random content (always the same: the seeds are fixed) are written by openpyxl, then read by openpyxl and by our
reader through its example `cells`; some of them also as LibreOffice makes `.xls` and `.ods` of them. Folders or files named on the
command line are compared too. The other reader is xlrd for `.xls`, and calamine for `.xlsb` and `.ods`. A cell that one side has
and the other has not, or a text, number or date that differs, is a fault.
"""

import ast
import datetime
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

import openpyxl
import python_calamine
import xlrd
from openpyxl.cell.rich_text import CellRichText, TextBlock

REPOSITORY = Path(__file__).resolve().parents[2]
CELLS = REPOSITORY / "target/release/examples/cells"
BOOKS = 200
CONVERTED = 40
ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
# a cell that is not compared: below a merge openpyxl forgets what it holds, and letters of picture fonts are pictures to us
COVERED = object()
warnings.simplefilter("ignore")


def ours(path):
    """Our cells by sheet name; `None` and the reason when the file is refused."""
    done = subprocess.run([CELLS, path], capture_output=True, text=True, errors="replace", timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"{path}: our reader ended with {done.returncode}: {done.stderr[:300]}")
    sheets = {}
    for line in done.stdout.splitlines():
        if line.startswith("! "):
            return None, line
        if line.startswith("# "):
            continue
        sheet, address, kind, text = line.split("\t", 3)
        # Rust writes \u{a0} where Python writes \u00a0
        text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: f"\\U{int(found[1], 16):08x}", text)
        sheets.setdefault(sheet, {})[address] = (kind, ast.literal_eval(text))
    return sheets, None


def number(value):
    try:
        return Decimal(str(value).rstrip("%")) / (100 if str(value).endswith("%") else 1)
    except InvalidOperation:
        return None


def is_date(value):
    return isinstance(value, (datetime.date, datetime.datetime, datetime.time, datetime.timedelta))


def same(kind, text, value):
    if isinstance(value, bool):
        return text == str(value).upper()
    if is_date(value):
        # times and durations have several honest readings; dates have one
        return not isinstance(value, datetime.datetime) or text.startswith(value.strftime("%Y-%m-%d")) or value.year < 1901
    if isinstance(value, (int, float)):
        found = number(text)
        if found is None:
            return kind == "Error" or kind == "Date"
        # ours shows the decimals of the number format
        decimals = len(text.rstrip("%").partition(".")[2]) + (2 if text.endswith("%") else 0)
        return math.isclose(float(found), value, rel_tol=1e-14, abs_tol=0.5000001 * 10**-decimals if decimals or abs(value) < 1 else 0) or (
            float(value).is_integer() is False and abs(float(found) - value) <= 0.5000001 * 10**-decimals
        )
    value = str(value)
    if kind == "Uncomputed":
        return True
    tidy = lambda words: re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), words).replace("\r\n", "\n").replace("\r", "\n")
    return tidy(text) == tidy(value)


def of_calamine(path):
    """The cells that calamine sees, by sheet name."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    sheets = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        cells = {(row, column): value for row, line in enumerate(rows, 1) for column, value in enumerate(line, 1) if value != ""}
        sheets[name] = {f"{openpyxl.utils.get_column_letter(column)}{row}": value for (row, column), value in cells.items()}
    return sheets


def theirs(path):
    """The other reader's cells by sheet name."""
    if path.suffix.lower() in (".xlsb", ".ods"):
        return of_calamine(path)
    if path.suffix.lower() == ".xls":
        book = xlrd.open_workbook(path, logfile=open(os.devnull, "w"))
        sheets = {}
        for sheet in book.sheets():
            cells = sheets.setdefault(sheet.name, {})
            for row in range(sheet.nrows):
                for column in range(sheet.ncols):
                    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
                    if kind == xlrd.XL_CELL_DATE:
                        try:
                            value = xlrd.xldate.xldate_as_datetime(value, book.datemode)
                        except (ValueError, OverflowError):
                            continue
                    elif kind == xlrd.XL_CELL_BOOLEAN:
                        value = bool(value)
                    elif kind == xlrd.XL_CELL_ERROR:
                        value = xlrd.error_text_from_code.get(value, "")
                    if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and value != "":
                        cells[f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}"] = value
        return sheets
    book = openpyxl.load_workbook(path, data_only=True, rich_text=True)
    sheets = {}
    for sheet in book.worksheets:
        cells = sheets.setdefault(sheet.title, {})
        for cell in sheet._cells.values():
            if isinstance(cell, openpyxl.cell.cell.MergedCell):
                cells[cell.coordinate] = COVERED
            elif is_pictured(cell):
                cells[cell.coordinate] = COVERED
            elif cell.value is not None and cell.value != "":
                cells[cell.coordinate] = unstruck(cell.value)
    return sheets


def is_pictured(cell):
    """Whether letters of the cell stand for pictures (R of Wingdings 2 is a ticked box); we read the pictures."""
    runs = cell.value if isinstance(cell.value, CellRichText) else []
    names = [cell.font.name, *(run.font.rFont for run in runs if isinstance(run, TextBlock))]
    return any(name and re.match(r"w(ing|eb)dings", name, re.IGNORECASE) for name in names)


def unstruck(value):
    """The value without words that are struck out beside others, which we keep beside the text."""
    if not isinstance(value, CellRichText):
        return value
    said = "".join(run.text if isinstance(run, TextBlock) else run for run in value if not (isinstance(run, TextBlock) and run.font.strike))
    return said or str(value)


def unblanked(text):
    """A text of .ods without tabs, which calamine leaves out, and blanks in front of lines, which it keeps though they count for nothing."""
    if not isinstance(text, str):
        return text
    return "\n".join(line.replace("\t", "").lstrip(" ") for line in text.split("\n")) or None


def has_controls(path):
    """Whether check boxes or option buttons lie over the cells of a workbook; we read them as signs in front of the words."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as package:
        drawings = [package.read(name) for name in package.namelist() if name.endswith(".vml")]
    return any(b'ObjectType="Checkbox"' in drawing or b'ObjectType="Radio"' in drawing for drawing in drawings)


class Count:
    def __init__(self):
        self.files = self.refused = self.cells = 0
        self.faults, self.skipped = [], []

    def compare(self, path, name):
        path = Path(path)
        mine, refusal = ours(path)
        try:
            other = theirs(path)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # the other reader may fail in any way, calamine by a panic; that is no news about ours
            self.skipped.append(f"{name}: the other reader: {type(error).__name__}")
            return
        if mine is None:
            self.refused += 1
            self.skipped.append(f"{name}: {refusal.split(': ', 1)[1]}")
            return
        self.files += 1
        controls = has_controls(path)
        blanks = path.suffix.lower() == ".ods"
        hidden = {sheet.removesuffix(" (hidden)") for sheet in mine if sheet.endswith(" (hidden)")}
        mine = {sheet.removesuffix(" (hidden)"): cells for sheet, cells in mine.items()}
        for sheet, cells in other.items():
            found = mine.get(sheet, {})
            if sheet in hidden and not found:
                continue
            for address in sorted(cells.keys() | found.keys()):
                value, (kind, text) = cells.get(address), found.get(address, (None, None))
                if blanks:
                    value, text = unblanked(value), unblanked(text)
                    if not value and not text:
                        continue
                if value is COVERED or (controls and text and text[0] in "□☑○●"):
                    continue
                self.cells += 1
                if text is None and isinstance(value, str) and not value.strip():
                    continue  # blanks alone are an empty cell to us
                if text is None:
                    self.faults.append(f"{name} {sheet}!{address}: we have nothing, the other reader {value!r}")
                elif value is None:
                    # a formula that was never computed has no value for the other reader
                    if kind not in ("Uncomputed", "Error"):
                        self.faults.append(f"{name} {sheet}!{address}: we have {kind} {text!r}, the other reader nothing")
                elif not same(kind, text, value):
                    self.faults.append(f"{name} {sheet}!{address}: we have {kind} {text!r}, the other reader {value!r}")


WORDS = ["长塘村", "陶试一", " 前后有空格 ", "两\n行", "a&b<c>\"d\"", "𠮷野", "'=1+1", "0012", "□√┋", "ﾊﾝｶｸ", "_x0041_", "e\u0301", "\t", "是", "TRUE", "#N/A 不是错误"]
FORMATS = ["General", "0", "0.00", "000000", "@", "0%", "0.0%", "#,##0", "0.000", '0"人"']
DATES = ["yyyy-mm-dd", "yyyy.mm", 'yyyy"年"m"月"', "d/m/yyyy", "yyyy-mm-dd hh:mm:ss"]


def write_random(path, chance):
    """A workbook with every kind of cell, sparse and dense, with merges, hidden rows and odd sheet names."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(chance.randint(1, 3)):
        sheet = book.create_sheet(chance.choice(["表", "Sheet 1", "a'b", "第一支部（新）"]) + str(number))
        for _ in range(chance.randint(0, 120)):
            cell = sheet.cell(chance.choice([chance.randint(1, 40), chance.randint(1, 3000)]), chance.choice([chance.randint(1, 12), chance.randint(1, 300)]))
            kind = chance.randrange(6)
            if kind == 0:
                cell.value = "".join(chance.choice(WORDS) for _ in range(chance.randint(1, 3)))
                cell.data_type = "s"
            elif kind == 1:
                cell.value = chance.choice([0, 7, -3, 13800000001, 32990119850612001, chance.randint(-(10**9), 10**9)])
                cell.number_format = chance.choice(FORMATS)
            elif kind == 2:
                cell.value = chance.choice([0.5, 1985.1, 0.1 + 0.2, 1e-7, 3.0e20, chance.uniform(-1000, 1000), round(chance.uniform(0, 3000), 2)])
                cell.number_format = chance.choice(FORMATS)
            elif kind == 3:
                cell.value = datetime.datetime(1901, 1, 1) + datetime.timedelta(days=chance.randint(0, 60000), seconds=chance.choice([0, 0, chance.randint(1, 86399)]))
                cell.number_format = chance.choice(DATES)
            elif kind == 4:
                cell.value = chance.choice([True, False])
            else:
                cell.value = chance.choice(WORDS)
                cell.data_type = "s"
        for _ in range(chance.randint(0, 3)):
            row, column = chance.randint(1, 40), chance.randint(1, 12)
            empty = all((r, c) not in sheet._cells for r in range(row, row + 2) for c in range(column, column + 3))
            if empty:
                sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column + 2)
        sheet.row_dimensions[chance.randint(1, 40)].hidden = True
    book.save(path)


def convert(folder):
    """The first of the random workbooks as LibreOffice makes old ones and spreadsheets of them, where it is installed."""
    if not shutil.which("soffice"):
        return []
    books = [folder / f"{seed}.xlsx" for seed in range(CONVERTED)]
    for kind, filter_name in (("xls", "xls:MS Excel 97"), ("ods", "ods")):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", filter_name, "--outdir", folder / kind, *books]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
    return [folder / kind / f"{book.stem}.{kind}" for kind in ("xls", "ods") for book in books]


def main():
    if not CELLS.exists():
        sys.exit(f"{CELLS} is missing: cargo build --release -p mingce-reader --example cells")
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(BOOKS):
            path = Path(folder) / f"{seed}.xlsx"
            write_random(path, random.Random(seed))
            count.compare(path, f"seed {seed}")
        made = convert(Path(folder))
        for path in made:
            count.compare(path, f"{path.parent.name} of seed {path.stem}")
    if count.files < BOOKS + len(made):
        # what is refused is compared with nothing, and nothing differs
        sys.exit("\n".join(["of our own random workbooks these were not compared:", *count.skipped]))
    given = [Path(word) for word in sys.argv[1:]] or [REPOSITORY / "fixtures"]
    for top in given:
        files = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.suffix.lower() in ENDINGS)
        for path in files:
            count.compare(path, path.relative_to(top.parent))
    print(f"{count.files} workbooks, {count.cells} cells compared; {count.refused} refused by us, {len(count.skipped)} not compared")
    if len(sys.argv) > 1:
        print(*count.skipped, sep="\n")
    if count.faults:
        print(*count.faults[:200], sep="\n")
        sys.exit(f"{len(count.faults)} cells differ")


main()

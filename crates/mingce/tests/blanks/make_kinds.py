"""Makes blanks of other kinds from those of this folder: with macros (.xlsm, .docm), and templates (.xltx, .dotx).

Run:  python3 crates/mingce/tests/blanks/make_kinds.py [FOLDER]
What they hold of macros is no program: only the places are real where programs keep one.
"""

import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
TYPES, LINKS = "[Content_Types].xml", "http://schemas.microsoft.com/office"
VBA = f"{LINKS}/2006/relationships/vbaProject"
BAND = f"{LINKS}/2007/relationships/ui/extensibility"
OPEN_XML = "application/vnd.openxmlformats-officedocument."
# the file that is made, the one it is made from, its main part, the type of that, and whether it has macros
KINDS = [
    ("form-macros.xlsm", "form-boxes.xlsx", "xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", True),
    ("roster-macros.xlsm", "roster-numbered.xlsx", "xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", True),
    ("form-template.xltx", "form-boxes.xlsx", "xl/workbook.xml", f"{OPEN_XML}spreadsheetml.template.main+xml", False),
    ("macros.docm", "table.docx", "word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml", True),
    ("template.dotx", "table.docx", "word/document.xml", f"{OPEN_XML}wordprocessingml.template.main+xml", False),
    ("roster-template.dotx", "roster.docx", "word/document.xml", f"{OPEN_XML}wordprocessingml.template.main+xml", False),
]


def linked(links, number, kind, target):
    return links.replace("</Relationships>", f'<Relationship Id="rIdMacro{number}" Type="{kind}" Target="{target}"/></Relationships>')


def converted(name, content, main, kind, has_macros):
    folder = main.split("/")[0]
    if name == TYPES:
        types = content.decode()
        before, rest = types.split(f'PartName="/{main}"')
        head, behind = rest.split('ContentType="', 1)
        types = f'{before}PartName="/{main}"{head}ContentType="{kind}"{behind.split(chr(34), 1)[1]}'
        vba = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>' if has_macros else ""
        return types.replace("<Default ", vba + "<Default ", 1).encode()
    if has_macros and name == f"{folder}/_rels/{main.split('/')[1]}.rels":
        return linked(content.decode(), 1, VBA, "vbaProject.bin").encode()
    if has_macros and name == "_rels/.rels":
        return linked(content.decode(), 2, BAND, "customUI/customUI14.xml").encode()
    if has_macros and name.startswith("xl/drawings/") and name.endswith(".xml"):
        return content.decode().replace('macro=""', 'macro="[0]!填表"').encode()
    return content


def make(folder, target, source, main, kind, has_macros):
    with zipfile.ZipFile(HERE / source) as blank, zipfile.ZipFile(folder / target, "w", zipfile.ZIP_DEFLATED) as out:
        parts = [(name, converted(name, blank.read(name), main, kind, has_macros)) for name in blank.namelist()]
        if has_macros:
            band = '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui" onLoad="开始"/>'
            parts += [(f"{main.split('/')[0]}/vbaProject.bin", b"no program"), ("customUI/customUI14.xml", band.encode())]
        for name, content in parts:
            out.writestr(zipfile.ZipInfo(name, (2014, 4, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for row in KINDS:
        make(target, *row)

"""The smallest package that is a Word document: its main part, and the two parts that say so.

For the makers of blanks and of forms: the date in the package is fixed, so that the same document gives the same bytes.
"""

import io
import zipfile

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PARTS = {
    "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}
DAY = (2014, 4, 30, 0, 0, 0)


def write(path, main):
    """Writes a document of this main part."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in {**PARTS, "word/document.xml": main}.items():
            package.writestr(zipfile.ZipInfo(part, DAY), text, zipfile.ZIP_DEFLATED)


def write_main_part(path, document):
    """Writes of a document of python-docx its main part alone."""
    whole = io.BytesIO()
    document.save(whole)
    with zipfile.ZipFile(whole) as package:
        write(path, package.read("word/document.xml"))

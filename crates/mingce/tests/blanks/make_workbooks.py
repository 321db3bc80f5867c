"""Makes the blanks of this folder that are workbooks: forms and rosters as offices lay them out in Excel or WPS.

Run with openpyxl:  python3 crates/mingce/tests/blanks/make_workbooks.py [FOLDER]
Nobody's data stands in them. The dates in the files are fixed, so that the same script gives the same bytes.
"""

import datetime
import re
import sys
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

DAY = datetime.datetime(2014, 4, 1)
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
LABEL = Font(name="黑体", size=12)
TEXT = Font(name="仿宋", size=12)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)


def boxed(sheet, area, text=None, font=TEXT, alignment=MIDDLE):
    """Draws a box around an area, merged if it is larger than a cell, and writes into it."""
    cells = sheet[area] if ":" in area else ((sheet[area],),)
    for row in cells:
        for cell in row:
            cell.border = BOX
    first = cells[0][0]
    if ":" in area:
        sheet.merge_cells(area)
    first.value = text
    first.font = font
    first.alignment = alignment


def printed(sheet, area, landscape=False):
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0 if landscape else 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_area = area
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.page_margins.left = sheet.page_margins.right = 0.6


def annex(folder):
    """Our annex in another order: labels and answers in a box each, marks in one cell, an explaining sheet, a picture cell."""
    book = Workbook()
    note = book.active
    note.title = "填写说明"
    note["A1"] = "填写说明"
    note["A2"] = "1. 每人一表，打印后签名。"
    note["A3"] = "2. 选择项请在方框内打勾。"
    sheet = book.create_sheet("登记表")
    for column, width in zip("ABCDEFG", (13, 15, 9, 13, 13, 13, 14)):
        sheet.column_dimensions[column].width = width
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "党员志愿者登记表"
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet["A1"].alignment = MIDDLE
    sheet.row_dimensions[1].height = 40
    sheet["A2"] = "填报单位（盖章）："
    sheet["E2"] = "填表日期：    年   月   日"
    rows = [
        [("A", "姓  名"), ("B", None), ("C", "性别"), ("D", None), ("E", "出生年月"), ("F", None)],
        [("A", "身份证号"), ("B:D", None), ("E", "手机"), ("F", None)],
        [("A", "文化程度"), ("B", None), ("C", "专业"), ("D", None), ("E", "入党时间"), ("F", None)],
        [("A", "工作单位\n及 职 务"), ("B:F", None)],
        [("A", "家庭住址"), ("B:D", None), ("E", "邮编"), ("F:G", None)],
        [("A", "办公电话"), ("B:D", None), ("E", "QQ"), ("F:G", None)],
        [("A", "电子邮箱"), ("B:D", None), ("E", "身高"), ("F:G", "      cm")],
        [("A", "所在城区"), ("B", None), ("C", "特长"), ("D:G", None)],
        [("A", "服务意向\n（可多选）"), ("B:G", "□尊老服务    □爱幼志愿服务    □帮农民工服务    □助残服务")],
        [("A", "可参加志愿\n服务时间"), ("B:G", "双休日□   节假日□   随时可以□   其他时间：＿＿＿＿＿＿")],
        [("A", "交通补贴\n（限选一项）"), ("B:G", "（ ）手机充值   （ ）自行领取   （ ）爱心募捐")],
        [("A", "职业类型"), ("B:G", "机关党员干部 □")],
        [("A", "志愿服务\n经    历"), ("B:G", None)],
        [("A", "本人签名"), ("B:D", None), ("E", "备注"), ("F:G", None)],
    ]
    for number, row in enumerate(rows, 3):
        for area, text in row:
            first, _, last = area.partition(":")
            where = f"{first}{number}:{last}{number}" if last else f"{first}{number}"
            is_label = text is not None and len(text) < 14 and "□" not in text and "cm" not in text
            boxed(sheet, where, text, LABEL if is_label else TEXT, MIDDLE if is_label or not last else LEFT)
        sheet.row_dimensions[number].height = 80 if row[0][1].startswith("志愿服务\n") else 34
    boxed(sheet, "G3:G6", "照\n片")
    check = DataValidation(type="list", formula1='"男,女"', allow_blank=True)
    sheet.add_data_validation(check)
    check.add("D3")
    sheet.conditional_formatting.add("B4", FormulaRule(formula=["LEN(登记表!$B$4)=15"], fill=PatternFill("solid", bgColor="FFFF00")))
    printed(sheet, "A1:G16")
    sheet.print_title_rows = "1:2"
    sheet["B4"].comment = Comment("18 位", "办公室")
    book.active = 1
    finish(book, folder / "form-boxes.xlsx")


def cells(folder):
    """A form with a cell for each digit of a number, and for each option; 其他时间 has no box but a cell beside it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "信息卡"
    sheet.column_dimensions["A"].width = 15
    for column in range(2, 20):
        sheet.column_dimensions[get_column_letter(column)].width = 4.3
    rows = [
        [("A", "姓名"), ("B:G", None), ("H:J", "性别"), ("K:L", None), ("M:P", "出生年月"), ("Q:S", None)],
        [("A", "身份证号码"), *((get_column_letter(column), None) for column in range(2, 20))],
        [("A", "手机"), *((get_column_letter(column), None) for column in range(2, 13)), ("M:N", "邮编"), ("O:S", None)],
        [("A", "可参加志愿\n服务时间"), ("B:E", "双休日□"), ("F:I", "节假日□"), ("J:M", "随时可以□"), ("N:P", "其他时间"), ("Q:S", None)],
        [("A", "服务意向"), ("B:S", "□尊老服务  □爱幼志愿服务  □帮农民工服务  □助残服务")],
        [("A", "交通补贴"), ("B:G", "□手机充值"), ("H:M", "□自行领取"), ("N:S", "□爱心募捐")],
        [("A", "志愿服务经历"), ("B:S", None)],
    ]
    for number, row in enumerate(rows, 2):
        for area, text in row:
            first, _, last = area.partition(":")
            boxed(sheet, f"{first}{number}:{last}{number}" if last else f"{first}{number}", text, LABEL if text else TEXT)
        sheet.row_dimensions[number].height = 120 if row[0][1] == "志愿服务经历" else 30
    sheet["A1"] = "党员志愿者信息卡"
    printed(sheet, "A1:S8")
    finish(book, folder / "form-cells.xlsx")


def lines(folder):
    """A form of lines without boxes: label and line in one cell, in rich text; placeholders; a formula; a protected sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "志愿者 信息表"
    for column, width in zip("ABCD", (26, 26, 26, 18)):
        sheet.column_dimensions[column].width = width
    sheet["A1"] = "志 愿 者 信 息 表"
    sheet.merge_cells("A1:D1")
    sheet["A1"].font = Font(name="华文中宋", size=18, bold=True)
    sheet["A1"].alignment = MIDDLE
    under = InlineFont(rFont="仿宋", sz=14, u="single")
    plain = InlineFont(rFont="仿宋", sz=14)
    texts = [
        ("A3", "姓名：", 12), ("B3", "身高：", 6), ("C3", "出生年月：", 10),
        ("A4", "身份证号码：", 22), ("C4", "手机号码：", 14),
        ("A5", "所在党支部：", 24), ("C5", "入党时间：", 10),
        ("A6", "政治面貌：", 12), ("B6", "学历：", 8), ("C6", "专业特长：", 16),
    ]
    for at, label, blanks in texts:
        sheet[at] = CellRichText(TextBlock(plain, label), TextBlock(under, " " * blanks))
    sheet["A7"] = "工作单位：____________________"
    sheet["C7"] = "职务：__________"
    sheet["A8"] = "性别（勾选）：男□  女□"
    sheet["A9"] = "志愿服务项目：○尊老服务  ○爱幼志愿服务  ○帮农民工服务  ○助残服务"
    sheet["A10"] = "交通补贴：[ ]手机充值 [ ]自行领取 [ ]爱心募捐"
    sheet["A12"] = "兹有{{姓名}}同志（{{身份证号码}}），自愿参加志愿服务。联系：{{mobile}}"
    sheet["A14"] = "紧急联系人姓名："
    sheet["C14"] = "紧急联系人电话："
    sheet["A15"] = "本人签名："
    sheet["C15"] = "年   月   日"
    sheet["D3"] = "=IF(LEN('志愿者 信息表'!A3)>3,\"已填\",\"未填\")"
    sheet.protection.sheet = True
    for row in range(3, 11):
        sheet.row_dimensions[row].height = 26
        for column in "ABCD":
            sheet[f"{column}{row}"].font = Font(name="仿宋", size=14)
            sheet[f"{column}{row}"].protection = Protection(locked=False)
    printed(sheet, "A1:D15")
    finish(book, folder / "form-lines.xlsx")


def roster(folder):
    """A roster with numbered boxed lines, a total with formulas, a footer, and a heading of two levels with a column an option."""
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    widths = (6, 10, 6, 11, 11, 22, 22, 14, 8, 8, 8, 8, 10)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.merge_cells("A1:M1")
    sheet["A1"] = "长塘街道党员志愿者花名册"
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet["A1"].alignment = MIDDLE
    sheet["A2"] = "填报单位（盖章）："
    heads = ["序号", "姓名", "性别", "出生年月", "入党时间", "工作单位及职务", "身份证号码", "手机"]
    for number, head in enumerate(heads, 1):
        letter = get_column_letter(number)
        boxed(sheet, f"{letter}3:{letter}4", head, LABEL)
    boxed(sheet, "I3:L3", "服务意向（打√）", LABEL)
    for letter, head in zip("IJKL", ("尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务")):
        boxed(sheet, f"{letter}4", head, LABEL)
    boxed(sheet, "M3:M4", "民族", LABEL)
    for row in range(5, 9):
        for number in range(1, 14):
            boxed(sheet, f"{get_column_letter(number)}{row}", row - 4 if number == 1 else None)
        sheet.row_dimensions[row].height = 24
    boxed(sheet, "A9:B9", "合计")
    for number in range(3, 14):
        boxed(sheet, f"{get_column_letter(number)}9")
    sheet["C9"] = "=COUNTA(B5:B8)"
    for letter in "IJKL":
        sheet[f"{letter}9"] = f'=COUNTIF({letter}5:{letter}8,"√")'
    sheet["A11"] = "填表人："
    sheet["F11"] = "审核人："
    sheet.merge_cells("H11:M11")
    sheet["H11"] = "填表日期：    年  月  日"
    check = DataValidation(type="list", formula1='"男,女"', allow_blank=True)
    sheet.add_data_validation(check)
    check.add("C5:C8")
    sheet.conditional_formatting.add("G5:G8", FormulaRule(formula=["LEN(G5)=15"], fill=PatternFill("solid", bgColor="FFFF00")))
    sheet.freeze_panes = "C5"
    printed(sheet, "A1:M11", landscape=True)
    sheet.print_title_rows = "3:4"
    other = book.create_sheet("说明")
    other["A1"] = "共"
    other["B1"] = "=名册!C9"
    book.defined_names["人数"] = DefinedName("人数", attr_text="名册!$C$9")
    finish(book, folder / "roster-numbered.xlsx")


def plain_roster(folder):
    """A roster of a heading and nothing below it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for number, head in enumerate(("序号", "姓名", "性别", "身份证号", "联系电话", "所在党支部", "志愿服务项目", "备注"), 1):
        cell = sheet.cell(2, number, head)
        cell.font = Font(name="宋体", size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="D9D9D9")
        cell.border = BOX
        cell.alignment = MIDDLE
    sheet["A1"] = "志愿者名单"
    finish(book, folder / "roster-heading.xlsx")


def roster_of_groups(folder):
    """Lists of their own for branches below one heading, and for activists on a sheet that has the heading again."""
    heads = ("序号", "姓名", "性别", "身份证号", "联系电话", "志愿服务项目")
    book = Workbook()
    sheet = book.active
    sheet.title = "党员"
    for number, head in enumerate(heads, 1):
        boxed(sheet, f"{get_column_letter(number)}2", head, LABEL)
    sheet["A1"] = "党员志愿者花名册"
    for first, group in ((3, "长塘村党支部"), (6, "河湾社区党支部")):
        sheet.merge_cells(f"A{first}:F{first}")
        sheet[f"A{first}"] = group
        for line in (1, 2):
            for column in "ABCDEF":
                boxed(sheet, f"{column}{first + line}", line if column == "A" else None)
    sheet["A9"] = "合计"
    sheet["B9"] = "=COUNTA(B4:B8)"
    sheet = book.create_sheet("其他")
    for first, title in ((1, "入党积极分子"), (6, "退役军人")):
        sheet[f"A{first}"] = title
        for number, head in enumerate(heads, 1):
            column = get_column_letter(number)
            boxed(sheet, f"{column}{first + 1}", head, LABEL)
            boxed(sheet, f"{column}{first + 2}")
    finish(book, folder / "roster-groups.xlsx")


BOX_OF_TEXT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>4</xdr:col>\
<xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>6</xdr:col>\
<xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp macro="" textlink=""><xdr:nvSpPr>\
<xdr:cNvPr id="4" name="编号"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>\
</xdr:spPr><xdr:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="zh-CN"/><a:t>支部：{{所在</a:t></a:r><a:r><a:rPr b="1"/>\
<a:t>党支部}}（{{不认识}}）</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""

OLD_DRAWING = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" \
path="m,l,21600r21600,l21600,xe"/>{shapes}</xml>"""

SHAPE = """<v:shape id="Box{0}" o:spid="_x0000_s{0}" type="#_x0000_t201" style="position:absolute" filled="f" stroked="f">\
<v:textbox><div><font face="宋体">{1}</font></div></v:textbox><x:ClientData ObjectType="{kind}">\
<x:Anchor>{column}, 0, {row}, 0, {column}, 90, {row}, 20</x:Anchor><x:NoThreeD/>{more}</x:ClientData></v:shape>"""

RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTROL = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<formControlPr '
    'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="{kind}"{more} lockText="1" noThreeD="1"/>'
)
# kind, words, column and row from 0, the cell that is linked
CONTROLS = [("Checkbox", option, 1 + at, 4, f"$J${2 + at}") for at, option in enumerate(("尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务"))]
CONTROLS += [("Radio", "男", 3, 1, "$J$6"), ("Radio", "女", 3, 1, "")]


def drawn(folder):
    """A form with what lies on its sheet: a text box with placeholders, check boxes as controls and in cells, a photo cell."""
    book = Workbook()
    sheet = book.active
    sheet.title = "登记表"
    for column, width in zip("ABCDEFG", (12, 14, 12, 14, 12, 14, 12)):
        sheet.column_dimensions[column].width = width
    sheet["A1"] = "志愿者登记表"
    sheet.row_dimensions[1].height = 34
    for row, cells in enumerate([("姓名", None, "性别", None), ("手机", None, "身份证号", None), ("学历", None, "工作单位", None)], 2):
        sheet.row_dimensions[row].height = 36
        for column, text in zip("ABCD", cells):
            boxed(sheet, f"{column}{row}", text, font=LABEL if text else TEXT)
    boxed(sheet, "E2:F4", "照片")
    boxed(sheet, "A5", "服务意向", font=LABEL)
    boxed(sheet, "B5:G5")
    sheet.row_dimensions[5].height = 30
    for column, value in zip("ABCDEFG", ("交通补贴", False, "手机充值", False, "自行领取", False, "爱心募捐")):
        boxed(sheet, f"{column}6", value)
    sheet.oddHeader.right.text = "{{手机}}"
    printed(sheet, "A1:G6")
    finish(book, folder / "form-drawn.xlsx", lie_on_sheet)


def lie_on_sheet(parts):
    """Puts a text box and the controls of four options on the first sheet, as Excel writes them."""
    links = [("rId1", "drawing", "../drawings/drawing1.xml"), ("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml")]
    links += [(f"rId{3 + at}", "ctrlProp", f"../ctrlProps/ctrlProp{at + 1}.xml") for at in range(len(CONTROLS))]
    listed = "".join(f'<Relationship Id="{id}" Type="{RELATIONSHIP}/{kind}" Target="{to}"/>' for id, kind, to in links)
    controls = "".join(f'<control shapeId="{1025 + at}" r:id="rId{3 + at}" name="Box {at + 1}"/>' for at in range(len(CONTROLS)))
    shapes = ""
    for at, (kind, words, column, row, link) in enumerate(CONTROLS):
        more = f"<x:FmlaLink>{link}</x:FmlaLink>" if link else ""
        more += "<x:FirstButton/>" if link and kind == "Radio" else ""
        shapes += SHAPE.format(1025 + at, words, kind=kind, column=column, row=row, more=more)
    types = '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    kinds = '<Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>'
    kinds += "".join(
        f'<Override PartName="/xl/ctrlProps/ctrlProp{at + 1}.xml" ContentType="application/vnd.ms-excel.controlproperties+xml"/>'
        for at in range(len(CONTROLS))
    )
    for name, content in parts:
        text = content.decode() if name.endswith(".xml") else ""
        if name == "[Content_Types].xml":
            content = text.replace("<Default ", types + "<Default ", 1).replace("</Types>", kinds + "</Types>").encode()
        if name == "xl/worksheets/sheet1.xml":
            lying = f'<drawing r:id="rId1"/><legacyDrawing r:id="rId2"/><controls>{controls}</controls></worksheet>'
            text = text.replace("<worksheet ", f'<worksheet xmlns:r="{RELATIONSHIP}" ', 1)
            content = text.replace("</worksheet>", lying).encode()
        yield name, content
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    yield "xl/worksheets/_rels/sheet1.xml.rels", f"{head}{listed}</Relationships>".encode()
    yield "xl/drawings/drawing1.xml", BOX_OF_TEXT.encode()
    yield "xl/drawings/vmlDrawing1.vml", OLD_DRAWING.format(shapes=shapes).encode()
    for at, (kind, _, _, _, link) in enumerate(CONTROLS):
        more = f' fmlaLink="{link}"' if link else ""
        more += ' firstButton="1"' if link and kind == "Radio" else ""
        text = CONTROL.format(kind={"Checkbox": "CheckBox"}.get(kind, kind), more=more)
        yield f"xl/ctrlProps/ctrlProp{at + 1}.xml", text.encode()


def finish(book, path, change=lambda parts: parts):
    """Saves a workbook with fixed dates."""
    book.properties.created = book.properties.modified = DAY
    book.properties.creator = "办公室"
    book.save(path)
    with zipfile.ZipFile(path) as old:
        parts = list(change([(name, old.read(name)) for name in old.namelist()]))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2014-04-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, DAY.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for make in (annex, cells, lines, drawn, roster, plain_roster, roster_of_groups):
        make(where)

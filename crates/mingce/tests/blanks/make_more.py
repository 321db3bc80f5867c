#!/usr/bin/env python3
"""Makes blanks as other offices lay them out, byte for byte the same on every run: of each document only the main part is kept.

Not needed to build or test. Run it after changing a blank, with python-docx 1.2.0: `python crates/mingce/tests/blanks/make_more.py`.
"""

from copy import deepcopy
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from word_package import write_main_part

HERE = Path(__file__).resolve().parent
NS = nsdecls("w") + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
SUBSIDY = ["手机充值", "自行领取", "爱心募捐"]
SERVICES = ["尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务"]


def save(document, name):
    write_main_part(HERE / name, document)


def runs(cell, pieces):
    """Puts runs into a cell or paragraph: a text, or XML that begins with `<`."""
    paragraph = cell.paragraphs[0] if hasattr(cell, "paragraphs") else cell
    for piece in pieces:
        if piece.startswith("<"):
            for element in parse_xml(f"<w:p {NS}>{piece}</w:p>"):
                paragraph._p.append(deepcopy(element))
        else:
            paragraph.add_run(piece)


def table(document, rows, columns):
    """A table; a cell is a text or a list of runs, or one of both with the columns it spans."""
    made = document.add_table(rows=len(rows), cols=columns)
    for line, row in zip(made.rows, rows):
        column = 0
        for cell in row:
            content, span = cell if isinstance(cell, tuple) else (cell, 1)
            target = line.cells[column]
            if span > 1:
                target = target.merge(line.cells[column + span - 1])
            if isinstance(content, list):
                runs(target, content)
            else:
                target.text = content
            column += span
    return made


def control(number):
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{number}"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val="a"/></w:rPr>'
        "<w:t>单击此处输入文字。</w:t></w:r></w:sdtContent></w:sdt>"
    )


def control_box(number, signs=("2612", "2610")):
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{number}"/><w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="{signs[0]}" w14:font="MS Gothic"/>'
        f'<w14:uncheckedState w14:val="{signs[1]}" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{chr(int(signs[1], 16))}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def field(data, instruction, shown=""):
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="F"/><w:enabled/><w:calcOnExit w:val="0"/>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


FIELD_BOX = field('<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX")
FIELD_TEXT = field("<w:textInput/>", "FORMTEXT", "<w:r><w:t>\u2002\u2002\u2002\u2002\u2002</w:t></w:r>")
FIELD_LIST = field('<w:ddList><w:listEntry w:val="请选择"/><w:listEntry w:val="男"/><w:listEntry w:val="女"/></w:ddList>', "FORMDROPDOWN")


def symbol(font, code):
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def line(count):
    return f'<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">{" " * count}</w:t></w:r>'


def below():
    """Answers below their labels."""
    d = Document()
    table(d, [
        ["姓名", "性别", "出生年月", "手机"], ["", "", "", ""], [("身份证号码", 2), "工作单位", "职务"], [("", 2), "", ""], [("特长", 2), "学历", "专业"], [("", 2), "", ""],
        [("服务意向", 2), ("交通补贴", 2)], [("".join(f"{option}（ ）" for option in SERVICES), 2), (" ".join(f"[ ]{option}" for option in SUBSIDY), 2)],
    ], 4)
    save(d, "below.docx")


def cells():
    """Options in cells of their own, a cell for each digit of the ID number, the label merged down."""
    d = Document()
    t = table(d, [
        ["基本情况", "姓名", ("", 8), ("性别", 4), ("□男 □女", 6)], ["", "身份证号"] + [""] * 18, ["", "手机", ("", 8), ("学历", 4), ("", 6)],
        ["意向", "服务意向", ("□尊老服务", 4), ("□爱幼志愿服务", 5), ("□帮农民工服务", 5), ("□助残服务", 4)], ["", "交通补贴", ("手机充值□", 6), ("自行领取□", 6), ("爱心募捐□", 6)],
        ["", "可参加时间", ("双休日□", 4), ("节假日□", 5), ("随时可以□", 5), ("其他时间□", 4)],
    ], 20)
    t.cell(0, 0).merge(t.cell(2, 0))
    t.cell(3, 0).merge(t.cell(5, 0))
    save(d, "cells.docx")


def controls():
    """Content controls that show their placeholders."""
    d = Document()
    boxes = lambda options, first, **signs: [piece for number, option in enumerate(options) for piece in (control_box(first + number, **signs), option + " ")]
    table(d, [
        ["姓名", [control(1)], "性别", [control(2)]], ["身份证号", [control(3)], "手机", [control(4)]], ["职务", [control(5)], "工作单位", [control(6)]],
        ["服务意向", (boxes(SERVICES, 10), 3)], ["交通补贴", (boxes(SUBSIDY, 20, signs=("00FE", "00A8")), 3)], ["志愿服务经历", ([control(7)], 3)],
    ], 4)
    save(d, "controls.docx")


def fields():
    """Fields of old forms: texts, boxes, a list."""
    d = Document()
    boxes = lambda options: [piece for option in options for piece in (FIELD_BOX, option + " ")]
    table(d, [
        ["姓名", [FIELD_TEXT], "性别", [FIELD_LIST]], ["身份证号", [FIELD_TEXT], "手机", [FIELD_TEXT]], ["特长", [FIELD_TEXT], "家庭地址", [FIELD_TEXT]],
        ["服务意向", (boxes(SERVICES), 3)], ["交通补贴", (boxes(SUBSIDY), 3)],
    ], 4)
    save(d, "fields.docx")


def symbols():
    """Boxes that are symbols of picture fonts; options without boxes."""
    d = Document()
    boxes = lambda options, font, code: [piece for option in options for piece in (symbol(font, code), option + "  ")]
    table(d, [
        ["姓名", "", "性别", [symbol("Wingdings", "F0A8"), "男 ", symbol("Wingdings", "F0A8"), "女"]], ["身份证号码", "", "手机", ""], ["邮编", "□□□□□□", "专业", ""],
        ["服务意向", (boxes(SERVICES, "Wingdings 2", "00A3"), 3)], ["交通补贴", ("A.手机充值  B.自行领取  C.爱心募捐", 3)],
    ], 4)
    save(d, "symbols.docx")


def inside():
    """Labels with their places in their own cells."""
    d = Document()
    table(d, [
        ["姓名：", "性别：男□ 女□"], ["出生年月：    年  月", "身份证号：________________"], ["手机：", "电子邮箱："], [("工作单位：                    职务：          ", 2)],
        [("服务意向：" + " ".join("○" + option for option in SERVICES), 2)], [("交通补贴：\n" + "\n".join("□" + option for option in SUBSIDY), 2)], [("志愿服务经历：\n\n\n", 2)],
    ], 2)
    save(d, "inside.docx")


def spaced():
    """Lines without colons: underlined blanks and underscores."""
    d = Document()
    d.add_paragraph("志愿者登记表")
    for pieces in [
        ["姓名", line(12), " 性别", line(6), " 出生年月", line(10)], ["身份证号码 ____________________ 手机 ______________"], ["工作单位____________________ 职务______________"],
        ["家庭地址 ______________________________"], ["服务意向 " + " ".join("□" + option for option in SERVICES)], ["交通补贴 " + " ".join(option + "□" for option in SUBSIDY)],
    ]:
        runs(d.add_paragraph(), pieces)
    save(d, "spaced.docx")


def nested():
    """Options in a table inside the answer's cell."""
    d = Document()
    made = table(d, [["姓名", "", "性别", ""], ["手机", "", "身份证号", ""], ["服务意向", ("", 3)], ["交通补贴", ("请选择一项：", 3)], ["经历", ("", 3)]], 4)
    for row, options in [(2, [SERVICES[:2], SERVICES[2:]]), (3, [SUBSIDY])]:
        cell = made.rows[row].cells[1]
        inner = cell.add_table(rows=len(options), cols=len(options[0]))
        for line, words in zip(inner.rows, options):
            for place, word in zip(line.cells, words):
                place.text = f"□{word}"
    save(d, "nested.docx")


def rooms():
    """Cells to tick in beside the options, boxes in cells below the label, brackets to write in, words parted by commas."""
    d = Document()
    table(d, [
        ["姓名 Name", ("", 2), "手机 Mobile", ("", 2)], ["身份证号码\nID No.", ("", 5)], ["工作单位（盖章）", ("", 5)],
        ["服务项目", "尊老服务", "", "爱幼志愿服务", ("", 2)], ["", "帮农民工服务", "", "助残服务", ("", 2)],
        [("交通补贴（单选）", 6)], [("□手机充值", 2), ("□自行领取", 2), ("□爱心募捐", 2)],
        ["可参加志愿服务时间", ("1、双休日（ ）2、节假日（ ）3、随时可以（ ）4、其他时间（          ）", 5)],
        ["特长", ("（如：摄影、书法等）", 5)],
    ], 6)
    made = d.tables[0]
    made.rows[3].cells[0].merge(made.rows[4].cells[0])
    save(d, "rooms.docx")


def sentence():
    """Places to write on in a sentence, and two labels that together would be a third."""
    d = Document()
    runs(d.add_paragraph(), ["本人", line(10), "，性别", line(4), "，身份证号", line(20), "，自愿加入志愿者队伍，联系电话", line(14), "。"])
    runs(d.add_paragraph(), ["工作单位", line(24), "职务", line(12)])
    d.add_paragraph("服务意向：" + "  ".join("[ ]" + option for option in SERVICES))
    d.add_paragraph("可参加志愿服务时间：[ ]双休日  [ ]节假日  [ ]随时可以")
    d.add_paragraph("交通补贴：" + "  ".join("[ ]" + option for option in SUBSIDY))
    save(d, "sentence.docx")


def offered():
    """Other options than the scheme's, one choice with a place for something else and two without."""
    d = Document()
    table(d, [
        ["姓名", "", "手机", ""], ["身份证号码", ("", 3)], ["学历", ("□高中 □大专 □本科 □研究生", 3)],
        ["服务意向", ("□尊老服务 □助残服务 □文明劝导 □其他________", 3)], ["交通补贴", ("□手机充值 □爱心募捐", 3)], ["服务时间", ("□双休日 □节假日", 3)],
    ], 4)
    save(d, "offered.docx")


def slip():
    """A form with a slip to be torn off below it, another person's name, and places for signatures."""
    d = Document()
    table(d, [["姓名", "", "性别", ""], ["手机", "", "身份证号", ""], ["学历", "", "在职学历", ""], ["紧急联系人姓名", "", "紧急联系人电话", ""], ["服务意向", (" ".join("□" + option for option in SERVICES), 3)]], 4)
    d.add_paragraph("承诺人姓名（签字）：________")
    d.add_paragraph("登记回执")
    table(d, [["姓名", "", "手机", ""], ["受理单位（盖章）", "", "受理日期", ""]], 4)
    d.add_paragraph("姓名：____________   手机：______________")
    d.add_paragraph("审核人姓名：________")
    save(d, "slip.docx")


def lines_of_rosters():
    """Rosters whose lines have boxes, content controls, placeholders in them."""
    heading = ["序号", "姓名", "性别", "身份证号", "服务项目"]
    boxes = " ".join("□" + option for option in SERVICES)
    for name, lines in [
        ("roster-boxes.docx", [[str(number), "", "□男 □女", "", boxes] for number in (1, 2, 3)]),
        ("roster-controls.docx", [[str(line), *([control(10 * line + place)] for place in range(4))] for line in (1, 2)]),
        ("roster-placeholders.docx", [["{{序号}}", "{{姓名}}", "{{性别}}", "{{身份证号码}}", "{{服务意向}}"]]),
    ]:
        d = Document()
        d.add_paragraph("志愿者名册")
        table(d, [heading, *lines], 5)
        d.add_paragraph("填表人：")
        save(d, name)
    d = Document()
    made = table(d, [["单位", "序号", "姓名", "手机"], *(["", str(number), "", ""] for number in (1, 2, 3))], 4)
    made.rows[1].cells[0].merge(made.rows[3].cells[0])
    save(d, "roster-shared.docx")


if __name__ == "__main__":
    for make in [below, cells, controls, fields, symbols, inside, spaced, nested, rooms, sentence, offered, slip, lines_of_rosters]:
        make()

#!/usr/bin/env python3
"""Makes blanks with the habits of WPS and of offices in a hurry, byte for byte the same on every run.

Not needed to build or test. Run it after changing a blank: `python crates/mingce/tests/blanks/make_wps.py`.
"""

from pathlib import Path
from xml.sax.saxutils import escape

import word_package
from word_package import HEAD

HERE = Path(__file__).resolve().parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1418" w:bottom="1440" w:left="1418" '
    'w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
SERVICES = ["尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务"]
SUBSIDY = ["手机充值", "自行领取", "爱心募捐"]
FACE = '<w:rPr><w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋" w:hint="eastAsia"/><w:sz w:val="24"/></w:rPr>'
PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
TAB = "\t"


def boxed(options):
    return "  ".join("□" + option for option in options)


def paragraph(text="", properties=""):
    pieces = text.split(TAB)
    runs = "<w:r>%s<w:tab/></w:r>" % FACE
    runs = runs.join('<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>' % (FACE, escape(piece)) if piece else "" for piece in pieces)
    return "<w:p><w:pPr>%s%s</w:pPr>%s</w:p>" % (properties, FACE, runs)


def title(text):
    return paragraph(text, '<w:jc w:val="center"/>')


def cell(text, width, span=1, merge=None):
    properties = '<w:tcW w:w="%d" w:type="dxa"/>' % width
    properties += '<w:gridSpan w:val="%d"/>' % span if span > 1 else ""
    properties += {None: "", "first": '<w:vMerge w:val="restart"/>', "further": "<w:vMerge/>"}[merge]
    return "<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>" % (properties, "".join(paragraph(line) for line in text.split("\n")))


def table(rows, widths, grid=None, before=()):
    """A table; a cell is a text, or a text with the columns it spans and whether it is merged down."""
    edges = "".join('<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>' % edge for edge in ["top", "left", "bottom", "right", "insideH", "insideV"])
    xml = '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>%s</w:tblBorders></w:tblPr><w:tblGrid>' % edges
    xml += "".join('<w:gridCol w:w="%d"/>' % width for width in grid or widths) + "</w:tblGrid>"
    for number, row in enumerate(rows):
        at = 1 if number in before else 0
        gap = '<w:gridBefore w:val="1"/><w:wBefore w:w="%d" w:type="dxa"/>' % widths[0] if at else ""
        xml += '<w:tr><w:trPr>%s<w:trHeight w:val="520"/></w:trPr>' % gap
        for content in row:
            text, span, merge = content if isinstance(content, tuple) else (content, 1, None)
            xml += cell(text, sum(widths[at : at + span]), span, merge)
            at += span
        xml += "</w:tr>"
    return xml + "</w:tbl>"


def save(name, *body):
    document = HEAD + '<w:document xmlns:w="%s"><w:body>%s%s</w:body></w:document>' % (W, "".join(body), SECTION)
    word_package.write(HERE / name, document)


FOUR = [1700, 2800, 1700, 2870]
SMALL = [
    ["姓名", "", "性别", ""],
    ["手机", "", "学历", ""],
    ["身份证号码", ("", 3, None)],
    ["服务意向", (boxed(SERVICES), 3, None)],
    ["交通补贴", (boxed(SUBSIDY), 3, None)],
]

# two copies on one page, and a counterfoil on a page of its own
copy = title("志愿者登记表") + table(SMALL + [["特长", ("", 3, None)]], FOUR)
save("copies.docx", copy, paragraph(), copy)
stub = [["姓名", "", "性别", ""], ["手机", "", "编号", ""], ["服务意向", (boxed(SERVICES), 3, None)], ["经办人", "", "登记日期", ""]]
save("counterfoil.docx", title("志愿者登记表"), table(SMALL + [["出生年月", ("", 3, None)]], FOUR), PAGE, title("登记表（存根联）"), table(stub, FOUR))

# two answers at one label
pairs = [
    ["姓名/性别", "        /", "手机/QQ", ""],
    ["学历、专业", "", "出生年月", ""],
    ["身份证号", ("", 3, None)],
    ["服务意向", (boxed(SERVICES), 3, None)],
]
save("pairs.docx", title("登记表"), table(pairs, FOUR))

# a grid that says nothing of the cells, and rows that begin behind a gap
save(
    "grid.docx",
    title("信息采集表"),
    table([["", "姓  名", "", "性  别", ""]] + [row for row in SMALL[1:3]], [600, 1500, 2500, 1500, 3000], [3000, 3000, 3000], before=(1, 2)),
    table([["服务意向", boxed(SERVICES)], ["交通补贴", boxed(SUBSIDY)], ["志愿服务经历", ""]], [2100, 7000], [9100]),
)

# the photo to the left, labels over several lines, an answer right below an empty one
photo = [
    [("免冠\n一寸\n照片", 1, "first"), "姓\n名", "", "曾用名", ""],
    [("", 1, "further"), "性别", "□男 □女", "出生\n年月", "   年  月"],
    [("", 1, "further"), "文化程度", "", "健康状况", ""],
    ["手机号码", ("", 2, None), "微信号", ""],
    ["身份证\n号码", ("", 4, None)],
    ["现住址", ("", 4, None)],
    ["意向服务项目", (boxed(SERVICES), 4, None)],
]
save("photo.docx", title("社区志愿者登记表"), table(photo, [1800, 1500, 2300, 1500, 1970]))

# options one below the other between lines of text
lines = [paragraph("二、服务意向（可多选）")] + [paragraph("　　□ " + option) for option in SERVICES]
lines += [paragraph("三、交通补贴（单选）")] + [paragraph("　　○ " + option) for option in SUBSIDY]
save("below-lines.docx", title("登记表"), paragraph("一、基本信息"), table(SMALL[:3], FOUR), *lines)

# choices known by their options alone, and an address whose parts are printed
named = SMALL[:3] + [
    ["家庭地址", ("      区      街道      号", 3, None)],
    ["认领岗位", (boxed(SERVICES), 3, None)],
    ["领取办法：", ("  ".join(option + "〔　〕" for option in SUBSIDY), 3, None)],
]
save("unlabelled.docx", title("登记表"), table(named, FOUR))

# labels and dotted lines that tabs draw, without colons
TABS = '<w:tabs><w:tab w:val="left" w:leader="dot" w:pos="3600"/><w:tab w:val="right" w:leader="dot" w:pos="8800"/></w:tabs>'
drawn = ["姓  名\t性  别\t", "出生年月\t学  历\t", "身份证号\t手机\t", "家庭住址\t\t", "服务意向  " + boxed(SERVICES), "交通补贴  " + boxed(SUBSIDY)]
save("leaders.docx", title("志愿者登记卡"), *[paragraph(text, TABS) for text in drawn])

# an option a row, each with its brackets at the end; a label in front of others that are not ours
rows = [
    ["姓名", "", "性别", ""],
    ["手机", "", "身份证号", ""],
    [("学历", 1, "first"), "全日制教育", "", ""],
    [("", 1, "further"), "在职教育", "", ""],
]
rows += [[("服务意向" if not place else "", 1, "further" if place else "first"), ("%d.%s" % (place + 1, option), 2, None), "（　）"] for place, option in enumerate(SERVICES)]
rows += [[("交通补贴", 1, "first"), *SUBSIDY], [("", 1, "further"), "□", "□", "□"]]
save("numbered.docx", title("登记表"), table(rows, FOUR))

# rosters: two lists side by side, a list over two pages, a list for each branch, one for activists
HEADINGS = ["序号", "姓名", "身份证号", "服务项目"]
WIDTHS = [700, 1400, 2600, 2300]


def numbered(first, count, columns=4):
    return [[str(first + place)] + [""] * (columns - 1) for place in range(count)]


sides = [left + right for left, right in zip(numbered(1, 2), numbered(3, 2))]
save("roster-beside.docx", title("名册"), table([HEADINGS * 2] + sides + [["合计", ("      人", 7, None)]], [500, 1000, 1900, 1200] * 2))
save("roster-continued.docx", title("名册"), table([HEADINGS] + numbered(1, 2), WIDTHS), PAGE, table([HEADINGS] + numbered(3, 2), WIDTHS))
groups = [HEADINGS, [("长塘村党支部", 4, None)]] + numbered(1, 2) + [[("河湾社区党支部", 4, None)]] + numbered(1, 2)
save("roster-groups.docx", title("名册"), table(groups, WIDTHS))
activists = [paragraph("一、党员"), table([HEADINGS] + numbered(1, 1), WIDTHS), paragraph("二、入党积极分子"), table([HEADINGS] + numbered(1, 2), WIDTHS)]
save("roster-activists.docx", title("名册"), *activists, paragraph("填表人：          审核人："))
# the names of branches stand beside their lines, merged down, and numbers go on from one to the next
beside = [["支部", *HEADINGS]]
for line, row in enumerate(numbered(1, 4)):
    beside.append([(["长塘村党支部", "", "河湾社区支部", ""][line], 1, "further" if line % 2 else "first"), *row])
save("roster-branches.docx", title("名册"), table(beside, [1600, *WIDTHS]))

# a column for each answer, below one heading; the numbers go on from branch to branch
answers = [
    [("序号", 1, "first"), ("姓名", 1, "first"), ("性别", 2, None), ("文化程度", 3, None), ("服务项目", 1, "first")],
    [("", 1, "further"), ("", 1, "further"), "男", "女", "本科及以上", "大专", "高中及以下", ("", 1, "further")],
    [("第一党支部", 8, None)], *numbered(1, 2, 8), [("第二党支部", 8, None)], *numbered(3, 3, 8),
]
save("roster-answers.docx", title("名册"), table(answers, [700, 1200, 600, 600, 1300, 900, 1300, 2000]))

# a heading with no line below it; a remark that is merged down over all lines
save("roster-bare.docx", title("名册"), table([HEADINGS], WIDTHS), paragraph("填表人：          审核人："))
remarks = [["序号", "姓名", "身份证号", "服务项目", "备注"]]
remarks += [line + [("本表一式两份" if not place else "", 1, "further" if place else "first")] for place, line in enumerate(numbered(1, 3))]
save("roster-remark.docx", title("名册"), table(remarks, WIDTHS + [1500]))

# the room is what brackets leave, in lines and in cells; a letter whose clauses wait for their words
bracketed = ["姓名（　　　　）性别（　）民族（　　）", "出生年月（　　　　　）学历（　　　）", "身份证号码［　　　　　　］手机［　　　　］", "家庭住址：【　　　　　　　】"]
choices = ["服务意向：" + boxed(SERVICES), "交通补贴：" + boxed(SUBSIDY)]
save("brackets.docx", title("志愿者登记表"), *[paragraph(text) for text in bracketed + choices + ["志愿服务经历（　　　　　　　）"]])
rows = [["姓名", "【　　　】", "性别", "【　】"], ["身份证号", "（　　　　　）", "手机", "（　　　　）"], ["家庭住址", ("（　　　　　　　）", 3, None)]]
rows += [["服务意向", (boxed(SERVICES), 3, None)], ["交通补贴", (boxed(SUBSIDY), 3, None)], [("工作单位（　　　　　）", 2, None), ("职务（　　　）", 2, None)]]
save("brackets-cells.docx", title("志愿者登记表"), table(rows, FOUR))
letter = "    本人______，性别____，____年__月__日出生，住____________，现在__________工作，联系电话__________，籍贯______，自愿参加志愿服务队。"
letter = [letter] + ["    " + choice for choice in choices] + ["申请人（签名）：", "年  月  日"]
save("letter.docx", title("申请书"), paragraph("长塘村党支部："), *[paragraph(text) for text in letter])

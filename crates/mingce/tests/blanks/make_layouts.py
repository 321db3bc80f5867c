"""Makes forms and rosters in workbooks, a layout each, from rows of cells.

Run with openpyxl:  python3 crates/mingce/tests/blanks/make_layouts.py [FOLDER]
Nobody's data stands in them. The same script gives the same bytes.
"""

import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from make_workbooks import LABEL, TEXT, boxed, finish, printed

OPTIONS = ("尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务")
BOXES = "  ".join(f"□{option}" for option in OPTIONS)
NAMED = [
    [("姓名", 1), ("", 1), ("性别", 1), ("", 1)],
    [("出生年月", 1), ("", 1), ("学历", 1), ("", 1)],
    [("手机", 1), ("", 1), ("入党时间", 1), ("", 1)],
    [("身份证号码", 1), ("", 3)],
    [("服务意向", 1), (BOXES, 3)],
]


def lay(sheet, rows, column=1, row=1):
    """Lays rows of (words, columns, rows) out; None leaves a column to a cell above. Gives the next row."""
    for cells in rows:
        at = column
        for cell in cells:
            if cell is None:
                at += 1
                continue
            words, width, height = (*cell, 1)[:3]
            first = f"{get_column_letter(at)}{row}"
            last = f"{get_column_letter(at + width - 1)}{row + height - 1}"
            boxed(sheet, first if first == last else f"{first}:{last}", words or None, LABEL if len(words) < 8 else TEXT)
            at += width
        sheet.row_dimensions[row].height = 44 if any(cell and "□" in cell[0] for cell in cells) else 26
        row += 1
    return row


def form(folder, name, blocks, width=18):
    """A form of blocks of rows, each with the column and row it begins at."""
    book = Workbook()
    sheet = book.active
    sheet.title = "登记表"
    right = bottom = 1
    for rows, column, row in blocks:
        bottom = max(bottom, lay(sheet, rows, column, row) - 1)
        right = max(right, max(column - 1 + sum(cell[1] if cell else 1 for cell in cells) for cells in rows))
    for column in range(1, right + 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    printed(sheet, f"A1:{get_column_letter(right)}{bottom}")
    finish(book, folder / f"form-{name}.xlsx")


def roster(folder, name, numbers, lines=4):
    """Two lists side by side, their lines numbered down each list, across both, or not at all."""
    heads = ("序号", "姓名", "性别", "出生年月", "身份证号", "手机", "服务项目")
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    size = len(heads)
    lay(sheet, [[("党员志愿者名册", 2 * size)]])
    for beside in range(2):
        lay(sheet, [[(head, 1) for head in heads]], 1 + beside * size, 2)
        for line in range(lines):
            number = {"down": line + 1 + beside * lines, "across": 2 * line + 1 + beside, "blank": None}[numbers]
            lay(sheet, [[("", 1)] * size], 1 + beside * size, 3 + line)
            sheet.cell(3 + line, 1 + beside * size).value = number
    sheet.cell(3 + lines, 1).value = "合计"
    sheet.cell(3 + lines, 2).value = f"=COUNTA(B3:B{2 + lines})+COUNTA(I3:I{2 + lines})"
    printed(sheet, f"A1:N{3 + lines}", landscape=True)
    sheet.print_title_rows = "1:2"
    finish(book, folder / f"roster-{name}.xlsx")


def noted(folder):
    """A form with a note at a cell and two hidden sheets, placeholders in all of them."""
    book = Workbook()
    sheet = book.active
    sheet.title = "登记表"
    lay(sheet, NAMED)
    sheet["A1"].comment = Comment("本表由{{姓名}}填写，血型{{血型}}", "办公室")
    for state, text in (("hidden", "{{手机}}"), ("veryHidden", "{{学历}}")):
        book.create_sheet(state)["A1"] = text
        book[state].sheet_state = state
    finish(book, folder / "form-noted.xlsx")


def roster_beside(folder):
    """A roster whose branches stand beside their lines in cells merged down, its numbers going on from branch to branch."""
    heads = ("支部", "序号", "姓名", "性别", "手机", "志愿服务项目")
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    lay(sheet, [[("党员志愿者名册", len(heads))], [(head, 1) for head in heads]])
    for place, branch in enumerate(("长塘村第一党支部", "二支部", "第十一党支部")):
        lay(sheet, [[(branch, 1, 2), *[("", 1)] * 5], [None, *[("", 1)] * 5]], row=3 + 2 * place)
        for line in (0, 1):
            sheet.cell(3 + 2 * place + line, 2).value = 1 + 2 * place + line
    sheet["A9"] = "合计"
    sheet["C9"] = "=COUNTA(C3:C8)"
    for column in "ABCDEF":
        boxed(sheet, f"{column}9", sheet[f"{column}9"].value)
    finish(book, folder / "roster-branches.xlsx")


def roster_of_answers(folder):
    """A roster with a column for each answer: 男 and 女 alone, statuses below one heading."""
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    statuses = ("中共党员", "预备党员", "入党积极分子")
    heads = [("序号", 1, 2), ("姓名", 1, 2), ("男", 1, 2), ("女", 1, 2), ("政治面貌", 3), ("志愿服务项目", 1, 2)]
    lay(sheet, [[("党员志愿者名册", 8)], heads, [None] * 4 + [(status, 1) for status in statuses] + [None], *[[("", 1)] * 8] * 3])
    finish(book, folder / "roster-answers.xlsx")


def make(folder):
    noted(folder)
    roster_beside(folder)
    roster_of_answers(folder)
    title = [[("党员志愿者登记表", 4)]]
    stub = [[("存根", 4)]]
    form(folder, "copy-below", [(title, 1, 1), (NAMED, 1, 2), (stub, 1, 7), (NAMED, 1, 8)])
    form(folder, "copy-beside", [(title, 1, 1), (NAMED, 1, 2), (stub, 6, 1), (NAMED, 6, 2)], width=13)
    slip = [[("回执（由审核单位留存）", 4)], [("姓名", 1), ("", 1), ("手机", 1), ("", 1)], [("经办人", 1), ("", 1), ("受理日期", 1), ("", 1)]]
    form(folder, "slip", [(title, 1, 1), (NAMED, 1, 2), (slip, 1, 7)])
    pairs = [
        [("姓名/性别", 1), ("", 1), ("手机/QQ", 1), ("", 1)],
        [("出生年月／入党时间", 1), ("        /        ", 1), ("学历/专业", 1), ("", 1)],
        [("身份证号码", 1), ("", 3)],
        [("服务意向", 1), (BOXES, 3)],
    ]
    form(folder, "pairs", [(title, 1, 1), (pairs, 1, 2)])
    sections = [
        [("一、基本信息", 4)],
        *NAMED[:2],
        [("身份证号码", 1), ("", 3)],
        [("二、联系方式", 4)],
        [("手机号码", 1), ("", 1), ("邮政编码", 1), ("", 1)],
        [("家庭住址", 1), ("", 3)],
        [("三、服务意向（可多选）", 4)],
        [(BOXES, 4)],
        [("以下由社区填写", 4)],
        [("受理人", 1), ("", 1), ("联系电话", 1), ("", 1)],
    ]
    form(folder, "sections", [(title, 1, 1), (sections, 1, 2)])
    listed = [[("服务意向", 1, 5), ("服务项目", 2), ("是否参加（打√）", 1)]]
    listed += [[None, (option, 2), ("", 1)] for option in OPTIONS]
    schools = [[("学习经历", 1, 3), ("起止时间", 1), ("学校", 1), ("专业", 1)], [None, ("", 1), ("", 1), ("", 1)], [None, ("", 1), ("", 1), ("", 1)]]
    form(folder, "options", [(title, 1, 1), (NAMED[:4], 1, 2), (listed, 1, 6), (schools, 1, 11)])
    pictured = [[("照片\n（近期免冠）", 1, 3), *NAMED[0]], [None, *NAMED[1]], [None, *NAMED[2]], [("身份证号码", 1), ("", 4)], [("服务意向", 1), (BOXES, 4)]]
    form(folder, "photo-left", [([[("党员志愿者登记表", 5)]], 1, 1), (pictured, 1, 2)])
    form(folder, "photo-copies", [([[("党员志愿者登记表", 5)]], 1, 1), (pictured, 1, 2), ([[("—— 存  根 ——", 5)]], 1, 7), (pictured, 1, 8)])
    for numbers in ("down", "across", "blank"):
        roster(folder, f"beside-{numbers}", numbers)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)

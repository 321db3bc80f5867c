#!/usr/bin/env python3
"""tests/bench/run.py [PROGRAM [ROUNDS]]: whole runs of the program, next to the floor: the least that anybody has to do.

Nothing but Python is needed. The workbooks are made here (invented people, as Excel keeps them: shared strings), the outputs go to
/dev/shm where there is one, into a new folder each time. For each job the median of processor time, time on the clock and memory is
shown. The floor of forms is creating as many files of the same size; that of a roster is inflating the input and deflating the
output once. Figures of different machines or hours are not comparable; figures of one run are.
"""

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else str(REPOSITORY / "target/release/mingce")
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
MAKE = "--make-workbook"
SCRATCH = "/dev/shm" if os.path.isdir("/dev/shm") else None

HEADINGS = "姓名 性别 出生年月 身份证号码 手机 电话 电子邮件 学历 专业 特长 工作单位 职务 家庭地址 QQ 交通补贴 服务意向 可参加志愿服务时间 志愿服务经历 入党时间".split()
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def person(number, draw):
    """One invented person's answers; no two people share an ID number."""
    day = number % 18000
    birth = f"{1945 + day // 336}{day // 28 % 12 + 1:02}{day % 28 + 1:02}"
    digits = f"329901{birth}{number // 18000 * 2 + 1:03}"
    digits += "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS)) % 11]
    name = draw.choice("王李张刘陈杨黄赵吴周") + "".join(draw.choices("伟芳娜秀英敏静丽强磊军洋", k=draw.choice((1, 2))))
    services = "、".join(draw.sample(["尊老服务", "爱幼志愿服务", "帮农民工服务", "助残服务"], draw.choice((1, 1, 2, 3))))
    return [
        name, "男", f"{birth[:4]}.{birth[4:6]}", digits, f"138{number:08}", f"0519-8{draw.randrange(10**7):07}", f"u{number}@example.com",
        draw.choice(["高中", "大专", "本科"]), draw.choice(["会计学", "法学", "农学"]), draw.choice(["书法", "急救"]), draw.choice(["长塘村", "聚湖社区"]),
        draw.choice(["科员", "会计"]), f"西湖街道{number % 400 + 1}号", str(10**7 + number), draw.choice(["手机充值", "自行领取", "爱心募捐"]), services,
        draw.choice(["双休日", "节假日"]), f"{draw.randrange(2005, 2014)}年参加{services}", f"{int(birth[:4]) + 22}.07",
    ]  # fmt: skip


def workbook(count, path):
    """A workbook of so many people."""
    draw, shared, rows = random.Random(20140416), {}, []
    for row, answers in enumerate([HEADINGS, *(person(number, draw) for number in range(count))], 1):
        cells = (f'<c r="{chr(65 + column)}{row}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>' for column, text in enumerate(answers))
        rows.append(f'<row r="{row}">{"".join(cells)}</row>')
    main, relationships = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/package/2006/relationships"
    office, types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{types}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relationships}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="汇总" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relationships}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{"".join(f"<si><t>{escape(text)}</t></si>" for text in shared)}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')


FILES = "import os,sys\nos.makedirs(sys.argv[1])\ncontent=b'x'*int(sys.argv[3])\nfor number in range(int(sys.argv[2])):\n file=os.open(f'{sys.argv[1]}/{number:06d}.docx',os.O_CREAT|os.O_WRONLY);os.write(file,content);os.close(file)"
BYTES = "import sys,zipfile\nfor name,again in ((sys.argv[1],0),(sys.argv[2],1)):\n book=zipfile.ZipFile(name);copy=zipfile.ZipFile(sys.argv[3],'w',zipfile.ZIP_DEFLATED,compresslevel=4)\n for part in book.namelist():\n  content=book.read(part)\n  if again: copy.writestr(part,content)"


def make(count, path):
    """Makes a workbook in a process of its own: what this one takes would be counted for the programs that it starts."""
    spent([sys.executable, __file__, MAKE, str(count), str(path)])


def spent(argv):
    """Processor seconds, seconds on the clock and MiB that a program took."""
    start = time.perf_counter()
    process = os.posix_spawn(argv[0], argv, os.environ)
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(f"{' '.join(argv)}: status {status >> 8}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024


def show(title, programs, folder):
    """Runs each program in turn, as often as asked for."""
    taken = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, argv in programs.items():
            taken[name].append(spent(argv))
            out = folder / "out"
            shutil.rmtree(out) if out.is_dir() else out.with_suffix(Path(argv[-1]).suffix).unlink(missing_ok=True)
    print(f"\n{title}, median of {ROUNDS}\n{'':24}{'cpu s':>9}{'clock s':>9}{'MiB':>7}")
    for name, runs in taken.items():
        processor, clock, memory = (statistics.median(column) for column in zip(*runs))
        print(f"{name:24}{processor:9.3f}{clock:9.3f}{memory:7.0f}")


def main():
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        folder = Path(folder)
        out, mingce = str(folder / "out"), lambda command, source, *more: [PROGRAM, command, "-q", "--today", "2026-06-01", str(source), *more, "-o"]
        for count in (1_000, 10_000):
            source = folder / f"{count}.xlsx"
            make(count, source)
            spent([*mingce("forms", source), out])
            size = statistics.mean(file.stat().st_size for file in Path(out).iterdir())
            shutil.rmtree(out)
            programs = {"one thread": [*mingce("forms", source, "--threads", "1"), out], "all threads": [*mingce("forms", source), out]}
            programs["floor: create files"] = [sys.executable, "-c", FILES, out, str(count), str(round(size))]
            show(f"{count:,} forms of {size:,.0f} bytes, a file each", programs, folder)
            show(f"{count:,} forms, one document", {"mingce": [*mingce("forms", source), f"{out}.docx"]}, folder)
        count, made = 100_000, folder / "made.xlsx"
        source = folder / f"{count}.xlsx"
        make(count, source)
        spent([*mingce("roster", source), str(made)])
        floor = [sys.executable, "-c", BYTES, str(source), str(made), f"{out}.xlsx"]
        programs = {"roster .xlsx": [*mingce("roster", source), f"{out}.xlsx"], "roster .docx": [*mingce("roster", source), f"{out}.docx"]}
        show(f"{count:,} lines of a roster", programs | {"floor: inflate, deflate": floor}, folder)


if sys.argv[1:2] == [MAKE]:
    workbook(int(sys.argv[2]), sys.argv[3])
else:
    main()

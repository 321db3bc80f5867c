"""Makes strokes.txt: python3 strokes.py TABLE SEQUENCES > strokes.txt

TABLE: the characters of 通用规范汉字表 in its own order, nothing else (3,500 + 3,000 + 1,605).
SEQUENCES: lines of code point, character, stroke sequence (1 横 2 竖 3 撇 4 点 5 折, variants as (a|b)), parted by tabs, such
as codepoint-character-sequence.txt of Conway Stroke Data (https://github.com/stroke-input/stroke-input-data).

Within a level the table's order is kept as it is. The sequences only say where the levels meet: for each level those of
each character's variants are taken that rise along the table; a character with none takes that of the one before.
"""
import bisect
import itertools
import re
import sys

LEVELS = [3500, 3000, 1605]


def variants(pattern):
    groups = [group.split("|") for group in re.findall(r"\(([^)]*)\)", pattern)]
    for picked in itertools.product(*groups):
        parts = iter(picked)
        text = re.sub(r"\([^)]*\)", lambda _: next(parts), pattern)
        yield re.sub(r"\\(\d)", lambda match: picked[int(match[1]) - 1], text)


def sequences(path):
    found = {}
    for line in open(path, encoding="utf-8"):
        match = re.fullmatch(r"U\+[0-9A-F]+!?\t(.)[\^*]?\t([1-5|()\\]+)", line.rstrip("\n"))
        if match:
            found.setdefault(match[1], set()).update((len(text), text) for text in variants(match[2]))
    return found


def rising(level, found):
    """The longest run of characters whose sequences rise: place -> (strokes, sequence)."""
    tails, ends, before, nodes = [], [], [], []
    for place, character in enumerate(level):
        # the largest first, lest one character be taken twice
        for key in sorted(found.get(character, ()), reverse=True):
            at = bisect.bisect_right(tails, key)
            before.append(ends[at - 1] if at else None)
            nodes.append((place, key))
            tails[at:at + 1], ends[at:at + 1] = [key], [len(nodes) - 1]
    chain, node = {}, ends[-1]
    while node is not None:
        place, key = nodes[node]
        chain[place], node = key, before[node]
    return chain


def main(table, path):
    found = sequences(path)
    characters = "".join(open(table, encoding="utf-8").read().split())
    placed, start = [], 0
    for number, length in enumerate(LEVELS):
        level, start = characters[start:start + length], start + length
        chain, key = rising(level, found), (1, "1")
        for place, character in enumerate(level):
            key = chain.get(place, key)
            placed.append((key, number, place, character))
    lines = {}
    for key, _, _, character in sorted(placed):
        lines[key[0]] = lines.get(key[0], "") + character
    for strokes in range(1, max(lines) + 1):
        print(lines.get(strokes, ""))


main(*sys.argv[1:])

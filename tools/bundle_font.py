"""Cut the Chinese font that ships with the program out of Noto Sans CJK.

    apt-get install fonts-noto-cjk && python tools/bundle_font.py

Kept: GB 2312, GBK characters common in names and in engineering, Latin-1, Greek, superscripts, subscripts, and the
signs engineers write. The family is renamed, because the licence (SIL OFL 1.1) reserves the name of the original.
"""

from __future__ import annotations

import argparse
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
TARGET = Path(__file__).parent.parent / "src" / "slopedesign" / "fonts" / "SlopeDesignSansSC-Regular.otf"
FAMILY = "SlopeDesign Sans SC"

SIGNS = (
    "−±×÷·•…—–―‘’“”„†‡‰′″‹›€™©®°µ"
    "⁴"
    "≤≥≦≧≈≠≡∝∞√∑∏∫∂∆∇∠∟⊥∥∩∪∈∵∴∅⊙"
    "℃℉Å㎡㎥㎜㎝㎞㎏㏒㏑㎎ℓ№"
    "→←↑↓↔↕↖↗↘↙⇒⇔"
    "△▲▽▼□■◇◆○●◎☆★▱◢◣◤◥√✓"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⒈⒉⒊⒋⒌"
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"
)
BEYOND_GB2312 = (
    "黏砼硐堃喆昇玥珺镕祎旸曌煊垚淼焱晟頔犇骉昶堉埡垭碶磡嵝崀峃岽峤崟崤嶂坜坨垌垟塅塝墕壋墈砦硚磜磹礤漈溇滠澥瀍洣浛浠涢"
    "沄沘沣沩泃泖泚浐浒浕浬淠淯渰湴潖滃漷溦畈畲舨邛邳郧郫鄠鄢釪钃珩珮琤琪瑄瑢瑱璟璠璇祯禔禛竑筠箐箬篁翀翊翙"
    "芃芾苡茜荇荞莙菀菂菉菡萏葑葙蒴蓥蔺薜蘅虓蜑赟轫逄逯逌遑郯郇郕郴鄞鄱鄹铖铚锜锳镠镡閤阃闿隰隽雩霁霈霏韪韬頫颀颙飏馥骁骐"
    "骢鲅鲌鲴鲩鳊鳙鹂鹮麂黟黼齐龑龢龚矸矽砷硒碲铊铍锶铷铯锗镓铟钽铼锇钌铑钯"
)
SUPERSCRIPTS = dict(zip("⁰⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", "056789+−=()n", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+−=()", strict=True))
SAME_GLYPH = {"⌀": "Ø", "ϕ": "φ", "ϵ": "ε", "✔": "✓"}
SMALL, RAISED, LOWERED = 0.58, 330, -150  # of the glyph's size; font units


def characters() -> set[int]:
    """Code points to keep."""
    gb2312 = {
        ord(bytes((row, cell)).decode("gb2312"))
        for row in range(0xA1, 0xF8)
        for cell in range(0xA1, 0xFF)
        if _decodes(bytes((row, cell)))
    }
    latin = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    greek = set(range(0x391, 0x3A2)) | set(range(0x3A3, 0x3AA)) | set(range(0x3B1, 0x3CA))
    wide = set(range(0xFF01, 0xFF5F)) | {0xFFE5}
    return gb2312 | latin | greek | wide | {ord(c) for c in SIGNS + BEYOND_GB2312}


def _decodes(pair: bytes) -> bool:
    try:
        pair.decode("gb2312")
    except UnicodeDecodeError:
        return False
    return True


def rename(font: TTFont) -> None:
    """Give the subset its own family, keeping copyright and licence entries."""
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (1, 3, 4, 6, 16, 17, 18, 21, 22, 25):
            names.removeNames(nameID=record.nameID)
    names.removeNames(nameID=7)  # the trademark notice speaks of the original's name
    postscript = FAMILY.replace(" ", "")
    for name_id, text in ((1, FAMILY), (3, f"{postscript}-Regular 1.0"), (4, FAMILY), (6, f"{postscript}-Regular")):
        names.setName(text, name_id, 3, 1, 0x409)
    names.setName(
        "Subset of a typeface published under the SIL Open Font License 1.1; renamed as that licence asks.",
        10,
        3,
        1,
        0x409,
    )
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [f"{postscript}-Regular"]
        top[0].FamilyName, top[0].FullName = FAMILY, f"{FAMILY} Regular"
        if hasattr(top[0], "Notice"):
            top[0].Notice = ""


def add_small(font: TTFont, sign: str, base: str, shift: int) -> None:
    """Add a superscript or subscript the source lacks, as its base glyph made small and shifted."""
    cmap = font.getBestCmap()
    glyphs, top = font.getGlyphSet(), font["CFF "].cff[0]
    old, new = cmap[ord(base)], f"cid{60000 + ord(sign) % 5000:05d}"
    width = round(font["hmtx"][old][0] * SMALL)
    pen = T2CharStringPen(width, glyphs)
    glyphs[old].draw(TransformPen(pen, (SMALL, 0, 0, SMALL, 0, shift)))
    group = top.FDSelect[font.getGlyphID(old)]
    private = top.FDArray[group].Private
    outline = pen.getCharString(private=private, globalSubrs=font["CFF "].cff.GlobalSubrs)
    top.CharStrings.charStringsIndex.append(outline)
    top.CharStrings.charStrings[new] = len(top.CharStrings.charStringsIndex) - 1
    top.charset.append(new)
    top.FDSelect.gidArray.append(group)
    font.setGlyphOrder([*font.getGlyphOrder(), new] if new not in font.getGlyphOrder() else font.getGlyphOrder())
    font["hmtx"][new] = (width, 0)
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    point_to(font, sign, new)


def point_to(font: TTFont, sign: str, glyph: str) -> None:
    """Let a character be drawn by a glyph."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[ord(sign)] = glyph


def main() -> None:
    """Write the font and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--number", type=int, default=2, help="which font of the collection (2: simplified Chinese)")
    arguments = parser.parse_args()

    font = TTFont(arguments.source, fontNumber=arguments.number, lazy=True, recalcTimestamp=False)
    wanted = characters()
    options = subset.Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font["CFF "].cff[0].CharStrings  # noqa: B018 - parsed before it grows
    for sign, base in SUPERSCRIPTS.items():
        add_small(font, sign, base, RAISED)
    for sign, base in SUBSCRIPTS.items():
        add_small(font, sign, base, LOWERED)
    for sign, base in SAME_GLYPH.items():
        point_to(font, sign, font.getBestCmap()[ord(base)])
    rename(font)
    font.save(TARGET)
    missing = sorted(wanted - TTFont(TARGET).getBestCmap().keys())
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.2f} MB, {len(wanted) - len(missing)} characters")  # noqa: T201
    for code in missing:
        print(f"  not in the source: U+{code:04X} {unicodedata.name(chr(code), '?')}")  # noqa: T201


if __name__ == "__main__":
    main()

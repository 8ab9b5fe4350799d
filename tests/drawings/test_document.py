"""Files: header, styles, handles, refusals, versions and code pages, title block; and the ladder that checks them."""

from __future__ import annotations

from pathlib import Path

import ezdxf
import numpy as np
import pytest

from slopedesign.drawings.check import check_document, check_file
from slopedesign.drawings.details import detail_sheets
from slopedesign.drawings.document import FileSettings, arrange, build_document, save
from slopedesign.drawings.layers import LAYERS, layer_table
from slopedesign.drawings.sheet import PAPERS, Sheet
from slopedesign.errors import InputError

from .conftest import wall_detail

TITLE = {
    "PROJECT": "某某采石场生态修复工程",
    "CLIENT": "建设单位",
    "UNIT": "设计院",
    "NO": "2023-017",
    "DESIGN": "张三",
}


def a_sheet(scale: int = 500) -> Sheet:
    sheet = Sheet("PM-01", "平面图", scale, PAPERS["A3"])
    sheet.line("crest", [(40, 60), (140, 60), (140, 160)])
    sheet.line("contour", [(40, 80), (140, 90), (150, 170)], zs=101.0)
    sheet.text("text", (60, 70), "坡顶线 V=12.5 m³ ±0.00")
    sheet.dimension("dimension", (40, 60), (140, 60), (40, 50))
    return sheet


def test_sound_file_of_either_version(tmp_path: Path) -> None:
    for dxf, version, encoding in (("R2010", "AC1024", "utf-8"), ("R2000_GBK", "AC1015", "gbk")):
        for font in ("shx", "truetype"):
            path = tmp_path / f"{dxf}-{font}.dxf"
            save(build_document([a_sheet()], FileSettings(dxf=dxf, font=font, title_block=TITLE)), path)
            assert check_file(path) == []
            written = path.read_bytes()
            assert b"$DWGCODEPAGE" in written
            assert b"ANSI_936" in written
            assert "坡顶线".encode(encoding) in written
            assert ezdxf.readfile(path).dxfversion == version


def test_readers_of_gis_get_chinese_strings(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = tmp_path / "gis.dxf"
    save(build_document([a_sheet()], FileSettings(dxf="R2000_GBK", title_block=TITLE)), path)
    _, _, _, columns = pyogrio.raw.read(path)
    names = pyogrio.read_info(path)["fields"]
    text = set(map(str, columns[list(names).index("Text")]))
    layers = set(map(str, columns[list(names).index("Layer")]))
    assert "坡顶线 V=12.5 m3 %%p0.00" in text or "坡顶线 V=12.5 m3 ±0.00" in text
    assert {"SJ-坡顶线", "SJ-文字", "DX-等高线"} <= layers


def test_header_matches_the_sheet() -> None:
    doc = build_document([a_sheet(1000)], FileSettings())
    header = doc.header
    assert (header["$INSUNITS"], header["$MEASUREMENT"], header["$LWDISPLAY"]) == (6, 1, 1)
    assert header["$LTSCALE"] == pytest.approx(1.0)
    assert header["$DIMSCALE"] == pytest.approx(1.0)
    assert header["$DIMTXT"] == 2.5
    assert header["$DIMSTYLE"] in doc.dimstyles
    assert header["$EXTMIN"] == (0, 0, 0)
    assert header["$EXTMAX"] == pytest.approx((420, 297, 0))
    assert next(iter(doc.viewports.get("*Active"))).dxf.height == pytest.approx(297 * 1.05)


@pytest.mark.parametrize(("scale", "paper"), [(1000, "A3"), (10, "A3"), (500, "A1")])
def test_page_is_the_paper_in_metres(tmp_path: Path, scale: int, paper: str) -> None:
    """LibreCAD reads the page in drawing units: in millimetres it would be 420 m wide, its picture blank or huge."""
    sheet = a_sheet(scale)
    sheet.paper = PAPERS[paper]
    path = tmp_path / "page.dxf"
    save(build_document([sheet]), path)
    doc = ezdxf.readfile(path)
    page = (sheet.paper.width / 1000, sheet.paper.height / 1000)
    assert doc.header["$PLIMMIN"] == (0, 0)
    assert doc.header["$PLIMMAX"] == pytest.approx(page)
    assert tuple(doc.layouts.get("Layout1").dxf.limmax)[:2] == pytest.approx(page)
    assert doc.header["$LIMMAX"] == pytest.approx(doc.header["$EXTMAX"][:2])
    doc.header["$PLIMMAX"] = (420.0, 297.0)
    assert [p.where for p in check_document(doc)] == ["$PLIMMAX"]


@pytest.mark.parametrize("font", ["shx", "truetype"])
def test_every_text_style_shows_chinese(font: str) -> None:
    """No style is left on txt.shx alone, not even Standard, which CAD programs offer for new text."""
    doc = build_document([a_sheet()], FileSettings(font=font))
    for style in doc.styles:
        pair = (style.dxf.font, style.dxf.get("bigfont", ""))
        if font == "shx":
            assert pair == ("gbenor.shx", "gbcbig.shx")
        else:
            assert pair[0] in {"simfang.ttf", "simhei.ttf"}
            assert style.get_extended_font_data()[0] in {"FangSong", "SimHei"}
    assert all(style.dxf.get("dimtxsty") == "SD-TEXT" for style in doc.dimstyles)


def test_arrow_block_exists_before_the_first_dimension(tmp_path: Path) -> None:
    """Made only while the file is written, its handle would equal the seed."""
    sheet = Sheet("A", "a", 100, PAPERS["A3"])
    doc = build_document([sheet], FileSettings())
    assert "_ArchTick" in doc.blocks
    save(doc, tmp_path / "a.dxf")
    assert check_file(tmp_path / "a.dxf") == []


def test_dimensions_measure_in_millimetres() -> None:
    sheet = Sheet("DY", "d", 10, PAPERS["A3"])
    sheet.dimension("dimension", (100, 100), (160, 100), (100, 90), factor=1000, digits=0)
    doc = build_document([sheet], FileSettings())
    (dim,) = doc.modelspace().query("DIMENSION")
    assert dim.get_measurement() == pytest.approx(0.6)
    style = doc.dimstyles.get(dim.dxf.dimstyle)
    assert style.dxf.dimlfac == 1000
    assert style.dxf.dimscale == pytest.approx(0.01)
    shown = [
        e.plain_text() if e.dxftype() == "MTEXT" else e.dxf.text
        for e in doc.blocks.get(dim.dxf.geometry).query("MTEXT TEXT")
    ]
    assert shown == ["600"]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_are_none_are_refused(value: float) -> None:
    sheet = a_sheet()
    sheet.line("crest", [(40, 60), (value, 60)], avoid=False)
    with pytest.raises(InputError):
        build_document([sheet])
    sheet = a_sheet()
    sheet.line("contour", [(40, 60), (50, 60)], zs=np.array([1.0, value]))
    with pytest.raises(InputError):
        build_document([sheet])


def test_levels_are_kept() -> None:
    doc = build_document([a_sheet()])
    (contour,) = doc.modelspace().query('LWPOLYLINE[layer=="DX-等高线"]')
    assert contour.dxf.elevation == 101.0


def test_sheets_stand_side_by_side() -> None:
    fixed = a_sheet(500)
    fixed.origin = (1000.0, 2000.0)
    second, third = a_sheet(500), a_sheet(100)
    origins = arrange([fixed, second, third])
    assert origins[0] == (1000.0, 2000.0)
    assert origins[1][0] >= 1000 + 420 * 0.5
    assert origins[2][0] >= origins[1][0] + 420 * 0.5


def test_title_block_carries_the_project() -> None:
    doc = build_document([a_sheet(), a_sheet()], FileSettings(title_block=TITLE))
    inserts = doc.modelspace().query("INSERT")
    values = {a.dxf.tag: a.dxf.text for a in inserts[1].attribs}
    assert values["PROJECT"] == TITLE["PROJECT"]
    assert values["SCALE"] == "1:500"
    assert values["NO"] == "2023-017-PM-01"
    assert values["PAGE"] == "2/2"
    assert values["TITLE"] == "平面图"
    assert {a.dxf.tag for a in doc.blocks.get("SD-TITLE-BLOCK").query("ATTDEF")} == values.keys()


def test_layers_can_be_renamed_and_reweighed() -> None:
    doc = build_document([a_sheet()], FileSettings(layers={"crest": {"name": "坡顶", "color": 5, "lineweight": 70}}))
    layer = doc.layers.get("坡顶")
    assert (layer.color, layer.dxf.lineweight) == (5, 70)
    assert doc.modelspace().query('*[layer=="坡顶"]')
    assert layer_table(language="en").names.keys() == LAYERS.keys()


@pytest.mark.parametrize(
    "changes",
    [
        {"crust": {"name": "x"}}, {"crest": {"name": "a|b"}}, {"crest": {"name": "a/b"}}, {"crest": {"color": 0}},
        {"crest": {"lineweight": 33}}, {"crest": {"name": "SJ-坡脚线"}}, {"crest": {"linetype": "ZIGZAG"}},
    ],
)  # fmt: skip
def test_unusable_layers_are_refused(changes: dict[str, dict[str, object]]) -> None:
    with pytest.raises(InputError):
        layer_table(changes)


def test_the_ladder_finds_what_audit_lets_through() -> None:
    doc = build_document([a_sheet()], FileSettings())
    assert check_document(doc) == []
    msp = doc.modelspace()
    msp.add_line((0, 0), (float("nan"), 1))
    msp.add_spline([(0, 0), (1, 1), (2, 0)])
    msp.add_text("m³", dxfattribs={"layer": "nowhere", "style": "none"})
    msp.add_text("%%132")
    doc.layers.add("x|ref")
    doc.header["$DIMSTYLE"] = "missing"
    doc.header["$EXTMIN"] = (1e20, 1e20, 1e20)
    found = " ".join(problem.what.key for problem in check_document(doc))
    for name in ("not_finite", "entity", "text", "layer_missing", "style_missing", "code", "layer_name", "extents"):
        assert f"drawings.check.{name}" in found, name


def test_the_ladder_finds_handles_at_the_seed(tmp_path: Path) -> None:
    path = tmp_path / "a.dxf"
    save(build_document([a_sheet()]), path)
    lines = path.read_text(encoding="utf-8").split("\n")
    at = lines.index("$HANDSEED")
    lines[at + 2] = "20"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert any(problem.what.key == "drawings.check.handle_seed" for problem in check_file(path))


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doc = build_document([a_sheet()])
    monkeypatch.setattr(doc, "saveas", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        save(doc, tmp_path / "a.dxf")
    assert list(tmp_path.iterdir()) == []


def test_english_sheets(tmp_path: Path) -> None:
    sheets = detail_sheets([wall_detail("c25_concrete")], 50, "en")
    assert not [c for s in sheets for c in s.conflicts]
    save(build_document(sheets, FileSettings(language="en")), tmp_path / "en.dxf")
    assert check_file(tmp_path / "en.dxf") == []
    doc = ezdxf.readfile(tmp_path / "en.dxf")
    assert not any(ord(c) > 0x2FFF for e in doc.modelspace().query("TEXT") for c in e.dxf.text)


def test_a_dash_is_as_long_on_every_sheet() -> None:
    """Whether the layer or the line itself is dashed: the pattern is that of paper, at whatever scale the sheet is."""
    sheets = [a_sheet(500), a_sheet(40)]
    for sheet in sheets:
        sheet.line("drain", [(40, 100), (140, 100)], linetype="DASHED")
        sheet.line("axis", [(40, 120), (140, 120)])
    doc = build_document(sheets, FileSettings())
    table = layer_table()
    for layer in ("drain", "axis"):
        lines = [e for e in doc.modelspace() if e.dxf.layer == table.name(layer)]
        dashes = [e.dxf.ltscale * doc.header["$LTSCALE"] for e in lines]
        assert dashes == pytest.approx([sheet.unit for sheet in sheets]), layer

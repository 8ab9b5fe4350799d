"""Formula rows and tables of the wall standards: they print, and their numbers carry clause and provenance."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest

import slopedesign.standards as standards
from slopedesign.errors import InputError, OutOfRange
from slopedesign.i18n import has
from slopedesign.standards import (
    gb50003_2011,
    gb50007_2011,
    gb50010_2010,
    gb50330_2013_walls,
    guide_walls,
    sl379_2007,
    wall_amounts,
    wall_mechanics,
)
from slopedesign.standards.formula import Formula, formulas_of
from slopedesign.standards.wall_tables import keys_of, pick

MODULES = (gb50003_2011, gb50007_2011, gb50010_2010, gb50330_2013_walls, guide_walls, sl379_2007, wall_amounts,
           wall_mechanics)  # fmt: skip
ROWS = [(f"{m.__name__.rsplit('.', 1)[-1]}.{name}", row) for m in MODULES for name, row in formulas_of(m).items()]
FILES = sorted(Path(standards.__file__).parent.joinpath("data", "walls").glob("*.toml"))


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[name for name, _ in ROWS])
def test_row_is_complete(name: str, row: Formula) -> None:
    assert row.names
    assert row.latex()
    assert row.plain()
    for language in ("zh_CN", "en"):
        assert has(row.title, language), row.title
        for variable in row.variables.values():
            assert not variable.label or has(variable.label, language), variable.label


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_tables_say_where_they_stand(file: Path) -> None:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    assert content["standard"]
    for table, entry in content.items():
        if table == "standard":
            continue
        assert entry["clause"]
        assert entry["provenance"] in ("guide", "read", "derived", "recalled")
        assert entry["values"]
        for language in ("zh_CN", "en"):
            assert has(f"walls.table.{table}", language), table


def test_a_row_or_column_that_is_not_there_names_what_is() -> None:
    with pytest.raises(InputError) as caught:
        pick("gb50003_2011", "rubble", "MU30", "M9", field="mortar_grade")
    assert caught.value.field == "mortar_grade"
    assert "M7.5" in caught.value.describe("en")
    assert keys_of("gb50003_2011", "rubble")[0] == "MU100"


def test_clauses_refuse_what_they_do_not_cover() -> None:
    with pytest.raises(OutOfRange):
        gb50330_2013_walls.COULOMB.number(alpha=90, beta=35, phi=30, delta=0, K_q=1, eta=0)
    with pytest.raises(OutOfRange):
        gb50330_2013_walls.LIMITED_FILL.number(alpha=90, beta=40, delta=0, theta=35, delta_r=10, K_q=1, eta=0)


def test_bearing_factors_between_rows() -> None:
    low, high = gb50007_2011.bearing_factors(24), gb50007_2011.bearing_factors(26)
    middle = gb50007_2011.bearing_factors(25)
    for a, b, c in zip(low, high, middle, strict=True):
        assert c.value == pytest.approx((a.value + b.value) / 2)
    assert gb50007_2011.bearing_factors(40)[0].value == pytest.approx(5.8)
    with pytest.raises(InputError):
        gb50007_2011.bearing_factors(41)


def test_earthquake_angles_grow_and_are_wetter_below_water() -> None:
    angles = [gb50330_2013_walls.earthquake_angle(a, under_water=False).value for a in (0.1, 0.15, 0.2, 0.3, 0.4)]
    assert angles == [1.5, 2.3, 3.0, 4.5, 6.0]
    assert gb50330_2013_walls.earthquake_angle(0.2, under_water=True).value == 5.0


def test_crack_depth_is_where_rankine_s_pressure_vanishes() -> None:
    k_a = gb50330_2013_walls.RANKINE_ACTIVE.number(phi=20)
    z_0 = wall_mechanics.CRACK_DEPTH.number(c=12, K_a=k_a, q=4, gamma=18)
    assert gb50330_2013_walls.RANKINE_PRESSURE.number(sigma=18 * z_0 + 4, K_a=k_a, c=12) == pytest.approx(0, abs=1e-12)


def test_sloped_rankine_is_coulomb_with_friction_along_the_slope() -> None:
    for beta in (0.0, 8.0, 20.0):
        ours = wall_mechanics.RANKINE_SLOPED.number(beta=beta, phi=31)
        coulomb = gb50330_2013_walls.COULOMB.number(alpha=90, beta=beta, phi=31, delta=beta, K_q=1, eta=0)
        assert ours == pytest.approx(coulomb, rel=1e-12)


def test_battered_rankine_reduces_to_the_sloped_one() -> None:
    psi = wall_mechanics.PSI_A.number(beta=12, phi=33, omega=0)
    battered = wall_mechanics.RANKINE_BATTERED.number(beta=12, omega=0, phi=33, psi=psi)
    sloped = wall_mechanics.RANKINE_SLOPED.number(beta=12, phi=33)
    assert battered == pytest.approx(sloped, rel=1e-9)
    assert wall_mechanics.BATTERED_DIRECTION.number(phi=33, psi=psi) == pytest.approx(12, abs=1e-9)
    assert math.isfinite(psi)

"""Earth and rock of all works together: what is dug, what is put back, what is left over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slopedesign.calc.cover import soil_factors
from slopedesign.design import Design
from slopedesign.i18n import message
from slopedesign.quantities.bill import Item, summed
from slopedesign.quantities.items import item
from slopedesign.standards.earthwork import volume_factors
from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import OWN, Total, Traced

SOIL = frozenset({"cut_soil", "trench_soil", "pit_soil"})
ROCK = frozenset({"cut_rock", "trench_rock", "pit_rock"})
FILL = "fill"

_V = Var("V", "m3", 2)
AS_BANK = Formula(OWN, "V_b", "V/k_c", valid=("k_c > 0",), title="bill.formula.as_bank",
                  V_b=Var("V_b", "m3", 2), V=_V, k_c=Var("k_c", "-", 2))  # fmt: skip
SURPLUS = Formula(OWN, "V_s", "V_e + V_r - V_f", title="bill.formula.surplus", V_s=Var("V_s", "m3", 2),
                  V_e=Var("V_e", "m3", 2), V_r=Var("V_r", "m3", 2), V_f=Var("V_f", "m3", 2))  # fmt: skip
LOOSE = Formula(
    OWN, "V_l", "(V_e - V_f)*k_e + V_r*k_r", valid=("V_e >= V_f",), title="bill.formula.surplus_loose",
    V_l=Var("V_l", "m3", 2), V_e=Var("V_e", "m3", 2), V_f=Var("V_f", "m3", 2), V_r=Var("V_r", "m3", 2),
    k_e=Var("k_e", "-", 2), k_r=Var("k_r", "-", 2),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class EarthBalance:
    """Digging and filling of all works.

    Attributes:
        soil, rock: dug, as it lies in the ground (bank) [m3], by item. fill: put back, compacted [m3].
        fill_bank: the same as it lay in the ground; surplus: what is left, bank; loose: the same on the truck. None
            where the set of factors says nothing, or where more is put back than there is soil (`loose`).
    """

    soil: Total
    rock: Total
    fill: Total
    fill_bank: Traced | None
    surplus: Traced | None
    loose: Traced | None


def earth_balance(design: Design, items: Sequence[Item]) -> EarthBalance:
    """The balance of the items of a bill; planting soil comes and goes by itself, so does what fills its own hole."""

    def of(kinds: frozenset[str]) -> Total:
        return summed({one.id: one.amount for one in items if one.standard in kinds}, "m3")

    soil, rock, fill = of(SOIL), of(ROCK), of(frozenset({FILL}))
    factors = soil_factors(design.project.soil)
    back = surplus = loose = None
    if factors.compacted_per_bank is not None:
        back = AS_BANK.at(V=fill, k_c=factors.compacted_per_bank)
        surplus = SURPLUS.at(V_e=soil, V_r=rock, V_f=back)
        swell = _rock_swell(design)
        if factors.loose_per_bank is not None and swell is not None and soil.value >= back.value:
            loose = LOOSE.at(V_e=soil, V_f=back, V_r=rock, k_e=factors.loose_per_bank, k_r=swell)
    return EarthBalance(soil=soil, rock=rock, fill=fill, fill_bank=back, surplus=surplus, loose=loose)


def _rock_swell(design: Design) -> Traced | None:
    chosen = design.project.soil.factor_set
    return None if chosen == "own" else volume_factors(chosen, "hard_rock").loose_per_bank


def surplus_items(balance: EarthBalance) -> Iterator[Item]:
    """What is left over, to be carried off or used."""
    if balance.surplus is not None and balance.surplus.value > 0:
        yield from item(
            "earth.surplus", "earth", message("bill.surplus"), {"1": balance.surplus}, "m3", code="disposal",
            note=message("bill.surplus_note", soil=f"{balance.soil.value:.2f}", rock=f"{balance.rock.value:.2f}"),
        )  # fmt: skip

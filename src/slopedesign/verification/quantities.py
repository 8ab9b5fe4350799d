"""Quantities of a published case: what unit its keys say, whatever the book's system, and finding them by name.

A key is a name and, after underscores, its unit: `Q_cfs`, `b_ft`, `A_mi2`, `tc_min`, `d_mm`. The unit it says always
wins; a key that says none stands in the system of the case ("US" or SI), in the unit books of that system use for such
a quantity. Workers read and answer in the program's own units only; the conversion is here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

FT, IN, ACRE, MILE2 = 0.3048, 25.4, 4046.8564224, 2589988.110336
CFS, POUND_PER_FT2 = FT**3, 0.04788026
GALLON = 0.003785411784

UNITS: Mapping[str, Mapping[str, float]] = {
    "length": {"m": 1, "ft": FT, "feet": FT, "in": IN / 1000, "inch": IN / 1000, "inches": IN / 1000, "mm": 1e-3,
               "cm": 1e-2, "km": 1e3, "mi": 1609.344, "yd": 0.9144},
    "area": {"m2": 1, "ft2": FT**2, "sqft": FT**2, "sf": FT**2, "ac": ACRE, "acre": ACRE, "acres": ACRE, "ha": 1e4,
             "hm2": 1e4, "km2": 1e6, "mi2": MILE2, "cm2": 1e-4, "in2": (IN / 1000) ** 2, "mm2": 1e-6},
    "land": {"km2": 1, "ha": 0.01, "hm2": 0.01, "ac": ACRE / 1e6, "acre": ACRE / 1e6, "acres": ACRE / 1e6,
             "mi2": MILE2 / 1e6, "sqmi": MILE2 / 1e6, "m2": 1e-6, "ft2": FT**2 / 1e6, "mu": 1e-6 * 10000 / 15},
    "volume": {"m3": 1, "ft3": CFS, "cf": CFS, "acft": ACRE * FT, "gal": GALLON, "L": 1e-3, "wm3": 1e4},
    "flow": {"m3s": 1, "cms": 1, "cumecs": 1, "cfs": CFS, "ft3s": CFS, "Ls": 1e-3, "lps": 1e-3, "m3h": 1 / 3600,
             "gpm": GALLON / 60, "Lh": 1e-3 / 3600, "Lmin": 1e-3 / 60},
    "unit_flow": {"m2s": 1, "ft2s": FT**2, "cfsft": FT**2, "m3sm": 1},
    "velocity": {"ms": 1, "mps": 1, "fps": FT, "fts": FT, "cms": 1e-2},
    "rain": {"mm": 1, "in": IN, "inch": IN, "inches": IN, "cm": 10, "m": 1000, "ft": FT * 1000},
    "intensity": {"mmh": 1, "mmph": 1, "mmhr": 1, "inph": IN, "inh": IN, "iph": IN, "inhr": IN, "mmmin": 60,
                  "mmpmin": 60, "cmh": 10, "cmph": 10},
    "per_day": {"mmd": 1, "mmday": 1, "mmpd": 1, "ind": IN},
    "time": {"min": 1, "mins": 1, "minutes": 1, "h": 60, "hr": 60, "hrs": 60, "hour": 60, "hours": 60, "s": 1 / 60,
             "sec": 1 / 60, "d": 1440, "days": 1440},
    "hours": {"h": 1, "hr": 1, "hrs": 1, "hour": 1, "hours": 1, "min": 1 / 60, "mins": 1 / 60, "s": 1 / 3600, "d": 24},
    "slope": {"pct": 0.01, "percent": 0.01, "permil": 1e-3, "ftft": 1, "mm1": 1},
    "shear": {"kPa": 1, "Pa": 1e-3, "lbft2": POUND_PER_FT2, "psf": POUND_PER_FT2, "Nm2": 1e-3},
    "unit_peak": {"csmin": CFS / (MILE2 / 1e6 * IN), "csm": CFS / (MILE2 / 1e6 * IN)},
    "force": {"m3": 1, "ft3": CFS},
    "number": {},
    "text": {},
}  # fmt: skip
"""What one of each unit is in the program's own (the one that is 1)."""

HABIT: Mapping[str, tuple[float, float]] = {
    "length": (1, FT), "area": (1, FT**2), "land": (1, ACRE / 1e6), "volume": (1, CFS), "flow": (1, CFS),
    "unit_flow": (1, FT**2), "velocity": (1, FT), "rain": (1, IN), "intensity": (1, IN), "per_day": (1, IN),
    "time": (1, 1), "hours": (1, 1), "slope": (1, 1), "shear": (1, POUND_PER_FT2),
    "unit_peak": (1, CFS / (MILE2 / 1e6 * IN)), "force": (1, CFS), "number": (1, 1), "text": (1, 1),
}  # fmt: skip
"""What a key without a unit means: in an SI case, in a US case."""

SAID = frozenset(
    {"rounded", "approx", "about", "published", "book", "printed", "total", "exact", "US", "SI", "el", "elev", "listed",
     "given", "chart", "each", "all", "at"}
)  # fmt: skip
"""Words a key may carry beside its name and unit."""

ALIASES: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split()) for names in (
        "yn y_n dn d_n y0 yo y h0 hn h d depth normal_depth normaldepth yn_exact",
        "yc y_c dc d_c hk yk critical_depth criticaldepth",
        "V v velocity vel speed Vn V_mean mean_velocity Vbar",
        "Q q flow discharge capacity Qm Qp qp peak Qpeak Q_peak qpeak peak_flow peak_discharge Qmax",
        "Vc v_c critical_velocity vc",
        "Sc ic i_c S_c critical_slope kc",
        "Fr F Fr1 froude Froude F1 Nf",
        "T top_width topwidth B_s Bs W_top surface_width",
        "A area omega flow_area", "P perimeter chi wetted_perimeter p_w", "R hydraulic_radius Rh r_h",
        "D_h hydraulic_depth Dm y_mean mean_depth", "Z section_factor",
        "E specific_energy Es energy E0", "Ec Emin E_min critical_energy E_c",
        "y2 h2 hc2 d2 y_2 h_2 sequent conjugate conjugate_depth sequent_depth hpp hc_pp",
        "y1 h1 d1 y_1 h_1", "y_alt alternate alternate_depth alternate_y h_alt",
        "Lj L_j jump_length length_of_jump Lr", "dE E_loss dEj head_loss energy_loss hl hj_loss loss deltaE",
        "regime state kind flow_type type", "profile curve class_of_profile profile_name",
        "n manning_n roughness", "S slope i S0 So",
        "t_min t time times", "tc tc_min t_c Tc tc_total total_time", "Tt Tt_h",
        "hf h_f friction_loss friction", "f friction_factor lambda", "Re reynolds Reynolds",
        "HW headwater Hw", "HW_el HWel EL_h ELh headwater_elevation EL", "HWi HW_i hwi", "HWo HW_o HW_out hwo",
        "ho h_o", "H HL H_L", "control controls governs controlled_by",
        "V_s Vs storage storage_volume", "Vr V_r runoff_volume", "Rs R_s Vs_over_Vr ratio VsVr Vs_Vr",
        "Lw L_w weir_length",
        "C weighted_C C_weighted c_mean phi psi composite_C C_comp mean_C", "CN CN_composite CN_weighted CNw CNc",
        "S_ret retention S_max", "Ia I_a initial_abstraction", "qu q_u",
        "Ia_P Ia_over_P IaP ratio_Ia",
        "tau confluence_time", "tp t_p time_to_peak Tp", "tb t_b base time_base Tb",
        "outflow O outflows routed Qout q_out O2 out", "level stage elev elevation levels z",
        "stored storages S_t storage_t", "peak_out peak_outflow Qout_peak max_outflow",
        "peak_elev peak_level max_elev max_level peak_stage", "peak_index i_peak index",
        "x distance L_profile length L total_length", "dx dL delta_x",
        "hc h_c contracted_depth", "Lk L_k basin_length Lb", "d_basin basin_depth sill", "D50 d50 D_50", "La apron",
        "Ld L_d drop_length", "yp y_p pool", "D_n drop_number",
        "Phi Phi_p phi_p frequency_factor Kp", "x_p xp quantile H24p design_value x_T", "mean x_mean average",
        "Cv C_v cv", "Cs C_s cs",
        "F_m F_N Christiansen factor multi_outlet F_factor", "N power pump_power motor_power Np",
        "rho application_rate", "sigma sigma_s submergence",
    )
)  # fmt: skip
"""Names that mean the same thing in different books."""


@dataclass(frozen=True)
class Answer:
    """A number (or numbers, nested lists) of ours in the program's own unit, and what kind of quantity it is."""

    kind: str
    value: Any

    def within(self, index: int) -> Answer:
        """One of a list."""
        return Answer(self.kind, self.value[index])


def is_number(value: Any) -> bool:
    """Whether a value of a case is a plain number (a bool is none)."""
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def split_key(key: str, kind: str) -> tuple[str, float | None]:
    """The name in a key and what its unit is worth; None where it says no unit of that kind."""
    units = UNITS[kind]
    tokens = key.split("_")
    for count in (3, 2, 1):  # "in_h", "ac_ft", "lb_ft2": a unit may itself be written with underscores
        for start in range(len(tokens) - count, 0, -1):
            unit = "".join(tokens[start : start + count])
            factor = units.get(unit)
            if factor is not None:
                rest = tokens[:start] + [t for t in tokens[start + count :] if t not in SAID]
                return "_".join(rest), factor
    return "_".join([tokens[0]] + [t for t in tokens[1:] if t not in SAID]), None


def scaled(value: Any, factor: float) -> Any:
    """A number, or every number of nested lists and tables, times a factor; what is no number stays."""
    if isinstance(value, Mapping):
        return {key: scaled(one, factor) for key, one in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [scaled(one, factor) for one in value]
    return value * factor if is_number(value) else value


def decimals(value: float) -> int:
    """Decimals a number was printed with; negative where it ends in zeros (3100: -2)."""
    written = repr(value)
    if "e" in written:
        return 15
    whole, _, part = written.partition(".")
    if part not in ("", "0"):
        return len(part)
    zeros = len(whole) - len(whole.rstrip("0"))
    return -min(zeros, max(len(whole.lstrip("-")) - 2, 0))


def as_printed(value: float, printed: Any) -> float:
    """A number rounded the way the book printed it; unrounded where the book prints none.

    Books carry a rounded result into the next step; following them means rounding where they did.
    """
    return round(value, decimals(float(printed))) if is_number(printed) else value


class Reader(Mapping[str, Any]):
    """The inputs of a case, read by name in the program's own units."""

    def __init__(self, data: Mapping[str, Any], us: bool, topic: str = "") -> None:
        self.data = data
        self.us = us
        self.topic = topic

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)

    def part(self, data: Mapping[str, Any]) -> Reader:
        """A table inside the case, in the same system."""
        return Reader(data, self.us, self.topic)

    def maybe(self, kind: str, *names: str) -> Any:
        """The quantity under the first of several names, with or without unit; None where there is none."""
        return self._maybe(kind, names, is_number)

    def series(self, kind: str, *names: str) -> Any:
        """The list (or table of lists) under the first of several names; None where there is none."""
        return self._maybe(kind, names, lambda value: isinstance(value, list | Mapping))

    def any(self, kind: str, *names: str) -> Any:
        """The quantity or list under the first of several names; None where there is none."""
        return self._maybe(kind, names, lambda value: is_number(value) or isinstance(value, list | Mapping))

    def _maybe(self, kind: str, names: tuple[str, ...], fits: Callable[[Any], bool]) -> Any:
        habit = HABIT[kind][self.us]
        for name in names:
            for key, value in self.data.items():
                if not fits(value):
                    continue
                said, factor = split_key(key, kind)
                if key == name or said == name or (len(name) > 3 and said.lower() == name.lower()):
                    return scaled(value, habit if factor is None else factor)
        return None

    def get_one(self, kind: str, *names: str, default: float | None = None) -> float:
        """The quantity under the first of several names.

        Raises:
            KeyError: there is none and no default.
        """
        value = self.maybe(kind, *names)
        if value is None:
            if default is None:
                raise KeyError(names[0])
            return default
        return float(value)

    def slope(self, *names: str, default: float | None = None) -> float:
        """A slope, as a ratio; a key that says per cent is turned."""
        return self.get_one("slope", *names, default=default)

    def said(self, pattern: str) -> bool:
        """Whether the topic or a worded input of the case says something."""
        words = [self.topic, *(str(v) for v in self.data.values() if isinstance(v, str))]
        return any(re.search(pattern, text, re.IGNORECASE) for text in words)

    def worded(self, *names: str) -> str | None:
        """The text under the first of several names."""
        for name in names:
            if isinstance(self.data.get(name), str):
                return str(self.data[name])
        return None


def look_up(found: Any, path: list[str | int], us: bool) -> tuple[Any, str, float] | None:
    """Our answer to a printed leaf, in the unit its key says: (value, kind, what the printed unit is worth).

    None where the worker answered nothing of that name.
    """
    key = ""
    here = found
    for step in path:
        if isinstance(step, int):
            if isinstance(here, Answer):
                if not isinstance(here.value, list | tuple | np.ndarray) or step >= len(here.value):
                    return None
                here = here.within(step)
            elif isinstance(here, list) and step < len(here):
                here = here[step]
            else:
                return None
            continue
        if isinstance(here, Answer) and isinstance(here.value, Mapping):
            if step not in here.value:
                return None
            here = Answer(here.kind, here.value[step])
            continue
        if not isinstance(here, Mapping):
            return None
        matched = _match(here, step)
        if matched is None:
            return None
        key, here = step, here[matched]
    if isinstance(here, Answer) and isinstance(here.value, list | tuple | np.ndarray) and len(here.value) == 1:
        here = here.within(0)
    if not isinstance(here, Answer) or here.value is None or isinstance(here.value, list | tuple | np.ndarray):
        return None
    if isinstance(here.value, str):
        return here.value, "text", 1.0
    _, factor = split_key(key, here.kind)
    worth = HABIT[here.kind][us] if factor is None else factor
    return float(here.value) / worth, here.kind, worth


def _match(found: Mapping[str, Any], key: str) -> str | None:
    """Which of our names a printed key means: itself, its name without the unit, then a name that means the same."""
    if key in found:
        return key
    for loose in (False, True):
        for name, answer in found.items():
            kind = answer.kind if isinstance(answer, Answer) else "number"
            said, _ = split_key(key, kind)
            if said == name:
                return name
            if loose and any(said in group and name in group for group in ALIASES):
                return name
            if loose and len(said) > 3 and said.lower() == name.lower():
                return name
    return None

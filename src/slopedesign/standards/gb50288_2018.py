"""GB 50288-2018, irrigation and drainage engineering: pipe friction, system head, pump power."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

STANDARD = "GB 50288-2018"

PIPE_FRICTION = Formula(
    Source(STANDARD, "annex C, table C.1", Provenance.READ), "h_f", "f*L*Q**m/d**b", homogeneous=False,
    valid=("L >= 0", "Q >= 0", "d > 0"), title="water.formula.pipe_friction",
    h_f=Var("h_f", "m", 3), f=Var("f", "-", 0), L=Var("L", "m", 1), Q=Var("Q", "m3/h", 3), m=Var("m", "-", 2),
    d=Var("d", "mm", 1), b=Var("b", "-", 2),
)  # fmt: skip
PIPE_VELOCITY = Formula(
    Source("continuity", "", Provenance.DERIVED), "V", "Q/3600/(pi*(d/1000)**2/4)", homogeneous=False, valid=("d > 0",),
    title="water.formula.pipe_velocity", V=Var("v", "m/s", 3), Q=Var("Q", "m3/h", 3), d=Var("d", "mm", 1),
)  # fmt: skip
MULTI_OUTLET = Formula(
    Source("GB/T 50085-2007", "multi-outlet factor", Provenance.RECALLED), "F_m",
    "(N*(1/(m + 1) + 1/(2*N) + sqrt(m - 1)/(6*N**2)) - 1 + X)/(N - 1 + X)",
    valid=("N >= 1", "X > 0", "X <= 1", "m >= 1"), title="water.formula.multi_outlet",
    F_m=Var("F", "-", 3), N=Var("N", "-", 0), m=Var("m", "-", 2), X=Var("X", "-", 2),
)  # fmt: skip
SYSTEM_HEAD = Formula(
    Source(STANDARD, "17.5", Provenance.READ), "H", "H_h + S_f + S_j + dZ", title="water.formula.system_head",
    H=Var("H", "m", 2), H_h=Var("H_h", "m", 2), S_f=Var(r"\Sigma h_f", "m", 2), S_j=Var(r"\Sigma h_j", "m", 2),
    dZ=Var(r"\Delta Z", "m", 2),
)  # fmt: skip
LOCAL_LOSS = Formula(
    Source(STANDARD, "17.5", Provenance.RECALLED), "h_j", "k_j*h_f", title="water.formula.local_loss",
    h_j=Var("h_j", "m", 3), k_j=Var("k_j", "-", 2), h_f=Var("h_f", "m", 3),
)  # fmt: skip
PUMP_POWER = Formula(
    Source(STANDARD, "pump power", Provenance.READ), "N", "9.81*K*Q*H/(3600*eta*eta_d)", homogeneous=False,
    valid=("eta > 0", "eta <= 1", "eta_d > 0", "eta_d <= 1", "K >= 1"), title="water.formula.pump_power",
    N=Var("N", "kW", 2), K=Var("K", "-", 2), Q=Var("Q", "m3/h", 2), H=Var("H", "m", 2), eta=Var(r"\eta", "-", 2),
    eta_d=Var(r"\eta_d", "-", 2),
)  # fmt: skip
SPRINKLER_RATE = Formula(
    Source("GB/T 50085-2007", "application rate", Provenance.RECALLED), "rho", "1000*q*eta_p/(a*b)",
    homogeneous=False, valid=("a > 0", "b > 0", "eta_p > 0", "eta_p <= 1"), title="water.formula.sprinkler_rate",
    rho=Var(r"\rho", "mm/h", 2), q=Var("q", "m3/h", 3), eta_p=Var(r"\eta_p", "-", 2), a=Var("a", "m", 1),
    b=Var("b", "m", 1),
)  # fmt: skip
IRRIGATION_DEPTH = Formula(
    Source("GB/T 50085-2007", "irrigation quota", Provenance.RECALLED), "m", "0.1*gamma*h*(beta_1 - beta_2)/eta_p",
    homogeneous=False, valid=("beta_1 > beta_2", "eta_p > 0"), title="water.formula.irrigation_depth",
    m=Var("m", "mm", 1), gamma=Var(r"\gamma", "g/cm3", 2), h=Var("h", "cm", 1), beta_1=Var(r"\beta_1", "%", 1),
    beta_2=Var(r"\beta_2", "%", 1), eta_p=Var(r"\eta_p", "-", 2),
)  # fmt: skip
IRRIGATION_PERIOD = Formula(
    Source("GB/T 50085-2007", "irrigation interval", Provenance.RECALLED), "T", "m*eta_p/ET", valid=("ET > 0",),
    title="water.formula.irrigation_period",
    T=Var("T", "d", 1), m=Var("m", "mm", 1), eta_p=Var(r"\eta_p", "-", 2), ET=Var("ET_a", "mm/d", 2), homogeneous=False,
)  # fmt: skip
DRIP_TIME = Formula(
    Source("GB/T 50485-2009", "time of one watering", Provenance.READ), "t", "m*S_e*S_l/(q_d*eta)",
    homogeneous=False, valid=("q_d > 0", "eta > 0", "eta <= 1"), title="water.formula.drip_time",
    t=Var("t", "h", 2), m=Var("m", "mm", 1), S_e=Var("S_e", "m", 2), S_l=Var("S_l", "m", 2), q_d=Var("q_d", "L/h", 2),
    eta=Var(r"\eta", "-", 2),
)  # fmt: skip
WATER_DEMAND = Formula(
    Source("slopedesign", "demand by planting", Provenance.DERIVED), "W", "m*A/1000/eta", homogeneous=False,
    valid=("eta > 0", "eta <= 1", "m >= 0", "A >= 0"), title="water.formula.water_demand",
    W=Var("W", "m3", 1), m=Var("m", "mm", 1), A=Var("A", "m2", 0), eta=Var(r"\eta", "-", 2),
)  # fmt: skip
TREE_DEMAND = Formula(
    Source("slopedesign", "demand by planting", Provenance.DERIVED), "W", "N*m/1000/eta", homogeneous=False,
    valid=("eta > 0", "eta <= 1"), title="water.formula.tree_demand",
    W=Var("W", "m3", 1), N=Var("N", "piece", 0), m=Var("m", "L/piece", 1), eta=Var(r"\eta", "-", 2),
)  # fmt: skip

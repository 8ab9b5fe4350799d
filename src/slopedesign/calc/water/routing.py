"""Level-pool (storage-indication, Puls) routing; volume is conserved to rounding."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopedesign.calc.water import need
from slopedesign.errors import InputError, OutOfRange
from slopedesign.i18n import message


@dataclass(frozen=True)
class Rating:
    """Level, storage and outflow of a pond; read linearly between the rows.

    Attributes:
        level: (n,) m, increasing. storage: (n,) m3, increasing. outflow: (n,) m3/s, never falling.
    """

    level: NDArray[np.float64]
    storage: NDArray[np.float64]
    outflow: NDArray[np.float64]

    def __post_init__(self) -> None:
        arrays = [np.asarray(a, dtype=float) for a in (self.level, self.storage, self.outflow)]
        if len({a.shape for a in arrays}) != 1 or arrays[0].ndim != 1 or arrays[0].size < 2:
            raise InputError("rating", [a.shape for a in arrays], message("water.error.rating_shape"))
        if not all(np.all(np.isfinite(a)) for a in arrays):
            raise InputError("rating", "nan", message("water.error.finite"))
        level, storage, outflow = arrays
        if np.any(np.diff(level) <= 0) or np.any(np.diff(storage) <= 0) or np.any(np.diff(outflow) < 0):
            raise InputError("rating", "order", message("water.error.rating_order"))
        if outflow[0] < 0:
            raise InputError("rating.outflow", float(outflow[0]), message("water.error.not_negative"))
        for name, a in zip(("level", "storage", "outflow"), arrays, strict=True):
            object.__setattr__(self, name, a)


@dataclass(frozen=True)
class Routed:
    """What a pond makes of an inflow; all arrays (n,), one value for each inflow.

    Attributes:
        step: seconds. inflow, outflow: m3/s. storage: m3. level: m.
    """

    step: float
    inflow: NDArray[np.float64]
    outflow: NDArray[np.float64]
    storage: NDArray[np.float64]
    level: NDArray[np.float64]

    @property
    def peak_outflow(self) -> float:
        """Greatest outflow [m3/s]."""
        return float(self.outflow.max())

    @property
    def peak_level(self) -> float:
        """Highest level [m]."""
        return float(self.level.max())

    @property
    def peak_index(self) -> int:
        """Step of the greatest outflow."""
        return int(self.outflow.argmax())

    @property
    def balance_error(self) -> float:
        """(in - out - stored) / in, by the trapezoidal rule of the method."""
        came = self.step * float(np.sum(self.inflow[1:] + self.inflow[:-1])) / 2
        left = self.step * float(np.sum(self.outflow[1:] + self.outflow[:-1])) / 2
        return (came - left - float(self.storage[-1] - self.storage[0])) / max(came, 1e-300)


def puls(
    inflow: ArrayLike, step: float, rating: Rating, level: float | None = None, outflow: float | None = None
) -> Routed:
    """Routes an inflow through a pond.

    Args:
        inflow: (n,) m3/s at equal steps.
        step: seconds.
        level: starting level; or outflow: starting outflow (one of them).

    Raises:
        InputError: a flow is negative or not a number, or the start is not stated once.
        OutOfRange: the pond would rise above (or fall below) the rating.
    """
    flow = np.asarray(inflow, dtype=float)
    need.positive("step", step)
    if flow.ndim != 1 or flow.size < 2 or not np.all(np.isfinite(flow)) or flow.min() < 0:
        raise InputError("inflow", flow.shape, message("water.error.inflow"))
    if (level is None) == (outflow is None):
        raise InputError("level", level, message("water.error.one_start"))
    if level is not None:
        if not rating.level[0] <= level <= rating.level[-1]:
            raise OutOfRange("puls", level, f"{rating.level[0]:g} .. {rating.level[-1]:g} m")
        s = float(np.interp(level, rating.level, rating.storage))
        o = float(np.interp(level, rating.level, rating.outflow))
    else:
        assert outflow is not None
        if not rating.outflow[0] <= outflow <= rating.outflow[-1]:
            raise OutOfRange("puls", outflow, f"{rating.outflow[0]:g} .. {rating.outflow[-1]:g} m3/s")
        s = float(np.interp(outflow, rating.outflow, rating.storage))
        o = outflow
    storage, out = _march(flow, step, rating, s, o)
    return Routed(step, flow, out, storage, np.interp(storage, rating.storage, rating.level))


def _march(
    flow: NDArray[np.float64], step: float, rating: Rating, s: float, o: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    indication = (2.0 * rating.storage / step + rating.outflow).tolist()
    stores, rates = rating.storage.tolist(), rating.outflow.tolist()
    gain = [(b - a) / (y - x) for a, b, x, y in zip(stores, stores[1:], indication, indication[1:], strict=False)]
    last = len(indication) - 1
    sums = (flow[1:] + flow[:-1]).tolist()
    storage, out = [s], [o]
    for i, both in enumerate(sums):
        reach = both + 2.0 * s / step - o
        k = bisect_right(indication, reach) - 1
        if k >= last:
            if reach > indication[-1] * (1 + 1e-12):
                raise OutOfRange("puls", f"step {i + 1}", f"<= {rating.level[-1]:g} m (top of the rating)")
            k = last - 1
        if k < 0:
            if reach < indication[0] - 1e-9 * max(abs(indication[0]), 1.0):
                raise OutOfRange("puls", f"step {i + 1}", f">= {rating.level[0]:g} m (foot of the rating)")
            k = 0
        s = stores[k] + gain[k] * (reach - indication[k])
        o = reach - 2.0 * s / step if rates[k + 1] > rates[k] else rates[k]
        storage.append(s)
        out.append(max(o, 0.0))
        o = out[-1]
    return np.array(storage), np.array(out)


def linear_reservoir(storage_time: float, most: float) -> Rating:
    """Rating of S = K O, for the classic exercise; level is the storage itself."""
    out = np.array([0.0, need.positive("most", most)])
    return Rating(storage_time * out, storage_time * out, out)


def drawdown_time(rating: Rating, high: float, low: float) -> float:
    """Time [s] in which a pond without inflow falls from one level to another by its outlet.

    Between two rows of the rating storage and outflow are linear in one another, so the time is exact:
    dS / (O2 - O1) ln(O2/O1). Reaching a level at which nothing flows out any more takes for ever: infinity.

    Raises:
        OutOfRange: a level lies outside the rating.
    """
    if not rating.level[0] <= low <= high <= rating.level[-1] + 1e-6:
        raise OutOfRange("drawdown", (high, low), f"{rating.level[0]:g} <= low <= high <= {rating.level[-1]:g} m")
    inside = rating.level[(rating.level > low) & (rating.level < high)]
    levels = np.concatenate(([low], inside, [high]))
    stores = np.interp(levels, rating.level, rating.storage)
    flows = np.interp(levels, rating.level, rating.outflow)
    seconds = 0.0
    for ds, a, b in zip(np.diff(stores), flows[:-1], flows[1:], strict=True):
        if ds == 0:
            continue
        if a <= 0:
            return float("inf")
        seconds += ds / a if abs(b - a) < 1e-12 * b else ds / (b - a) * float(np.log(b / a))
    return seconds

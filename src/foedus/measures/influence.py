"""Formal Bilateral Influence Capacity (FBIC): import, and recomputation from its components."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from foedus.measures.arrays import FloatArray, MeasureError, Result, reasons

Missing = Literal["zero", "renormalise"]


@dataclass(frozen=True)
class WeightTable:
    """A named table of weights with the divisors that put the largest dyad at 1."""

    name: str
    bandwidth: Mapping[str, float]
    dependence: Mapping[str, float]
    bandwidth_max: float
    dependence_max: float
    index_max: float

    def __post_init__(self) -> None:
        for part in ("bandwidth", "dependence"):
            total = sum(getattr(self, part).values())
            if abs(total - 1) > 1e-6:
                raise MeasureError(f"{self.name}: the weights of {part} sum to {total:g}, not to 1. Correct them.")


# Recovered from the distributed file, whose rows they reproduce to 2e-7.
FBIC_WEIGHTS = WeightTable(
    "fbic-2024",
    {
        "norm_lor_avg_ma": 0.11, "norm_igos_ma": 0.19, "norm_tradeagreement_ma": 0.14, "norm_lntotaltrade_ma": 0.35,
        "norm_allianceindex_ma": 0.13, "norm_armstotalstock_ma": 0.08,
    },
    {
        "ln_aidabgdpb_ma": 0.21, "ln_aidaballaidb_ma": 0.12, "ln_totaltradeabgdpb_ma": 0.28,
        "ln_totaltradeaballtradeb_ma": 0.16, "ln_armimptockabmilstockb_ma": 0.10,
        "ln_armsimpstockaballimstockb_ma": 0.13,
    },
    3.1831572, 4.1227694, 0.58199161,
)  # fmt: skip

# The second index of the file, which adds investment and other official flows, recovered by `recover_weights`.
FBIC_PLUS_WEIGHTS = WeightTable(
    "fbic-plus-2024",
    {
        "norm_lor_avg_ma_plus": 0.148, "norm_igos_ma_plus": 0.091, "norm_tradeagreement_ma_plus": 0.155,
        "norm_lntotaltrade_ma_plus": 0.181, "norm_allianceindex_ma_plus": 0.155, "norm_armstotalstock_ma_plus": 0.108,
        "norm_lntotalfdi_ma": 0.162,
    },
    {
        "ln_aidabgdpb_ma": 0.103, "ln_aidaballaidb_ma": 0.101, "ln_totaltradeabgdpb_ma": 0.092,
        "ln_totaltradeaballtradeb_ma": 0.094, "ln_armimptockabmilstockb_ma": 0.112,
        "ln_armsimpstockaballimstockb_ma": 0.110,
        "ln_oofabgdpb_ma": 0.103, "ln_oofaballoofb_ma": 0.098, "ln_fdiabgdpb_ma": 0.091, "ln_fdiaballfdib_ma": 0.096,
    },
    3.3609812, 3.0973625, 0.61893559,
)  # fmt: skip
PUBLISHED = (FBIC_WEIGHTS, FBIC_PLUS_WEIGHTS)


def weighted(
    parts: Mapping[str, ArrayLike], weights: Mapping[str, float], *, missing: Missing
) -> tuple[FloatArray, FloatArray]:
    """Weighted sum of components, and the weight of those that are known.

    Parameters
    ----------
    missing
        `zero`: an absent component counts nothing, as in the distributed file; `renormalise`: the others count more.

    Raises
    ------
    MeasureError
        If a component of the table is not given.
    """
    if missing not in ("zero", "renormalise"):
        raise MeasureError(f"missing: {missing!r} is none. Use zero or renormalise.")
    absent = [name for name in weights if name not in parts]
    if absent:
        raise MeasureError(f"components: {absent[0]} is missing. Give all of {', '.join(weights)}.")
    values = np.stack([np.asarray(parts[name], dtype=np.float64) for name in weights])
    weight = np.asarray(list(weights.values())).reshape(-1, *[1] * (values.ndim - 1))
    known = np.where(np.isfinite(values), weight, 0).sum(axis=0)
    total = np.nansum(values * weight, axis=0)
    if missing == "renormalise":
        with np.errstate(invalid="ignore", divide="ignore"):
            total = np.where(known > 0, total / known, np.nan)
    return total, known


def influence_capacity(
    components: Mapping[str, ArrayLike], *, table: WeightTable = FBIC_WEIGHTS, missing: Missing = "zero"
) -> Result:
    """Influence capacity of A over B: bandwidth times dependence, 1 for the largest dyad of the table's release.

    Parameters
    ----------
    components
        Arrays of one shape by the names of the table: bandwidth on one scale, dependence as ln(1 + per cent).

    Returns
    -------
    Result
        With another table than the published one it is `bilateral_influence_capacity`, a reconstruction.

    References
    ----------
    Moyer, Sweijs, Burrows and van Manen (2018), Power and Influence in a Globalized World.
    """
    width, known_width = weighted(components, table.bandwidth, missing=missing)
    depth, known_depth = weighted(components, table.dependence, missing=missing)
    bandwidth, dependence = width / table.bandwidth_max, depth / table.dependence_max
    value = bandwidth * dependence / table.index_max
    mark = "published" if table in PUBLISHED and missing == "zero" else "reconstruction"
    parameters = {
        "table": table.name,
        "missing": missing,
        "mark": mark,
        "bandwidth": bandwidth,
        "dependence": dependence,
    }
    return Result(
        value, (known_width + known_depth) / 2, reasons(np.isnan(value), "no_component"), parameters=parameters
    )


def recover_weights(components: Mapping[str, ArrayLike], total: ArrayLike) -> dict[str, float]:
    """The weights by which components make up a distributed total, by least squares; exact where the file is linear.

    Raises
    ------
    MeasureError
        If fewer rows are complete than there are components.
    """
    values = np.column_stack([np.asarray(part, dtype=np.float64) for part in components.values()])
    wanted = np.asarray(total, dtype=np.float64)
    full = np.isfinite(values).all(axis=1) & np.isfinite(wanted)
    if full.sum() < values.shape[1]:
        raise MeasureError(
            f"components: {int(full.sum())} complete rows for {values.shape[1]} weights. Give more rows."
        )
    found, *_ = np.linalg.lstsq(values[full], wanted[full], rcond=None)
    return dict(zip(components, (float(weight) for weight in found), strict=True))


def asymmetry(a_over_b: ArrayLike, b_over_a: ArrayLike) -> FloatArray:
    """Influence capacity of A over B less that of B over A."""
    return np.asarray(a_over_b, dtype=np.float64) - np.asarray(b_over_a, dtype=np.float64)

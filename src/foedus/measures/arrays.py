"""What all measures share: the types of arrays, checks of input, and results with coverage and reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.core.errors import FoedusError

FloatArray = NDArray[np.float64]


class MeasureError(ValueError, FoedusError):
    """An input that a measure cannot be taken of."""


@dataclass(frozen=True)
class Result:
    """Values with how much of the input they rest on and why they are missing where they are.

    Attributes
    ----------
    value : array
        NaN where undefined; `reason` says why.
    coverage : array
        Share of the eligible input that was used, within [0, 1].
    reason : array of str
        Empty where there is a value.
    lower, upper : array, optional
        Bounds under missingness: the missing part replaced by the ends of its range.
    parameters : dict
        Options and constants used, with the mark `published`, `standard` or `reconstruction`.
    """

    value: FloatArray
    coverage: FloatArray
    reason: NDArray[np.str_]
    lower: FloatArray | None = None
    upper: FloatArray | None = None
    parameters: dict[str, Any] = field(default_factory=dict)


def require_complete(values: ArrayLike, name: str) -> FloatArray:
    """The values as floats.

    Raises
    ------
    MeasureError
        If one is missing: what absence means must be decided before measuring.
    """
    array = np.asarray(values, dtype=np.float64)
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        remedy = "Decide what absence means (0 inside the source's coverage, or leave the state out)."
        raise MeasureError(f"{name}{list(where)}: missing. {remedy}")
    return array


def require_square(values: FloatArray, name: str) -> FloatArray:
    """The values, if they are a square table.

    Raises
    ------
    MeasureError
        If they are not.
    """
    if values.ndim != 2 or values.shape[0] != values.shape[1]:
        raise MeasureError(f"{name}: shape {values.shape} is not square. Give one row and one column a state.")
    return values


def require_weights(weights: ArrayLike, size: int, name: str = "weights") -> FloatArray:
    """Weights as floats: one for each of `size`, none negative or missing, not all zero.

    Raises
    ------
    MeasureError
        If they are not.
    """
    array = require_complete(weights, name)
    if array.shape != (size,):
        raise MeasureError(f"{name}: shape {array.shape} instead of ({size},). Give one weight each.")
    if (array < 0).any() or array.sum() <= 0:
        raise MeasureError(f"{name}: negative, or all zero. Give shares of importance.")
    return array


def reasons(undefined: NDArray[np.bool_], why: str) -> NDArray[np.str_]:
    """The same reason wherever a value is undefined."""
    return np.where(undefined, why, "").astype(np.str_)

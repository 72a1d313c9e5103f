"""Aid by donor and recipient: the OECD's table DAC2A, as its sites export it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from foedus.sources.content import text_bytes
from foedus.sources.layouts import Layout, check_key, pl

# The Data Explorer exports SDMX-CSV with labels, a column of codes beside one of names; OECD.Stat, before it, its own.
_AID = Layout(
    text="donor donor_name recipient recipient_name measure measure_name price_base unit",
    whole="year unit_mult", real="value", optional="donor_name recipient_name measure_name unit unit_mult",
    rename={
        "Donor": "donor_name", "Recipient": "recipient_name", "Measure": "measure_name",
        "UNIT_MEASURE": "unit", "TIME_PERIOD": "year", "OBS_VALUE": "value",
        "AIDTYPE": "measure", "Aid type": "measure_name", "DATATYPE": "price_base",
        "TIME": "year", "Year": "year_label", "Value": "value",
    },
)  # fmt: skip
_PRICES = {"V": "current", "Q": "constant", "A": "current", "D": "constant"}
_KEY = ("donor", "recipient", "measure", "price_base", "year")
_MILLION = 6  # OECD.Stat gives millions without saying so in a column


def aid(path: Path | str) -> pl.DataFrame:
    """Disbursements of aid by donor, recipient, measure and year: `value` in millions of US dollars.

    Donors and recipients are states, agencies, regions and sums of them, each by the OECD's code and, where the file
    has labels, by name. `measure` is the kind of flow (net, gross, grants, loans); `prices` are `current` or
    `constant`. Rows in national currencies are passed over. The separator is a comma, or a bar in older exports.

    Raises
    ------
    SourceError
        If the file is not in this layout; the message names file and line.
    """
    place = Path(path)
    content = text_bytes(place, _AID.encoding)
    head = content.split(b"\n", 1)[0]
    layout = replace(_AID, separator="|") if head.count(b"|") > head.count(b",") else _AID
    frame = layout.parse(content, place)
    # A file may give each sum in dollars and in the donor's own currency; one without units is in dollars.
    has_units = frame["unit"].null_count() < frame.height
    check_key(frame, [*_KEY, "unit"] if has_units else [*_KEY], place)
    shift = pl.lit(10.0).pow(pl.col("unit_mult").fill_null(_MILLION) - _MILLION)
    return frame.filter(pl.col("unit").eq_missing("USD") | (not has_units)).select(
        "donor", "donor_name", "recipient", "recipient_name", "measure", "measure_name",
        prices=pl.col("price_base").replace(_PRICES), year=pl.col("year"), value=pl.col("value") * shift,
    )  # fmt: skip

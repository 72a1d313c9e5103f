"""The OECD's table of aid by donor and recipient in its two layouts, on small files with invented values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.sources import oecd
from foedus.sources.errors import SourceError

File = Callable[..., Path]
EXPLORER = (
    "STRUCTURE,DONOR,Donor,RECIPIENT,Recipient,MEASURE,Measure,UNIT_MEASURE,PRICE_BASE,TIME_PERIOD,Time period,"
    "OBS_VALUE,Observation value,UNIT_MULT\n"
)
STAT = "RECIPIENT|Recipient|DONOR|Donor|PART|AIDTYPE|Aid type|DATATYPE|Amount type|TIME|Year|Value|Flags\n"


def explorer(measure: str = "9", unit: str = "USD", prices: str = "V", value: str = "12.5", mult: str = "6") -> str:
    return f'I,USA,United States,ARM,Armenia,{measure},"Aid, gross",{unit},{prices},2015,,{value},,{mult}\n'


def test_an_export_of_the_data_explorer_is_read_with_codes_and_names(file: File) -> None:
    row = oecd.aid(file((EXPLORER + explorer()).encode())).row(0, named=True)
    assert row == {
        "donor": "USA", "donor_name": "United States", "recipient": "ARM", "recipient_name": "Armenia",
        "measure": "9", "measure_name": "Aid, gross", "prices": "current", "year": 2015, "value": 12.5,
    }  # fmt: skip


def test_an_export_of_oecd_stat_is_the_same_table(file: File) -> None:
    line = "610|Armenia|302|United States|1|9|Aid, gross|D|Constant Prices|2015|2015|12.5|\n"
    row = oecd.aid(file((STAT + line).encode())).row(0, named=True)
    assert (row["donor"], row["donor_name"], row["recipient_name"]) == ("302", "United States", "Armenia")
    assert (row["prices"], row["year"], row["value"]) == ("constant", 2015, 12.5)


@pytest.mark.parametrize(("mult", "value"), [("6", 12.5), ("3", 0.0125), ("9", 12_500.0), ("", 12.5)])
def test_values_are_in_millions_whatever_the_unit_of_the_file(file: File, mult: str, value: float) -> None:
    assert oecd.aid(file((EXPLORER + explorer(mult=mult)).encode()))["value"].to_list() == pytest.approx([value])


def test_sums_in_national_currency_are_passed_over(file: File) -> None:
    frame = oecd.aid(file((EXPLORER + explorer() + explorer(unit="XDC", value="99")).encode()))
    assert frame["value"].to_list() == [12.5]


def test_the_same_flow_twice_is_refused_with_both_lines(file: File) -> None:
    with pytest.raises(SourceError, match=r":3: donor USA.* stands already on line 2"):
        oecd.aid(file((EXPLORER + explorer() + explorer(value="1")).encode()))


def test_another_table_is_refused(file: File) -> None:
    with pytest.raises(SourceError, match=r"column .*recipient.* not found"):
        oecd.aid(file(b"DONOR,MEASURE,PRICE_BASE,TIME_PERIOD,OBS_VALUE\nUSA,9,V,2015,1\n"))

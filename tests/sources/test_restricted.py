"""SIPRI, IISS and GSDB in their documented layouts, on small files with invented values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.sources import restricted
from foedus.sources.errors import SourceError

File = Callable[..., Path]
TITLES = "".join(f"Title line {number}\n" for number in range(1, 11))


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_tiv_table_becomes_one_row_per_partner_and_year(file: File, separator: str) -> None:
    body = "Recipient,2019,2020,Total\nCôte d'Ivoire,5,,5\nHezbollah*,1,2,3\nAfrican Union**,,7,7\nTotal,6,9,15\n"
    path = file((TITLES + body.replace(",", separator)).encode("latin-1"))
    rows = restricted.arms_transfers(path).rows()
    assert rows == [
        ("African Union", "organization", 2020, 7.0),
        ("Côte d'Ivoire", "state", 2019, 5.0),
        ("Hezbollah", "non-state", 2019, 1.0),
        ("Hezbollah", "non-state", 2020, 2.0),
    ]


def test_a_table_without_years_is_refused(file: File) -> None:
    with pytest.raises(SourceError, match="no line of years was found"):
        restricted.arms_transfers(file(TITLES.encode()))


def test_a_blank_recipient_of_the_register_is_that_of_the_row_above(file: File) -> None:
    head = "recipient,ordered,weapon,weapon.des,year,years.delivered,delivered,comments\n"
    path = file((head + "Poland,4,Tank,light,2020,2021,4,\n,2,Gun,field,2021,2022,2,second hand\n").encode())
    frame = restricted.arms_register(path)
    assert frame["recipient"].to_list() == ["Poland", "Poland"]
    assert frame["comments"].to_list() == [None, "second hand"]


API = (
    "tidn,buyercod,sellercod,odat,odai,onum,onai,ldat,term,desig2,wcat,desc,coprod,nrdel,nrdelai,delyears,buyer,seller,"
    "status,tivunit,tivorder,tivdel\n"
)


def deal(number: int, years: str, delivered: str, seller: str = "Bland") -> str:
    return f'{number},ALD,BLD,2017,,20,,2020,LIC,Tank,AV,APC,L,16,X,"{years}",Aland,{seller},N,0.3,9,{delivered}\n'


def test_the_value_of_a_deal_is_spread_over_the_years_of_its_deliveries(file: File) -> None:
    lines = deal(1, "2018-2020", "6") + deal(2, "2020; 2023", "4") + deal(3, "", "0") + deal(4, "2023", "1", "Hizb*")
    assert restricted.arms_deliveries(file((API + lines).encode())).rows() == [
        ("Aland", "Bland", "state", 2018, 2.0), ("Aland", "Bland", "state", 2019, 2.0),
        ("Aland", "Bland", "state", 2020, 4.0), ("Aland", "Bland", "state", 2023, 2.0),
        ("Aland", "Hizb", "non-state", 2023, 1.0),
    ]  # fmt: skip


def test_the_register_of_the_site_has_other_names_for_the_same_columns(file: File) -> None:
    head = "Recipient,Supplier,Weapon designation,Year(s) of delivery,SIPRI TIV of delivered weapons\n"
    rows = restricted.arms_deliveries(
        file((head + "Aland,Bland,Tank,2020,4\nAland,Bland,Gun,2020,1\n").encode())
    ).rows()
    assert rows == [("Aland", "Bland", "state", 2020, 5.0)]


def test_a_value_delivered_in_no_year_is_refused_and_a_deal_stands_once(file: File) -> None:
    with pytest.raises(SourceError, match=r":3: 4 was delivered, and delyears is None"):
        restricted.arms_deliveries(file((API + deal(1, "2020", "1") + deal(2, "", "4")).encode()))
    with pytest.raises(SourceError, match=r":3: tidn 1 stands already on line 2"):
        restricted.arms_deliveries(file((API + deal(1, "2020", "1") + deal(1, "2020", "1")).encode()))


def test_no_figure_and_no_state_are_told_apart(file: File) -> None:
    path = file(
        b'Military expenditure\nNote,\n\nCountry,Notes,1990,1991\nPoland,,"1,200.5",. .\nKosovo,1,xxx,3\nEurope,,,\n'
    )
    assert restricted.military_expenditure(path).sort("country", "year").rows() == [
        ("Kosovo", 1990, False, None),
        ("Kosovo", 1991, True, 3.0),
        ("Poland", 1990, True, 1200.5),
        ("Poland", 1991, True, None),
    ]


def test_deployments_are_typed(file: File) -> None:
    head = "Year,Theatre,Lat,Lon,Country,Organisation,MissionName,MissionType,Deployed\n"
    row = restricted.deployments(file((head + "2020,Mali,17.5,-4.0,FRA,UN,MINUSMA,PK,120\n").encode())).row(
        0, named=True
    )
    assert (row["Year"], row["Country"], row["Deployed"], row["Lat"]) == (2020, "FRA", 120, 17.5)


def test_sanctions_keep_lists_in_one_cell(file: File) -> None:
    head = (
        "\ufeffcase_id,sanctioned_state,sanctioning_state,begin,end,trade,descr_trade,arms,military,financial,travel,other,"
        "target_mult,sender_mult,objective,success\n"
    )
    row = '1,Aland,Bland,1989,2013,0,,0,0,1,0,0,0,0,"human_rights,democracy","success_part,failed"\n'
    frame = restricted.sanctions(file((head + row).encode()))
    assert frame.row(0, named=True)["objective"] == "human_rights,democracy"
    with pytest.raises(SourceError, match=r"case_id 1 stands already on line 2"):
        restricted.sanctions(file((head + row + row).encode()))

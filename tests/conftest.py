"""What all tests share: a home of their own, the record as shipped, and a small record to spoil."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from foedus.record.cache import load_record
from foedus.record.models import Record

BIB = """@online{treaty-text,
  author   = {{Depositary}},
  title    = {The treaty},
  date     = {1992-05-15},
  url      = {https://example.org/treaty},
  urldate  = {2026-11-24},
  keywords = {depositary}
}
@article{smith-pact-2000,
  author       = {Smith, Ann and Jones, Bob},
  title        = {Pacts & purposes},
  journaltitle = {Journal of Pacts},
  date         = {2000-03},
  keywords     = {scholarship}
}
"""
SOURCE = "sources: [{source: treaty-text, locator: article 1, says: It did.}]"
RIVAL = "rivals: [{date: 1994, sources: [{source: smith-pact-2000, locator: p. 3, says: It was in 1994.}]}]"
PACT = f"""id: CST
kind: treaty
name: Collective Security Treaty
acronyms: [CST]
names: {{ru: [Договор о коллективной безопасности]}}
pledges: [defense]
successors: [CSTO]
events:
- {{id: cst-001, event: signed, state: ARM, date: 1992-05-15, {SOURCE}}}
- {{id: cst-002, event: in_force, state: ARM, date: 1994-04-20, {RIVAL}, {SOURCE}}}
- {{id: cst-003, event: signed, state: UZB, date: 1992-05-15, {SOURCE}}}
- {{id: cst-004, event: in_force, state: UZB, date: 1994-04-20, {SOURCE}}}
- {{id: cst-005, event: withdrew, state: UZB, date: 1999-04, {SOURCE}}}
- {{id: cst-006, event: signed, state: MDA, date: 1992-05-15, {SOURCE}}}
- {{id: cst-009, event: pledged, pledge: defense, date: 1992-05-15, {SOURCE}}}
"""
ORGANIZATION = f"""id: CSTO
kind: organization
name: Collective Security Treaty Organization
acronyms: [CSTO]
treaty: CST
predecessors: [CST]
events:
- {{id: csto-001, event: founded, date: 2002-10-07, place: Chisinau, {SOURCE}}}
- {{id: csto-002, event: joined, state: ARM, date: 2002-10-07, {SOURCE}}}
- {{id: csto-003, event: joined, state: UZB, date: 2006, {SOURCE}}}
- {{id: csto-004, event: withdrew, state: UZB, date: 2012-12-19, {SOURCE}}}
- {{id: csto-005, event: observer, state: SRB, date: 2013-04-11, {SOURCE}}}
- {{id: csto-006, event: suspended, state: ARM, date: 2024-02-23, {SOURCE}}}
"""
ORGANS = f"""pact: CSTO
organs:
- id: CSTO-CSC
  name: Collective Security Council
  kind: council
  events:
  - {{id: csto-csc-001, event: held, date: 2022-01-10, mode: video, participants: [ARM, RUS], {SOURCE}}}
offices:
- id: CSTO-SG
  name: Secretary General
  organ: null
  events:
  - {{id: csto-sg-001, event: took_office, person: Nikolai Bordyuzha, state: RUS, date: 2003-04-28, {SOURCE}}}
"""
BASES = f"""operator: USA
bases:
- id: manas
  name: Manas Transit Center
  aliases: {{en: [Ganci Air Base]}}
  kind: air
  host: KGZ
  lat: 43.06
  lon: 74.48
  location: [{{source: smith-pact-2000, locator: p. 1, says: There.}}]
  spells:
  - operator: USA
    control: USA
    consent: agreement
    status: confirmed
    events:
    - {{id: manas-001, event: opened, date: 2001-12, {SOURCE}}}
    - {{id: manas-002, event: closed, date: 2014-06-03, {SOURCE}}}
"""
FILES = {
    "record.yml": "version: 0.0.1\nday: 2026-11-01\n",
    "sources/all.bib": BIB,
    "pacts/cst.yml": PACT,
    "pacts/csto.yml": ORGANIZATION,
    "organs/csto.yml": ORGANS,
    "bases/usa.yml": BASES,
}
Build = Callable[..., Path]


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A FOEDUS_HOME for the tests alone."""
    folder = tmp_path_factory.mktemp("home")
    before = os.environ.get("FOEDUS_HOME")
    os.environ["FOEDUS_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["FOEDUS_HOME"]
    else:
        os.environ["FOEDUS_HOME"] = before


@pytest.fixture(scope="session")
def record(home: Path) -> Record:
    """The record as shipped."""
    return load_record()


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Write the small record, with some texts in some files replaced."""

    def write(*changes: tuple[str, str, str], folder: str = "record") -> Path:
        target = tmp_path / folder
        for name, text in FILES.items():
            for path, old, new in changes:
                if path == name:
                    assert old in text
                    text = text.replace(old, new)
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_text(text, encoding="utf-8")
        return target

    return write


@pytest.fixture
def small(build: Build) -> Record:
    """The small record, loaded."""
    return load_record(build())

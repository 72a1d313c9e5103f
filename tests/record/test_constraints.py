"""Every planted mistake is named by file and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.core.errors import RecordError
from foedus.record import constraints as constraints_module
from foedus.record.cache import load_record
from foedus.record.constraints import validate
from foedus.record.differences import differences
from foedus.record.problems import Problem

Build = Callable[..., Path]


def errors(folder: Path) -> list[Problem]:
    return [problem for problem in validate(folder) if problem.severity == "error"]


def test_the_small_record_has_no_error(build: Build) -> None:
    assert errors(build()) == []


def test_a_reason_on_file_cites_what_is_in_the_bibliography(build: Build) -> None:
    folder = build()
    (folder / "differences").mkdir()
    reason = "{pact: CST, dataset: atop.members, reason: So, sources: [{source: none, locator: p. 1, says: So.}]}"
    (folder / "differences" / "members.yml").write_text(f"- {reason}\n", encoding="utf-8")
    assert "source none is not in the bibliography" in str(errors(folder)[0])
    (folder / "differences" / "members.yml").write_text("- {pact: CST}\n", encoding="utf-8")
    differences.cache_clear()
    with pytest.raises(RecordError, match=r"members\.yml: Object missing required field `dataset`"):
        validate(folder)


def test_the_record_as_shipped_has_no_error() -> None:
    from foedus.record.load import DATA

    assert [str(problem) for problem in errors(DATA)] == []


PLANTED = [
    ("pacts/cst.yml", "state: MDA", "state: MLD", "pacts/cst.yml:14: cst-006: state MLD is no state of the record"),
    ("pacts/cst.yml", "1999-04,", "1991-04,",
     "pacts/cst.yml:13: UZB (Uzbekistan) withdrew 1991-04 from CST, before it signed 1992-05-15"),
    ("pacts/cst.yml", "cst-004, event: in_force, state: UZB, date: 1994-04-20",
     "cst-004, event: in_force, state: UZB, date: 1991-12-31",
     "pacts/cst.yml:12: UZB (Uzbekistan) was bound 1991-12-31 in CST, before it signed 1992-05-15"),
    ("pacts/csto.yml", "source: treaty-text", "source: treaty-txt",
     "pacts/csto.yml:8: csto-001: source treaty-txt is not in the bibliography"),
    ("pacts/csto.yml", "predecessors: [CST]", "predecessors: [CTS]", "pacts/csto.yml:1: CSTO: pact CTS is not"),
    ("organs/csto.yml", "organ: null", "organ: CSTO-SECRETARIAT", "organs/csto.yml:9: CSTO-SG: organ CSTO-SECRETARIAT"),
    ("pacts/csto.yml", "event: withdrew, state: UZB, date: 2012-12-19", "event: rejoined, state: UZB, date: 2012-12-19",
     "pacts/csto.yml:11: UZB (Uzbekistan) rejoined 2012-12-19 in CSTO, but it is a member since 2006 (csto-003)"),
    ("pacts/csto.yml", "state: UZB, date: 2006", "state: UZB, date: 1987",
     "pacts/csto.yml:10: UZB (Uzbekistan) joined 1987 in CSTO, but the state existed"),
    ("pacts/csto.yml", "id: csto-002", "id: csto-001", "pacts/csto.yml:9: fact csto-001 is there twice"),
    ("pacts/csto.yml", "acronyms: [CSTO]", "acronyms: [CST]", "pacts/csto.yml:1: CSTO: acronym CST is also"),
    ("pacts/csto.yml", "event: founded", "event: opened", "pacts/csto.yml:8: csto-001: opened is no event of a pact"),
    ("pacts/csto.yml", "event: founded, date", "event: pledged, pledge: defense, date",
     "pacts/csto.yml:8: csto-001: pledged with pledge defense"),
    ("pacts/cst.yml", "event: signed, state: MDA", "event: pledged, state: MDA",
     "pacts/cst.yml:14: cst-006: pledged with pledge not given"),
    ("pacts/csto.yml", "event: founded", "event: born", "pacts/csto.yml:8: Invalid enum value 'born'"),
    ("pacts/csto.yml", "date: 2002-10-07, place", "date: 2002-13-07, place",
     "pacts/csto.yml:8: csto-001: date: '2002-13-07'"),
    ("pacts/csto.yml", "place: Chisinau", "plaec: Chisinau", "pacts/csto.yml:8: Object contains unknown field `plaec`"),
    ("pacts/csto.yml", "place: Chisinau", "place: Chisinau, place: Minsk", "pacts/csto.yml:8: place is given twice"),
    ("pacts/csto.yml", "kind: organization", "kind: [organization", "pacts/csto.yml:3: this is not valid YAML"),
    ("bases/usa.yml", "lat: 43.06", "lat: 143.06", "bases/usa.yml:3: manas: lat 143.06 is outside -90 to 90"),
    ("bases/usa.yml", "lat: 43.06", "lat: north", "bases/usa.yml:8: Expected `float | null`"),
    ("bases/usa.yml", "date: 2014-06-03", "date: 1999",
     "bases/usa.yml:18: manas: closed 1999, before it was opened 2001-12"),
    ("sources/all.bib", "keywords = {depositary}", "keywords = {legal}",
     "sources/all.bib:1: source treaty-text has keywords"),
    ("sources/all.bib", "smith-pact-2000", "treaty-text", "sources/all.bib:9: source treaty-text is there twice"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "message"), PLANTED, ids=[case[3][:60] for case in PLANTED])
def test_a_planted_mistake_is_named_by_file_and_line(build: Build, path: str, old: str, new: str, message: str) -> None:
    found = [str(problem) for problem in errors(build((path, old, new)))]
    assert any(line.startswith(message) for line in found), found


def test_all_mistakes_are_listed_not_only_the_first(build: Build) -> None:
    folder = build(("pacts/cst.yml", "state: MDA", "state: MLD"), ("bases/usa.yml", "lat: 43.06", "lat: 143.06"))
    assert {problem.rule for problem in errors(folder)} >= {"reference", "coordinates"}


def test_a_source_that_nobody_cites_is_a_warning(build: Build) -> None:
    folder = build(("bases/usa.yml", "source: smith-pact-2000", "source: treaty-text"),
                   ("pacts/cst.yml", "source: smith-pact-2000", "source: treaty-text"))  # fmt: skip
    assert [p.rule for p in validate(folder) if "smith-pact-2000 is not cited" in p.found] == ["unused"]


def test_high_confidence_on_one_secondary_source_is_a_warning(build: Build) -> None:
    folder = build(("pacts/csto.yml", "source: treaty-text", "source: smith-pact-2000"))
    assert "confidence" in {problem.rule for problem in validate(folder)}


def test_a_pledge_that_no_fact_attests_is_an_error(build: Build) -> None:
    more = ("pacts/cst.yml", "pledges: [defense]", "pledges: [defense, consult]")
    (found,) = [problem for problem in validate(build(more)) if problem.rule == "pledge"]
    assert (found.severity, str(found)) == (
        "error", "pacts/cst.yml:1: CST: no fact attests its pledge consult. "
        "Add an event pledged with pledge: consult and a source that was read, or delete the pledge.",
    )  # fmt: skip
    none = (
        ("pacts/cst.yml", "pledges: [defense]", "pledges: [none]"),
        ("pacts/cst.yml", "pledge: defense", "pledge: none"),
    )
    assert "pledge" not in {problem.rule for problem in validate(build(*none, folder="none"))}


def test_a_list_that_claims_to_be_complete_up_to_today_is_a_warning(build: Build) -> None:
    claim = "complete: {from: 2002-10-07, source: treaty-text, locator: all}"
    folder = build(("pacts/csto.yml", "predecessors: [CST]", f"predecessors: [CST]\n{claim}"))
    assert "complete" in {problem.rule for problem in validate(folder)}


def test_coordinates_in_another_country_are_a_warning(build: Build) -> None:
    pytest.importorskip("tzfpy", reason="countries are told by the polygons of tzfpy")
    folder = build(("bases/usa.yml", "lon: 74.48", "lon: 174.48"), ("bases/usa.yml", "lat: 43.06", "lat: -41.3"))
    assert [p.found for p in validate(folder) if p.rule == "near_host"] == ["manas: -41.3, 174.48 lies in NZ."]


def test_predecessor_and_successor_must_name_each_other_in_order_of_time(build: Build) -> None:
    folder = build(("pacts/cst.yml", "successors: [CSTO]", "successors: []"),
                   ("pacts/csto.yml", "date: 2002-10-07, place", "date: 1990, place"))  # fmt: skip
    assert "lineage" in {problem.rule for problem in validate(folder)}
    folder = build(("pacts/csto.yml", "date: 2002-10-07, place", "date: 1990, place"), folder="older")
    assert "succession" in {problem.rule for problem in errors(folder)}


def test_an_exception_with_its_reason_explains_a_breach_and_an_idle_one_is_a_warning(build: Build) -> None:
    folder = build(("pacts/csto.yml", "source: treaty-text", "source: smith-pact-2000"))
    about = sorted({p.about for p in validate(folder) if p.rule == "confidence"})
    (folder / "exceptions.yml").write_text(
        f"- {{rule: confidence, about: [{', '.join(about)}, csto-999], reason: The article prints the treaty.}}\n"
    )
    left = [(p.rule, p.found) for p in validate(folder) if p.rule == "confidence" or "csto-999" in p.found]
    assert left == [("unused", "csto-999 does not breach the rule confidence.")]


def test_every_rule_that_is_declared_is_looked_for_and_no_other() -> None:
    folder = Path(constraints_module.__file__).parent
    used = {
        rule for path in folder.glob("*.py") for rule in re.findall(r'rule="(\w+)"', path.read_text(encoding="utf-8"))
    }
    used |= {"existence", "existence_convention"}  # chosen between by a condition
    assert used == set(constraints_module.constraints())


def test_provisional_application_may_come_before_the_signature(build: Build) -> None:
    early = ("pacts/cst.yml", "cst-004, event: in_force, state: UZB, date: 1994-04-20",
             "cst-004, event: in_force, state: UZB, qualifier: provisional, date: 1992-01-01")  # fmt: skip
    assert errors(build(early)) == []


def test_loading_raises_the_first_mistake_with_its_line(build: Build) -> None:
    with pytest.raises(RecordError, match=r"pacts/csto\.yml:8: Invalid enum value 'born'"):
        load_record(build(("pacts/csto.yml", "event: founded", "event: born")))


def test_a_folder_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"holds no record\.yml"):
        validate(tmp_path)

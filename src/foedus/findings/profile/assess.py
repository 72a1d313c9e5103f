"""The patronage profile of an alliance and a candidate: nine dimensions, read by declared rules, never summed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.core.errors import InputError, MissingError
from foedus.core.version import CODE_VERSION
from foedus.findings.profile.declared import Declaration, Dimension, declaration
from foedus.record.models import Record
from foedus.record.names import find_pact, find_state

if TYPE_CHECKING:
    from foedus.findings.profile.comparing import Comparison, Measure
    from foedus.findings.profile.datasets import Datasets
    from foedus.findings.profile.estimate import Estimate
    from foedus.findings.profile.inference.alliances import Matched
    from foedus.findings.profile.inference.evidence import Evidence
    from foedus.findings.profile.reading import Reading
    from foedus.findings.profile.scene import Scene
    from foedus.findings.profile.world import World

Years = tuple[int | None, int | None]


def profile(
    record: Record, pact: str, *, patron: str, years: Years = (None, None), compare: Sequence[str] = (),
    inputs: Any = None, preregistration: Path | str | None = None, only_record: bool = False,
    falsify: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Nine dimensions of whether an alliance is one state's instrument: what `foedus profile --format json` writes.

    Parameters
    ----------
    pact, patron
        As elsewhere: id, acronym or name. A patron that is no member is measured all the same, and it is said.
    years
        First and last, by default those in which the alliance had members, to the record's day.
    compare
        Peers as `PACT:STATE`; those of the declaration by default.
    inputs
        Frames by dataset id, or a folder with the datasets' files; by default what `foedus data get` brought.
    preregistration
        A file written by `preregister`: every departure from it is listed.
    falsify
        Also run the set that must show nothing: made-up alliances, shifted years, far-away patrons, permuted votes.
    only_record
        Look at no dataset, whatever is here.

    Raises
    ------
    InputError
        If a name is unknown, no year has two members, or the preregistration was edited.
    MissingError
        If the extra that computes intervals is not installed.
    """
    require_extra()
    if isinstance(inputs, str | Path) and Path(inputs).is_file():
        raise InputError(f"{inputs}: is a file. Name the folder that it lies in, with the other datasets' files.")
    from foedus.findings.profile.datasets import Datasets
    from foedus.findings.profile.preregistration import departures
    from foedus.findings.profile.scene import set_scene
    from foedus.findings.profile.world import World

    fixed = declaration()
    world = World(record)
    scene = set_scene(world, find_pact(record, pact), *years)
    lead = find_state(record, patron).id
    data = Datasets(record, inputs, only_record=only_record)
    subject = Subject(world, scene, lead, data, fixed, _peers(scene, fixed, compare))
    plan = {"pact": scene.pact.id, "patron": lead, "years": list(years), "compare": list(compare)}
    left = departures(Path(preregistration), plan, fixed) if preregistration else []
    report = subject.report(left)
    if falsify:
        from foedus.findings.profile.falsification import falsification

        report["falsification"] = falsification(subject)
    return report


def require_extra() -> None:
    """Say how to get what computes intervals, if it is not here.

    Raises
    ------
    MissingError
        If numpy or scipy is missing.
    """
    missing = [name for name in ("numpy", "scipy") if find_spec(name) is None]
    if missing:
        raise MissingError(f"profile: {' and '.join(missing)} not installed. Run: pip install 'foedus[profile]'")


def measures(fixed: Declaration, data: Datasets) -> Mapping[str, Measure]:
    """What computes each dimension for a scene and a candidate."""
    from foedus.findings.profile import channels, events, of_datasets, of_record

    ranges = {dimension.name: dimension.range for dimension in fixed.dimensions}
    months = fixed.thresholds.window_months
    return {
        "power": lambda scene, state: of_datasets.concentration(scene, state, ranges["power"], data),
        "hub_dependence": lambda scene, state: channels.hub(scene, state, ranges["hub_dependence"], data),
        "basing_asymmetry": lambda scene, state: of_record.basing(scene, state, ranges["basing_asymmetry"]),
        "exclusivity": lambda scene, state: of_record.exclusive(scene, state, ranges["exclusivity"]),
        "participation_response": lambda scene, state: of_datasets.participation(scene, state, data),
        "exit": lambda scene, state: events.exits(scene, state, months),
        "alignment": lambda scene, state: of_datasets.votes(scene, state, data),
        "institutional_control": events.offices,
        "use": events.use,
    }


# Dimensions in which an outside state is no meaningful placebo: it holds no share, office or vote inside.
WITHOUT_OUTSIDE = ("power", "institutional_control")
_QUESTION = (
    "{pact}: does it serve {patron} as a means of influence over the other members, more than comparable alliances "
    "serve their leading states?"
)
WITHOUT_PLACEBOS = ("exit", "use")
# Events too rare to be compared in a single year are counted from the founding to each age.
CUMULATIVE = ("participation_response", "exit", "institutional_control", "use")


@dataclass
class Subject:
    """An alliance, a candidate, and all that they are compared with."""

    world: World
    scene: Scene
    patron: str
    data: Datasets
    fixed: Declaration
    peers: list[tuple[Scene, str]]

    def report(self, left: list[str]) -> dict[str, Any]:
        """The profile as JSON."""
        from foedus.findings.profile import mapping
        from foedus.findings.profile.governance import statements

        scene, name = self.scene, self.world.name
        if self.patron not in scene.members:
            scene.notes.append(f"{name(self.patron)} is no member in these years; it is measured as an outside state.")
        if len(scene.members) == 2:
            scene.notes.append(
                "An alliance of two: means are those of one state, and no other member can be a placebo."
            )
        if len(scene.family) > 1:
            scene.notes.append("Parties of the treaty that the organization rests on count as members.")
        computed = measures(self.fixed, self.data)
        rows = [self._row(dimension, computed[dimension.name]) for dimension in self.fixed.dimensions]
        sites = mapping.sites(scene, self.patron)
        drawn = mapping.draw(scene, self.patron, sites, self.data)
        return {
            "foedus": CODE_VERSION,
            "record": f"{self.world.record.version} ({self.world.record.day})",
            "pact": scene.pact.id, "pact_name": scene.pact.name, "patron": self.patron,
            "patron_name": name(self.patron),
            "years": [scene.first, scene.last],
            "question": _QUESTION.format(pact=scene.pact.name, patron=name(self.patron)),
            "notes": scene.notes,
            "members": _timeline(scene),
            "dimensions": rows,
            "matched_alliances": self.matched.table,
            "departures": left,
            "statements": statements(scene),
            "map": sites | drawn,
            "inputs": self.data.fingerprints() if self.data.used else [],
            "sources": self._sources([*(row["facts"] for row in rows), [s["fact"] for s in statements(scene)],
                                      *(place["facts"] for place in sites["facilities"])]),
        }  # fmt: skip

    def _row(self, dimension: Dimension, measure: Measure) -> dict[str, Any]:
        from foedus.findings.profile.comparing import Comparison, PlaceboRank, compare_at_ages, rank_placebos
        from foedus.findings.profile.detail import in_detail
        from foedus.findings.profile.inference.specifications import specifications
        from foedus.findings.profile.inference.table import read_all, settle
        from foedus.findings.profile.reading import read

        found = in_detail(dimension.name, measure, self.scene, self.patron, self.data, self.fixed)
        test, compared, matched = PlaceboRank(), Comparison(), Comparison()
        if found.value is not None:
            outside = self._outside() if dimension.name not in WITHOUT_OUTSIDE else []
            if dimension.name not in WITHOUT_PLACEBOS:
                test = rank_placebos(self.scene, self.patron, found.value, measure, outside)
            seen: dict[str, dict[int, float]] = {}
            compared, matched = (
                compare_at_ages(
                    self.scene, self.patron, pairs, self.fixed.defaults.ages, measure,
                    cumulative=dimension.name in CUMULATIVE, seen=seen,
                )
                for pairs in (self.peers, self.matched.pairs)
            )  # fmt: skip
        reading = read(dimension, self.fixed.thresholds, found, test, compared, matched)
        rows = self.evidence.rows(dimension, found, test, compared, matched) if found.value is not None else []
        tests = read_all(rows)
        row = self._as_json(dimension, found, settle(reading, tests), tests)
        row |= {"comparison": _compared(compared), "matched": _compared(matched)}
        row["reading_unadjusted"] = settle(reading, tests, "reading_unadjusted").side
        row["specifications"] = (
            specifications(dimension, self.scene, self.patron, measure, self.data, found, test, compared)
            if found.value is not None else None
        )  # fmt: skip
        return row

    @cached_property
    def evidence(self) -> Evidence:
        """What the tests of all dimensions share."""
        from foedus.findings.profile.inference.evidence import Evidence

        return Evidence(self.world, self.scene, self.patron, self.data, self.fixed, self._outside())

    @cached_property
    def matched(self) -> Matched:
        """The alliances of the record most like this one when it began."""
        from foedus.findings.profile.inference.alliances import match_alliances

        return match_alliances(self.scene, self.patron, self.peers, self.data, self.fixed.thresholds)

    def _outside(self) -> list[str]:
        return self.world.outsiders(self.scene.ever | {self.patron}, self.fixed.defaults.outside_states)

    def _as_json(
        self, dimension: Dimension, found: Estimate, reading: Reading, tests: list[dict[str, Any]]
    ) -> dict[str, Any]:
        name = self.world.name
        gaps = found.missing or (
            [] if found.value is not None else [d for d in dimension.datasets if d not in self.data.used]
        )
        further = [d for d in dimension.datasets if d not in self.data.used and d not in gaps]
        return {
            "name": dimension.name, "title": dimension.title, "question": dimension.question, "unit": dimension.unit,
            "value": found.value, "lower": found.lower, "upper": found.upper, "coverage": found.coverage,
            "leave_one_out": list(found.leave_one_out) if found.leave_one_out else None,
            "without_flagged": found.without_flagged, "date_uncertainty": found.date_uncertainty,
            "reading": reading.side, "reason": reading.reason,
            "would_count_for": dimension.counts_for, "would_count_against": dimension.counts_against,
            "tests": tests,
            "series": {str(year): value for year, value in found.series.items()},
            "by_member": [
                {"state": state, "name": name(state), "value": value} for state, value in found.cells.items()
            ],
            "numbers": found.numbers, "remarks": found.remarks,
            "missing": [{"dataset": dataset, "command": f"foedus data get {dataset}"} for dataset in (*gaps, *further)],
            "facts": found.facts,
        }  # fmt: skip

    def _sources(self, named: list[list[str]]) -> dict[str, Any]:
        """What each fact says and where, for every fact that the report names."""
        from foedus.findings.judgement import evidence
        from foedus.record.facts import all_facts

        wanted = {key for facts in named for key in facts}
        return {fact.id: evidence(fact) | {"event": fact.event, "state": fact.state or fact.operator}
                for fact in sorted(all_facts(self.world.record), key=lambda f: f.id) if fact.id in wanted}  # fmt: skip


def _peers(scene: Scene, fixed: Declaration, asked: Sequence[str]) -> list[tuple[Scene, str]]:
    """The pairs asked for, or the declared ones; the alliance itself is no peer, and a pair counts once."""
    from foedus.findings.profile.scene import Scene, lifetime

    found: dict[tuple[str, str], tuple[Scene, str]] = {}
    record = scene.world.record
    for text in asked or fixed.defaults.peers:
        name, colon, state = text.rpartition(":")
        if not colon or not name or not state:
            raise InputError(f"--compare {text}: is not a pair. Write PACT:STATE, an id, a colon and a state.")
        peer, lead = find_pact(record, name), find_state(record, state).id
        if peer.id != scene.pact.id:
            found[peer.id, lead] = (Scene(scene.world, peer, *lifetime(scene.world, peer)), lead)
        elif asked:
            scene.notes.append(f"--compare {text} was left out: an alliance is no peer of itself.")
    return list(found.values())


def _compared(found: Comparison) -> dict[str, Any]:
    return {
        "own": {str(age): value for age, value in found.own.items()},
        "peers": [
            {"pact": key.partition(":")[0], "patron": key.partition(":")[2],
             "values": {str(age): value for age, value in values.items()}}
            for key, values in found.peers.items()
        ],
        "own_mean": found.own_mean, "peer_mean": found.peer_mean, "difference": found.difference,
        "p": found.p, "smallest_p": found.smallest, "used": len(found.gaps),
    }  # fmt: skip


def _timeline(scene: Scene) -> list[dict[str, Any]]:
    return [
        {
            "state": spell.state, "name": scene.name(spell.state), "pact": spell.pact, "status": spell.status,
            "from": spell.start.date, "to": spell.end_text, "first_day": spell.first_day.isoformat(),
            "last_day": spell.last_day.isoformat() if spell.last_day else None,
        }
        for spell in sorted(scene.spells, key=lambda s: (s.first_day, s.state, s.status))
    ]  # fmt: skip

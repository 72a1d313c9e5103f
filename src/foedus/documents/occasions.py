"""When: which date of a sentence belongs to which trigger."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.documents.found import Found
from foedus.documents.lexicon.grammar import Grammar
from foedus.documents.masking import Masked
from foedus.documents.model import DateMention


@dataclass(slots=True)
class DateFinder:
    """Looks for dates in one masked sentence."""

    masked: Masked
    grammar: Grammar
    found: list[Found]

    def date_of(self, one: Found) -> DateMention | None:
        """The date that belongs to the trigger: the first behind it in its clause, else one in front of it."""
        inside = self.masked.atoms_in(one.start, one.end, "D")
        behind = None if inside else self._date_behind(one)
        if inside:
            behind = inside[0][0]
        if behind is not None and len(re.findall(r"[^\W\dA-Z_]{2,}", self.masked.text[one.end : behind])) <= 6:
            one.used_dates.add(behind)
            return self.masked.atoms[behind].date
        if one.trigger.tense != "present" and (front := self._date_before(one)):
            return front
        if behind is not None:
            one.used_dates.add(behind)
            return self.masked.atoms[behind].date
        return self._date_of_meeting(one)

    def _date_behind(self, one: Found) -> int | None:
        """The first date behind the trigger, within its clause and outside of a remark in brackets."""
        for i, atom in self.masked.atoms_in(one.end, one.high, "D"):
            between = self.masked.text[one.end : i]
            if re.search(self.grammar.date_break, between) or self._starts_next_clause(i, one):
                return None
            if "(" in between and ")" not in between and not re.search(self.grammar.date_in_brackets, between):
                continue
            if i not in one.used_dates and atom.date:
                return i
        return None

    def _date_of_meeting(self, one: Found) -> DateMention | None:
        """As in "A member since the Bucharest summit of 2008": the date stands with the next trigger."""
        index = self.found.index(one)
        if index + 1 >= len(self.found):
            return None
        following = self.found[index + 1]
        if following.trigger.relation == "founded" and following.match.group().endswith("ing"):
            behind = self._date_behind(following)  # "signed the treaty establishing X in 1949"
            return self.masked.atoms[behind].date if behind is not None else None
        if following.trigger.relation != "meeting_held":
            return None
        role = re.search(self.grammar.meeting_role, self.masked.text[one.end : one.high])
        dates = self.masked.atoms_in(one.high, self.found[index + 1].high, "D")
        if not role or not dates or dates[0][1].date is None:
            return None
        date = dates[0][1].date
        return DateMention(
            date.start, date.end, date.value, role.group(1) if role.group(1) in ("since", "until") else "at"
        )

    def _date_before(self, one: Found) -> DateMention | None:
        taken = set().union(*(other.used_dates for other in self.found)) if self.found else set()
        previous = self._previous(one)
        for i, atom in reversed(self.masked.atoms_in(one.low, one.start, "D")):
            if i in taken or not atom.date:
                continue
            between = self.masked.text[i + 1 : one.start]
            if re.search(r"[;:.]", between) or (previous and not self._starts_next_clause(i, previous)):
                return None
            one.used_dates.add(i)
            return atom.date
        return None

    def _starts_next_clause(self, i: int, one: Found) -> bool:
        """Whether a date opens the clause of the next trigger: "…, and in 2004 B left"."""
        if i >= one.high:
            return True
        before = self.masked.text[one.end : i]
        after = self.masked.text[i + 1 : i + 40]
        opens = re.search(self.grammar.clause_opens, before)
        runs_on = re.match(self.grammar.clause_runs_on, after)
        has_next = one.high < len(self.masked.text)
        return bool(opens and (runs_on and has_next))

    def _previous(self, one: Found) -> Found | None:
        index = self.found.index(one)
        return self.found[index - 1] if index else None

"""What the code asks of a sentence beyond its triggers: expressions over the mask, one set a language."""

from __future__ import annotations

import msgspec


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Regular expressions by which subjects, objects and dates are told apart; `(?!)` never applies."""

    clitics: str  # letters written together with the word behind them: "and" in Arabic
    state_body: str  # what makes an adjective of a state the one that acts: "the A military"
    relative: str  # what makes the state right in front of it the one that acts, whatever its case: "with S, which"
    prepositions: str  # what makes the state behind it not the one that acts
    possessive: str  # what does so when it stands behind the state
    behind: str  # what may stand between a verb and a subject behind it
    is_declined: bool  # names have cases, and only the nominative acts
    masculine: list[str]  # states that "he" means, where a language says "he" and "she" of states
    he: str
    she: str
    counted: str  # "the two", "all three": a list named before
    both: str
    acting_pronoun: str
    one_pronoun: str  # a pronoun that cannot mean several states
    inner_pronoun: str
    coordinate: str  # what lets a verb share the subject of the one before
    verbs_in_a_row: str  # between two verbs of one subject, whatever nouns stand there: "left X, and was back"
    filler: str  # words that are no subject of their own
    continuation: str  # what may follow a verb whose object is not named
    object_pronoun: str
    adopting: str  # verbs whose object may be a name in lower case
    former: str
    latter: str
    other: str
    gap_stop: str  # what ends the search for an object
    object_trail: str  # what makes the pact before it only part of another name: "left the NATO exercises"
    gap_nouns: str  # nouns that are the object themselves: "joined the talks of NATO"
    pact_behind: str  # what may stand between a verb and the pact that is its subject behind it
    persons: str
    date_break: str
    date_in_brackets: str
    meeting_role: str
    clause_opens: str
    clause_runs_on: str
    clause_mark: str
    gap_glue: str  # between the parts of "A entered X in 2004, Y in 2007"
    gap_date: str
    gap_unknown: str  # a part that foedus has no name for, and its date
    origin: str
    from_origin: str
    full: str
    at_no_time: str  # "never": what makes "no member" hold for all time
    admitted_to: str
    admitted_on: str
    same_date: str
    object_meant: str
    treaty_meant: str
    signed_by: str
    signed_with: str
    signed_at: str
    signed_where: str  # who or where: a passive "was signed" counts only with one of them or a date
    signed_not: str
    unnamed_treaty: str  # "a defense agreement with S": what is signed where it has no proper name; group s the partner
    not_of_security: str  # what such an agreement is about when it is none of ours
    further_partner: str  # behind it: "and S in D"; groups s, d
    at_date: str
    host_in: str
    host_where: str  # "in S, where X keeps a base"; group s
    host_meant: str  # words for the country that the text is about: "there"
    including_base: str  # "hosts troops at several places, including B"; group b
    host_clause_stop: str  # what ends what is hosted: ", and sends the"
    host_of: str
    host_further: str
    further_base: str  # what follows a base: ", another at B in S"; groups b, s, opened, d
    base_meant: str  # words that mean the base spoken of
    base_stop: str  # what ends the search for a base behind a verb
    operator_meant: str
    base_noun: str
    troops: str
    troops_lead: str  # the word for troops in front of their owner, in a language that puts it there
    troops_of: str

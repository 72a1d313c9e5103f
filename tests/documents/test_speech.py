"""Who says it: the author, or somebody quoted or reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foedus.documents.model import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"Spain joined NATO in 1982," the minister said.', "the minister"),
        ("The minister said that Spain joined NATO in 1982.", "The minister"),
        ("According to a diplomat, Spain joined NATO in 1982.", "a diplomat"),
    ],
)
def test_reported_speech_is_quoted_with_its_speaker(read: Read, text: str, speaker: str) -> None:
    (claim,) = read(text).claims
    assert claim.attribution == "quoted"
    assert claim.speaker is None or speaker.lower() in claim.speaker.lower()


def test_a_speaker_who_is_only_a_pronoun_is_the_one_named_before(read: Read) -> None:
    claims = read("The envoy said that Spain joined NATO in 1982. He added that Greece joined it in 1952.").claims
    assert [claim.speaker for claim in claims] == ["The envoy", "The envoy"]


def test_a_word_in_marks_quotes_nothing(read: Read) -> None:
    (claim,) = read('The "alliance" NATO was founded in 1949.').claims
    assert claim.attribution == "author"


def test_answers_of_an_interview_are_quoted_and_questions_are_no_claims(read: Read) -> None:
    claims = read(
        "Q. Did Spain join NATO in 1982?\n\nA. Spain joined NATO in 1982.\n\nQ. And now?\n\nA. Nothing."
    ).claims
    assert [claim.attribution for claim in claims] == ["quoted"]


def test_news_and_comment_are_sections(read: Read) -> None:
    sections = read("**News**\n\nSpain joined NATO in 1982.\n\n**Comment**\n\nIt was a mistake.").sections
    assert [section.title for section in sections] == ["News", "Comment"]


@pytest.mark.parametrize(
    ("text", "pact", "patron"),
    [
        ("The CSTO is a tool of Moscow to keep its influence.", "CSTO", "RUS"),
        ("NATO is nothing but an instrument of Washington.", "NATO", "USA"),
    ],
)
def test_a_thesis_names_pact_and_patron(read: Read, text: str, pact: str, patron: str) -> None:
    (thesis,) = read(text).theses
    assert (thesis.pact.id, thesis.patron.id) == (pact, patron)


@pytest.mark.parametrize("text", ["NATO is no instrument of Washington.", "Is the CSTO a tool of Moscow?"])
def test_a_thesis_denied_or_asked_is_none(read: Read, text: str) -> None:
    assert read(text).theses == []

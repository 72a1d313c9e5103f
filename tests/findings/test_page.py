"""The HTML page: one safe file, readable without scripts and by everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from foedus.findings.check import Checker
from foedus.findings.page import render

Check = Callable[..., dict[str, Any]]
TEXT = (
    "**News**\n\nSpain joined NATO in 1982.\n\n**Comment**\n\n"
    "Spain joined NATO in 1990, and NATO is a tool of Washington."
)
VOID = {"meta", "br", "line", "rect", "link", "hr", "img"}


@pytest.fixture
def page(checker: Checker, check: Check) -> str:
    return render(check(TEXT, published="2024-05-01", title="A title"), TEXT, checker.record)


def test_the_page_is_one_file_without_script_or_request(page: str) -> None:
    assert "<script" not in page
    assert not re.search(r"""(?:src|@import|url\()\s*=?\s*["']?(?:https?:)?//""", page)
    assert '<meta name="robots" content="noindex">' in page
    assert not re.search(r"\son\w+=", page)


def test_every_tag_is_closed_and_every_id_is_there_once(page: str) -> None:
    class Walker(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []
            self.ids: list[str] = []
            self.targets: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            named = dict(attrs)
            if named.get("id"):
                self.ids.append(str(named["id"]))
            if (target := named.get("href") or "").startswith("#"):
                self.targets.append(target[1:])
            if tag not in VOID:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert tag in VOID or self.open.pop() == tag

    walker = Walker()
    walker.feed(page)
    assert walker.open == []
    assert len(walker.ids) == len(set(walker.ids))
    assert set(walker.targets) <= set(walker.ids)


def test_a_hostile_text_stays_text(checker: Checker, check: Check) -> None:
    text = '<script>alert(1)</script><img src=x onerror=alert(1)> Spain joined NATO in 1982 "><svg/onload=alert(1)>.'
    page = render(check(text, title=text), text, checker.record)
    assert "<script" not in page
    assert "<img" not in page
    assert "<svg/" not in page


def test_verdicts_are_told_by_word_and_sign_not_by_colour_alone(page: str) -> None:
    assert "supported by the record" in page
    assert "contradicted by the record" in page
    assert "✓" in page
    assert "✗" in page


def test_arabic_is_set_from_right_to_left(checker: Checker, check: Check) -> None:
    text = "انضمت إسبانيا إلى الناتو عام 1982."
    page = render(check(text), text, checker.record)
    assert '<p lang="ar" dir="rtl">' in page


def test_excerpts_leave_out_what_was_not_checked(checker: Checker, check: Check) -> None:
    text = "The weather was fine. Spain joined NATO in 1982. Nobody cared."
    page = render(check(text), text, checker.record, excerpts=True)
    assert "Spain joined NATO" in page
    assert "weather" not in page
    assert "Nobody" not in page


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_and_verdicts_have_the_contrast_of_wcag_aa_in_light_and_dark(page: str) -> None:
    schemes = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in re.findall(r":root \{([^}]*)\}", page)]
    light, dark = schemes[0], schemes[1]
    for scheme in (light, dark):
        pairs = [
            ("ink", "paper"),
            ("soft", "paper"),
            ("link", "paper"),
            ("ink", "card"),
            ("link", "card"),
            ("soft", "card"),
        ]
        for verdict in ("supported", "partly", "contradicted", "not_in_record", "not_checkable"):
            pairs += [(verdict, f"{verdict}-bg"), ("ink", f"{verdict}-bg")]
        for ink, ground in pairs:
            assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)


def test_a_thesis_stands_beside_the_nine_dimensions_on_the_record_alone(page: str) -> None:
    assert "foedus profile NATO --patron USA" in page
    for title in ("Power concentration", "Basing asymmetry", "Alignment", "Use"):
        assert title in page
    assert "needs un.votes-2015" in page
    assert "No overall number is formed" in page

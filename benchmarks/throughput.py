"""How fast a corpus is checked on one core, as a ratio to splitting the same text into words in the same run.

Goal: 100,000 characters a second. Give a folder of English texts, or the examples of the documentation are repeated.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from pathlib import Path

import foedus
from foedus.documents.model import Document
from foedus.findings.check import Checker

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
CHARACTERS = 1_000_000


def texts(folder: Path, suffix: str) -> list[str]:
    """Texts of about a million characters in all, none of them twice in the same form."""
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob(f"*{suffix}"))]
    found = [text for text in found if text.isascii() or sum(map(str.isascii, text)) > 0.9 * len(text)]
    copies = CHARACTERS // sum(map(len, found)) + 1
    return [f"{text}\n\nCopy {i}.\n" for i in range(copies) for text in found]


def main() -> None:
    """Measure and print."""
    corpus = texts(Path(sys.argv[1]), ".txt") if len(sys.argv) > 1 else texts(EXAMPLES, ".md")
    characters = sum(map(len, corpus))
    words = re.compile(r"\w+")
    start = time.process_time()
    for text in corpus:
        words.findall(text)
    reference = time.process_time() - start
    checker = Checker(foedus.load_record())
    checker.check(Document(corpus[0]))
    start = time.process_time()
    claims = sum(len(checker.check(Document(text), theses=False)["claims"]) for text in corpus)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rate = characters / seconds
    print(f"{characters:,} characters, {claims:,} claims in {seconds:.1f} s of one core: {rate:,.0f} a second")
    print(f"{seconds / reference:.0f} times the time of splitting the text into words; {peak} MB at most")


if __name__ == "__main__":
    main()

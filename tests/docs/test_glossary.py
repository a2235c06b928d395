"""The glossary is sorted, names nothing twice, and each word is in the chapter that it names."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ENTRY = re.compile(r"^## (?P<term>.+)\n\n(?P<text>(?:.+\n)+)", re.MULTILINE)
CHAPTER = re.compile(r"\(Chapter \[(?P<number>\d\d)\]\(\.\./notebooks/(?P<name>\w+)\.ipynb\)\)$")
MOST_SENTENCES = 3

ENTRIES = [(entry["term"], " ".join(entry["text"].split())) for entry in ENTRY.finditer(GLOSSARY)]


def test_the_words_are_sorted_and_none_is_there_twice() -> None:
    terms = [term.casefold() for term, _ in ENTRIES]
    assert len(terms) == GLOSSARY.count("\n## ")
    assert terms == sorted(set(terms))


def test_each_word_is_explained_briefly_and_its_chapter_uses_it() -> None:
    for term, text in ENTRIES:
        chapter = CHAPTER.search(text)
        assert chapter is not None, term
        assert chapter["name"].startswith(chapter["number"]), term
        lesson = (ROOT / "content" / f"{chapter['name']}.py").read_text(encoding="utf-8")
        words = re.sub(r"\s+(# )?", " ", lesson)
        assert re.search(rf"\b{re.escape(term)}", words, re.IGNORECASE), term
        explained = text[: chapter.start()].strip()
        assert 1 <= len(re.findall(r"\.(?: |$)", explained)) <= MOST_SENTENCES, term

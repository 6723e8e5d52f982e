"""A first look at the text: its words, comments and rules, before the grammar reads each rule."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rules_dsl.keywords import clause_beginnings, rule_words
from rules_dsl.nodes import Language

# Far below what Python's stack holds, far above what a person can read.
DEEPEST_NESTING = 8
PREFIXES = {"not", "không", "of", "của", "-"}
BRACKETS = {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}

TokenKind = Literal["text", "unclosed", "comment", "quoted", "word", "sign"]
_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\\n]|\\.)*")'
    r'|(?P<unclosed>"[^\n]*)'
    r"|(?P<comment>#[^\n]*)"
    r"|(?P<quoted>`[^`\n]*`)"
    r"|(?P<word>[^\W\d][\w]*(?:\.\w+)*)"
    r"|(?P<sign>\d[\w.,:/-]*|\S)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text that belongs together; offsets count from 0, `end` is behind it."""

    kind: TokenKind
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """One rule's stretch of the text, from the word that begins it to the next such word."""

    kind: str
    tokens: tuple[Token, ...]
    end: int

    @property
    def start(self) -> int:
        return self.tokens[0].start


def tokens(text: str) -> tuple[Token, ...]:
    return tuple(
        Token(match.lastgroup, match.group(), match.start())  # type: ignore[arg-type]
        for match in _TOKEN.finditer(text)
    )


def without_comments(text: str, found: tuple[Token, ...]) -> str:
    """The text with every comment blanked, so that all else keeps its place."""
    pieces, end = [], 0
    for token in found:
        if token.kind == "comment":
            pieces += [text[end : token.start], " " * len(token.text)]
            end = token.end
    return "".join([*pieces, text[end:]])


def blocks(found: tuple[Token, ...], language: Language, length: int) -> tuple[Block, ...]:
    """The rules of the file, in order."""
    words = rule_words(language)
    begins = [number for number, token in enumerate(found) if token.kind == "word" and token.text in words]
    stretches = (found[begin:end] for begin, end in zip(begins, [*begins[1:], len(found)], strict=False))
    parts = list(stretches)
    ends = [*(part[0].start for part in parts[1:]), length]
    return tuple(Block(words[part[0].text], part, end) for part, end in zip(parts, ends, strict=False))


def restart(block: Block, text: str, language: Language, begin: int) -> int:
    """Where reading can go on from `begin`: at the next word that begins a line of a rule, or a new line."""
    words = clause_beginnings(language)
    for token in block.tokens:
        if begin <= token.start and token.kind in ("word", "sign"):
            begins_line = not text[text.rfind("\n", 0, token.start) + 1 : token.start].strip()
            if token.text in words or begins_line:
                return token.start
    return block.end


def guessed_language(found: tuple[Token, ...]) -> Language:
    """The language most of whose rule words stand in the text; Vietnamese when neither does."""
    words = [token.text for token in found if token.kind == "word"]
    english, vietnamese = (sum(word in rule_words(language) for word in words) for language in ("en", "vi"))
    return "en" if english > vietnamese else "vi"


def is_too_deep(found: Iterable[Token]) -> bool:
    """Whether parentheses, or words like `not` in a row, are nested beyond what can be read."""
    depth = run = 0
    for token in found:
        depth += BRACKETS.get(token.text, 0)
        if token.text in PREFIXES:
            run += 1
        elif token.kind in ("word", "quoted", "text"):
            run = 0
        if depth > DEEPEST_NESTING or run > DEEPEST_NESTING:
            return True
    return False

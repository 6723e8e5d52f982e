"""Reads a rule file: every mistake in one pass, each with its line, column and remedy."""

from bisect import bisect_right
from dataclasses import dataclass
from threading import Lock

from pyparsing import ParseBaseException, ParseException, ParserElement

from common.problems import Finding, Parameter
from common.text import nfc
from rules_dsl.comments import Comment, with_comments
from rules_dsl.grammar.assembly import assemble
from rules_dsl.grammar.lines import header, line
from rules_dsl.grammar.piece import Lines, Piece
from rules_dsl.keywords import resembling, spelled, vocabulary
from rules_dsl.nodes import AnyRule, Language, Place, RuleFile
from rules_dsl.scanning import (
    DEEPEST_NESTING,
    Block,
    Token,
    blocks,
    guessed_language,
    is_too_deep,
    restart,
    tokens,
    without_comments,
)

LANGUAGES: tuple[Language, ...] = ("vi", "en")
LONGEST_FILE = 500_000
CURLY = tuple("“”‘’«»")
# A person mends these before reading on.
MOST_FINDINGS = 100
# The longest keywords of Vietnamese have this many syllables.
MOST_SYLLABLES = 9
# The elements of a grammar learn how their parse actions are called while they first read; two threads
# reading at once would teach them wrong, for as long as the process lives.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read, and what is wrong. With findings, `rules` holds what was readable."""

    rules: RuleFile
    findings: tuple[Finding, ...]


def parse(text: str, name: str = "rules.motcua") -> Parsed:
    """The rule file; never raises. `name` is what findings call the file."""
    reading = _Reading(nfc(text).removeprefix("\ufeff").replace("\r\n", "\n"), name)
    with _one_at_a_time:
        return reading.read()


class _Reading:
    """One pass over one text."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self.misread = 0
        if len(text) > LONGEST_FILE:
            self._find("rules.file_too_long", Place(1, 1), most=LONGEST_FILE)
            text = ""
        self.lines = Lines.of(text)
        self.tokens = tokens(text)
        self.text = without_comments(text, self.tokens)

    def read(self) -> Parsed:
        language, start = self._language()
        found = tuple(token for token in self.tokens if token.start >= start)
        self._judge_tokens(found)
        stretches = blocks(found, language, len(self.text))
        self._judge_gap(start, stretches[0].start if stretches else len(self.text), language)
        rules = [rule for block in stretches for rule in self._rule(block, language)]
        if len(self.findings) >= MOST_FINDINGS:
            self._find("rules.too_many_mistakes", self.lines.place(len(self.text)), most=MOST_FINDINGS)
        file = with_comments(RuleFile(language, tuple(rules)), self._comments(), self.lines.place(start).line)
        ordered = sorted(self.findings, key=lambda finding: (finding.line or 0, finding.column or 0))
        return Parsed(file, tuple(ordered))

    def _language(self) -> tuple[Language, int]:
        """The language of the first line, and where the rules begin; guessed, with a finding, if unsaid."""
        words = [token for token in self.tokens if token.kind != "comment"]
        for language in LANGUAGES:
            if len(words) > 1 and [w.text for w in words[:2]] == [spelled("language", language), language]:
                return language, words[1].end
        place = self.lines.place(words[0].start if words else 0)
        self._find("rules.no_language", place)
        return guessed_language(self.tokens), 0

    def _judge_tokens(self, found: tuple[Token, ...]) -> None:
        for token in found:
            if token.kind == "unclosed":
                self._find("rules.unclosed_text", self.lines.place(token.start))

    def _judge_gap(self, start: int, end: int, language: Language) -> None:
        """Between the language line and the first rule stand only comments."""
        gap = self.text[start:end]
        if start and gap.strip():
            offset = start + len(gap) - len(gap.lstrip())
            self._find_at("rules.expected_rule", offset, language)

    def _rule(self, block: Block, language: Language) -> list[AnyRule]:
        """The rule of a block, if it could be read."""
        place = self.lines.place(block.start)
        before = self.misread
        if len(self.findings) >= MOST_FINDINGS:
            return []
        if is_too_deep(block.tokens):
            self._find("rules.too_deep", place, most=DEEPEST_NESTING)
            return []
        try:
            parts, end = self._match(header(block.kind, language), block.start, block)
        except ParseBaseException as error:
            self._misread(error, block.start, language)
            return []
        parts += self._lines(block, end, language)
        rule, findings = assemble(block.kind, parts, place, self.name)
        if rule is not None or self.misread == before:
            self.findings += findings
        return [] if rule is None else [rule]

    def _lines(self, block: Block, start: int, language: Language) -> list[object]:
        """Line after line; after a mistake, from the next word that can begin one."""
        parts: list[object] = []
        while self.text[start : block.end].strip() and len(self.findings) < MOST_FINDINGS:
            try:
                more, start = self._match(line(block.kind, language), start, block)
                parts += more
            except ParseBaseException as error:
                offset = self._misread(error, start, language)
                # A line that stopped at the next one's first word gives that one its chance.
                began = self.text[start:offset].strip()
                start = restart(block, self.text, language, offset if began else offset + 1)
        return parts

    def _match(self, element: ParserElement, start: int, block: Block) -> tuple[list[object], int]:
        """The parts the element finds at `start`, and where it ends."""
        piece = Piece.cut(self.text, start, block.end, self.lines)
        *parts, end = element.parse_string(piece)
        return parts, start + end

    def _misread(self, error: ParseBaseException, start: int, language: Language) -> int:
        """Adds the finding of a syntax error; gives its offset in the file."""
        self.misread += 1
        offset = start + error.loc
        rest = self.text[offset:]
        # What is missing at the end is missing behind the last word, not on the empty line below it.
        blank = len(rest) - len(rest.lstrip()) if rest.strip() else len(self.text[:offset].rstrip()) - offset
        offset += blank
        code = "rules.unknown_line" if isinstance(error, ParseException) else str(error.msg)
        self._find_at(code, offset, language)
        return offset

    def _find_at(self, code: str, offset: int, language: Language) -> None:
        """The finding at an offset, with what stands there; a plainer reason for it where there is one."""
        first = bisect_right(self.tokens, offset, key=lambda token: token.end)
        here = [token for token in self.tokens[first : first + MOST_SYLLABLES] if token.kind != "comment"]
        found = here[0].text if here else ""
        joined = _joined(here, language)
        suggestion = joined or resembling(found, language)
        if found[:1] in CURLY:
            code = "rules.curly_quotes"
        elif joined:
            code = "rules.words_not_joined"
        elif code == "rules.unknown_line" and (found == suggestion or not suggestion):
            code = "rules.misplaced_word" if suggestion else "rules.unexpected"
        place = self.lines.place(offset)
        # What was told of a place once is not told again in other words when reading goes on from there.
        if not any((finding.line, finding.column) == (place.line, place.column) for finding in self.findings):
            self._find(code, place, found=found or "⏎", suggestion=suggestion)

    def _comments(self) -> list[Comment]:
        comments = []
        for token in self.tokens:
            if token.kind == "comment":
                before = self.text[self.text.rfind("\n", 0, token.start) + 1 : token.start]
                text = token.text.removeprefix("#").strip()
                comments.append(Comment(text, self.lines.place(token.start), bool(before.strip())))
        return comments

    def _find(self, code: str, place: Place, **parameters: Parameter) -> None:
        self.findings.append(Finding(code, self.name, parameters, line=place.line, column=place.column))


def _joined(here: list[Token], language: Language) -> str:
    """The keyword that the words make when written as one ("lệ phí" → "lệ_phí"); "" when they make none."""
    words = vocabulary(language)
    for count in range(len(here), 1, -1):
        whole = "_".join(token.text for token in here[:count])
        if whole in words:
            return whole
    return ""

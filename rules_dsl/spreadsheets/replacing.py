"""Puts another table in the place of one in a rule file; everything around it stays as it was written."""

from dataclasses import replace

from rules_dsl import nodes as n
from rules_dsl.formatter import format_rules
from rules_dsl.scanning import Block, Token, blocks, tokens


def with_table(text: str, table: n.Table, language: n.Language) -> str:
    """The text with the table of that name anew, in canonical layout; raises KeyError when there is none."""
    found = tokens(text)
    for block in blocks(found, language, len(text)):
        words = [token.text.strip("`") for token in block.tokens[:2]]
        if block.kind == "table" and words[1:] == [table.name]:
            return f"{text[: block.start]}{printed(table, language)}{text[_end(block, text) :]}"
    raise KeyError(table.name)


def printed(table: n.Table, language: n.Language) -> str:
    """The table in canonical layout without the comments before it, which stand in the text already."""
    bare = replace(table, comments=replace(table.comments, before=()))
    return format_rules(n.RuleFile(language, (bare,))).partition("\n\n")[2].rstrip("\n")


def _end(block: Block, text: str) -> int:
    """Behind the last word of the table and the comment beside it; what follows belongs to the next rule."""
    spoken = [token for token in block.tokens if token.kind != "comment"]
    end = spoken[-1].end
    return next((token.end for token in block.tokens if _is_beside(token, end, text)), end)


def _is_beside(token: Token, end: int, text: str) -> bool:
    return token.kind == "comment" and token.start >= end and "\n" not in text[end : token.start]

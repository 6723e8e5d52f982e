"""Long texts of one shape, each ten thousand characters: where a reader's work could grow faster than the text."""

from collections.abc import Callable

LENGTH = 10_000


def repeated(piece: str, joint: str = "") -> str:
    """The piece again and again until the text is long enough."""
    return joint.join([piece] * (LENGTH // (len(piece) + len(joint))))


def numbered(write: Callable[[int], str]) -> str:
    """Pieces that differ by their number."""
    pieces: list[str] = []
    while sum(map(len, pieces[-1:])) * len(pieces) < LENGTH:
        pieces.append(write(len(pieces)))
    return "\n".join(pieces)


CONDITION = 'condition c "C" requires '
CHARGE = 'charge f "F" cites "L" '
TABLE = 'table t "T" (kind, a) first cites "L" '

# What it is → what stands behind the language line.
SHAPES: dict[str, str] = {
    "rules": numbered(
        lambda n: f'charge f{n} "F" cites "L" by price below 50 million pay 5 VND above pay 1% of whole'
    ),
    "a sum": f"let x = {repeated('a', ' + ')}",
    "a sum of amounts": f"let x = {repeated('1_000 VND', ' + ')}",
    "a conjunction": CONDITION + repeated("yes", " and "),
    "open parentheses": f"let x = {repeated('(')}",
    "nested parentheses": f"let x = {repeated('((((((((a))))))))', ' + ')}",
    "nested calls": f"let x = {repeated('sum(' * 8 + 'a' + ')' * 8, ' + ')}",
    "not": CONDITION + repeated("not "),
    "minus": f"let x = {repeated('-')}1",
    "percent of": f"let x = {repeated('1% of ')}a",
    "words": repeated("foo bar "),
    "words in a rule": CHARGE + repeated("foo bar "),
    "a keyword": CHARGE + repeated("pay "),
    "lines cut short": CHARGE + repeated("pay 5 VND when "),
    "quotes": repeated('"'),
    "texts": "charge f " + repeated('"a" '),
    "backslashes": f'charge f "{repeated(chr(92))}"',
    "unclosed texts": numbered(lambda n: f'let x{n} = "x'),
    "backticks": f"let x = {repeated('`')}",
    "digits": f"let x = {repeated('9')}",
    "dots": f"let x = {repeated('1.')}",
    "underscores": f"let x = {repeated('9_')}",
    "a long name": f"let x = {repeated('x')}",
    "a long path": f"let x = {repeated('x.')}",
    "comments": repeated("# x\n"),
    "blanks": repeated(" ") + "x",
    "lets": numbered(lambda n: f"let x{n} = 1"),
    "a chain": numbered(lambda n: f"let x{n} = x{n - 1} + x{n - 1}"),
    "a chain of charges": numbered(lambda n: f'charge f{n} "F" cites "L" pay f{n - 1} + f{n - 1}'),
    "unknown names": numbered(lambda n: f'condition c{n} "C" requires zz{n}'),
    "unknown values": CONDITION + f"kind in {{{repeated('hous', ', ')}}}",
    "citations": 'charge f "F" cites ' + repeated('"x"', ", "),
    "brackets": CHARGE + "by price " + numbered(lambda n: f"up to {n + 1} pay 5 VND"),
    "grades": CHARGE + "per a " + numbered(lambda n: f"from {n + 1} pay 5 VND"),
    "reductions": CHARGE + "pay 5 VND " + repeated("reduce by 5% when yes "),
    "rows of a table": TABLE + numbered(lambda n: f"row house, {n} gives 5 VND"),
    "ranges in a table": TABLE + numbered(lambda n: f"row any, from {n} below {n + 9} gives 5 VND"),
    "keys": f'table t "T" ({repeated("a", ", ")}) first cites "L" row any gives 5',
    "points": 'interpolate i "I" by price cites "L" ' + numbered(lambda n: f"at {n} gives 5%"),
    "claims": numbered(lambda n: "always a > 1"),
    "a parameter": 'parameter p "P" cites "L" ' + numbered(lambda n: f"{n} VND from 2020-01-01"),
    "a term": 'term t "T" cites "L" ' + repeated("5 working days when yes "),
    "copies": 'component c "C" ' + repeated("1 original "),
    "settings": 'example "E" given ' + repeated("a = 1", ", "),
    "rows of an example": f'example "E" given rows = [{repeated("a = 1", "; ")}]',
    "examples": 'charge f "F" cites "L" pay 1 VND * a\n'
    + numbered(lambda n: f'example "E" given a = {n} expect f = {n} VND'),
    "comparisons": CONDITION + repeated("a < ") + "a",
    "otherwise": f"let x = {repeated('(a otherwise ')}1",
    "control characters": repeated("\0"),
    "marks on one letter": "e" + repeated("\u0301\u0323"),
    "letters with marks": repeated("e\u0302\u0301 "),
}

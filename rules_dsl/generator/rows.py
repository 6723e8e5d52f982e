"""Generates questions over the rows of a repeated group: count, sum, any, every, largest, smallest."""

from collections.abc import Callable

from rules_dsl import nodes as n
from rules_dsl.generator.logbook import Row
from rules_dsl.generator.term import Doubt, Term, counted
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import BOOLEAN, INTEGER, Kind
from rules_dsl.moment import RulesNotChecked
from rules_dsl.unknown import ABSENT, Unknown
from rules_dsl.walk import names_in

ValueOf = Callable[[n.Expression, Writer], Term]
MOST_ROWS = 10**9


def over_rows(node: n.Call, w: Writer, value_of: ValueOf) -> Term:
    """The answer over every row of the group that the argument speaks of, wherever it is asked."""
    if len(node.arguments) != 1:
        raise RulesNotChecked(f"{node.function} asks about one thing")
    (argument,) = node.arguments
    if isinstance(argument, n.Name) and w.program.kinds.of_name(argument.path).name == "rows":
        rows = rows_of(argument.path, w)
        return Term(f"len({rows.code})", INTEGER, 0, 0, MOST_ROWS, rows.doubts)
    facts = [w.program.kinds.fact(name.path) for name in names_in(argument)]
    group = next((fact.rows for fact in facts if fact is not None and fact.rows), None)
    if group is None:
        raise RulesNotChecked(f"{node.function} speaks of no rows")
    return _answer(node.function, group, argument, w, value_of)


def rows_given(path: str, w: Writer) -> Term:
    """Whether the group has rows."""
    rows = rows_of(path, w)
    return Term(f"{rows.code} != ()", BOOLEAN, doubts=rows.doubts, binding=0)


def rows_of(group: str, w: Writer) -> Term:
    """The rows of a group; a group that was left out has none, one that is not answered yet is in doubt."""
    variable = w.read.get(f"rows.{group}")
    if variable is None:
        variable = w.read[f"rows.{group}"] = w.fresh(group)
        w.line(f"{variable} = facts.rows.get({group!r})")
    return Term(variable, Kind("rows"), doubts=(Doubt(variable, repr(group)),))


def _answer(function: n.Function, group: str, argument: n.Expression, w: Writer, value_of: ValueOf) -> Term:
    rows = rows_of(group, w)
    answer = w.fresh(function)
    with w.unless(w.pending(rows), answer):
        values = w.fresh("found")
        w.line(f"{values} = []")
        term = _each(values, rows.code, group, argument, w, value_of)
        w.line(f"{answer} = {_question(function, values, term, group, w)}")
    if function in ("any", "every"):
        return Term(answer, BOOLEAN, doubts=(Doubt(answer),))
    if function == "count":
        return Term(answer, INTEGER, 0, 0, MOST_ROWS, (Doubt(answer),))
    factor = MOST_ROWS if function == "sum" else 1
    low, high = min(0, term.low * factor), max(0, term.high * factor)
    return Term(answer, term.kind, term.scale, low, high, (Doubt(answer),))


def _each(values: str, rows: str, group: str, argument: n.Expression, w: Writer, value_of: ValueOf) -> Term:
    """Collects the value of every row; one that is not known is collected as Unknown."""
    outer = w.row
    w.row = Row(group, w.fresh("row"), w.fresh("number"))
    with w.block(f"for {w.row.number}, {w.row.variable} in enumerate({rows}):"):
        term = w.hold(counted(value_of(argument, w)), "one")
        w.line(f"{values}.append({term.code})")
    w.row = outer
    return term


def _question(function: n.Function, values: str, term: Term, group: str, w: Writer) -> str:
    match function:
        case "any" | "every" | "count":
            return f"{function}_of({values})"
        case "sum":
            return f"sum_of({values})" if term.scale is not None else f"exact_sum_of({values})"
        case "largest" | "smallest":
            none = w.program.constant(Unknown((group,), ABSENT), f"no_{group}")
            return f"{function}_of({values}, {none})"
    raise RulesNotChecked(f"{function} is no question over rows")

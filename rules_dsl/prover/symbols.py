"""Values of the solver: what an expression may come to, and when it is not known instead."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules_dsl.prover.logic import Term, all_of, any_of, chosen, negated


@dataclass(frozen=True, slots=True)
class Symbol:
    """The counterpart of a value or an Unknown of the reference meaning.

    `term` means nothing where one of the others holds. `absent`: Unknown because a fact was lawfully not
    answered (and the rule did not ask first); `unknown`: Unknown for any other reason. Never both. Days are
    ordinals, instants seconds, times of day minutes, texts numbers (`words`), amounts whole units of their
    currency, a list of choices a mapping of its members.
    """

    term: Term
    absent: Term = False
    unknown: Term = False

    @property
    def known(self) -> Term:
        return negated(any_of(self.absent, self.unknown))

    @property
    def holds(self) -> Term:
        """Of a truth: that it is known and true."""
        return all_of(self.term, self.known)

    @property
    def fails(self) -> Term:
        """Of a truth: that it is known and false."""
        return all_of(negated(self.term), self.known)

    def but_unknown(self, reason: Term) -> "Symbol":
        """The same, not known where the reason holds."""
        if reason is False:
            return self
        return Symbol(self.term, all_of(self.absent, negated(reason)), any_of(self.unknown, reason))


TRUE, FALSE = Symbol(True), Symbol(False)


def joined(term: Term, *parts: Symbol) -> Symbol:
    """The term, not known where a part is not: absent only when nothing worse is in it."""
    unknown = any_of(*(part.unknown for part in parts))
    absent = any_of(*(part.absent for part in parts))
    return Symbol(term, all_of(absent, negated(unknown)), unknown)


def picked(condition: Term, then: Symbol, otherwise: Symbol) -> Symbol:
    """`then` where the condition holds, else `otherwise`."""
    return Symbol(
        chosen(condition, then.term, otherwise.term),
        chosen(condition, then.absent, otherwise.absent),
        chosen(condition, then.unknown, otherwise.unknown),
    )


def first_of(cases: Iterable[tuple[Term, Symbol]], otherwise: Symbol) -> Symbol:
    """The value of the first case that holds."""
    result = otherwise
    for condition, value in reversed(list(cases)):
        result = picked(condition, value, result)
    return result


def either(*parts: Symbol) -> Symbol:
    """Whether any part holds; not known only where an unknown part could decide it."""
    decided = any_of(*(part.holds for part in parts))
    whole = joined(decided, *parts)
    open_still = negated(decided)
    return replace(whole, absent=all_of(whole.absent, open_still), unknown=all_of(whole.unknown, open_still))


def opposite(part: Symbol) -> Symbol:
    return replace(part, term=negated(part.term))


def both(*parts: Symbol) -> Symbol:
    """Whether all parts hold."""
    return opposite(either(*(opposite(part) for part in parts)))

"""A question as it is put to the solver, and how its answer is tried out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from common.problems import Parameter
from rules_dsl import nodes as n
from rules_dsl.prover.logic import Term
from rules_dsl.prover.proof import Question
from rules_dsl.prover.trials import Trial
from rules_dsl.prover.world import World

# Whether a case shows what was looked for; the second trial is that of the other world, where there is one.
Shown = Callable[[Trial, Trial], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """Looks for a case in which `truth` holds.

    `wanted` "never": such a case refutes the rule, and is shown. "sometimes": without any, the rule is refuted.
    `told` adds what only the case can tell to the `parameters` of the sentence. `beside` is the second world of a
    claim that compares two; `wishes` make its case plain.
    """

    rule: str
    question: Question
    node: n.Node
    code: str
    truth: Term
    shown: Shown
    wanted: str = "never"
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    told: Callable[[Trial], Mapping[str, Parameter]] = lambda _: {}
    beside: World | None = None
    wishes: tuple[Term, ...] = ()

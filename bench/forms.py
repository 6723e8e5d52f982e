"""How quickly an application of forty questions is judged and shown.

Every contender must give the same verdict, or nothing is measured.
"""

import jsonschema_rs

from bench import measures, median_ratio, median_work
from bench.application import answers, form, spoilt
from common.messages import message_of
from form_builder.judge import judge
from form_builder.visibility import prune

TIMES = 2_000


@measures("forms.judge_valid_vs_jsonschema_rs", "ratio", "<= 3")
def valid_judged() -> float:
    """Answers that are not asked dropped, the others judged, our formats too; against the bare validator, which
    knows its own formats only, on what is left."""
    asked, said = form(), answers()
    kept = prune(asked, said)
    assert len(said) - len(kept) == 3
    bare = jsonschema_rs.Draft202012Validator(dict(asked.schema), validate_formats=True)
    assert bare.is_valid(kept)
    assert judge(asked, kept) == ()

    def ours() -> None:
        for _ in range(TIMES):
            judge(asked, prune(asked, said))

    def theirs() -> None:
        for _ in range(TIMES):
            bare.is_valid(kept)

    return median_ratio(ours, theirs)


@measures("forms.judge_invalid_us", "µs", "<= 400")
def invalid_judged() -> float:
    """Eight answers wrong, each told in both languages."""
    asked, said = form(), spoilt()
    assert len(judge(asked, prune(asked, said))) == 8

    def work() -> None:
        for _ in range(TIMES):
            for problem in judge(asked, prune(asked, said)):
                message_of(problem, "vi")
                message_of(problem, "en")

    return median_work(work) / TIMES * 1_000_000

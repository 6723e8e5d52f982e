"""What may happen at the office, as the name of a method of the machine and its arguments."""

from hypothesis import strategies as st

from tests.runtime.machine.house import PEOPLE
from tests.runtime.machine.verbs import REASON, VERBS, Choice

MOST_DOSSIERS = 3
WHICH, NTH = st.integers(0, MOST_DOSSIERS - 1), st.integers(0, 20)
CHOICES = st.builds(
    Choice,
    pick=st.integers(0, 4),
    way=st.integers(0, 4),
    words=st.sampled_from((REASON, REASON, "")),
    flag=st.booleans(),
)
# What moves a dossier on is drawn most often.
WORK = st.tuples(st.just("an_official_does_the_work"), WHICH, st.integers(0, 3), st.integers(0, 3))
OFFERED = st.tuples(st.just("somebody_does_what_is_offered"), WHICH, NTH, CHOICES)
ANYTHING = st.tuples(
    st.just("anybody_asks_for_anything"),
    WHICH,
    st.sampled_from(sorted(VERBS)),
    st.sampled_from(PEOPLE),
    CHOICES,
)
HAPPENINGS = st.one_of(
    *(WORK, WORK, WORK, OFFERED, OFFERED, OFFERED, OFFERED, ANYTHING, ANYTHING),
    st.tuples(st.just("the_same_is_asked_again")),
    st.tuples(st.just("the_same_form_is_sent_again")),
    st.tuples(st.just("time_passes"), st.one_of(st.integers(1, 30), st.integers(48, 600))),
    st.tuples(st.just("the_clock_looks")),
    st.tuples(st.just("connectors_are_called"), WHICH, st.booleans()),
    st.tuples(st.just("a_leader_moves_dossiers"), st.sampled_from(("leader", "approver")), st.booleans()),
    st.tuples(st.just("work_goes_over"), st.booleans()),
    st.tuples(st.just("somebody_files"), st.sampled_from(("applicant", "stranger")), NTH, st.booleans()),
)

"""How many times as long as is said a question may take: a busy machine comes to the same answers, only later.

1 everywhere but in tests about what is answered, which must not depend on what else the machine does.
"""

FACTOR = 1.0


def patient(time: float) -> float:
    """The time a question really has."""
    return time * FACTOR

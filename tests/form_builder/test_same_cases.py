"""Somebody else's schema may say the same case twice: deciding about a question still writes it once."""

from form_builder.editing.cases import with_cases

TEST = {"properties": {"married": {"const": True}}, "required": ["married"]}


def test_of_two_cases_that_say_the_same_one_asks_the_question() -> None:
    twice = [{"if": TEST, "then": {}, "else": {"properties": {}}}] * 2
    holder = {"properties": {"married": {"type": "boolean"}, "spouse": {"type": "string"}}, "allOf": twice}
    first, second = with_cases(holder, "spouse", (TEST,), required=True)["allOf"]
    assert first["then"] == {"required": ["spouse"]}
    assert second == twice[1]

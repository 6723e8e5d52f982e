"""Every sentence of a page has its English, and the list of sentences is the one that pages say."""

from scripts.translations import ENGLISH, problems, stored, updated, written


def test_every_sentence_has_its_english() -> None:
    assert problems(updated(stored())) == []


def test_the_catalogue_lists_exactly_what_is_said() -> None:
    assert written(updated(stored())) == ENGLISH.read_bytes()

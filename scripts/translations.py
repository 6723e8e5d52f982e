"""The English catalogue: keeps its list of sentences, and says what has no English yet.

`python -m scripts.translations` writes new sentences into the .po and drops those that no page says any
more; people write the English. `--check` changes nothing. Both exit 1 when something is missing.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
ENGLISH = ROOT / "translations/en/LC_MESSAGES/messages.po"
FOLDERS = ("templates", "common", "designer", "form_builder", "runtime")
METHODS = [("**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**.html": {"extensions": "jinja2.ext.do", "silent": "false"}}
# Same words, other meanings: `pgettext("act", …)` in templates, `lazy_pgettext` where no request is near.
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_pgettext": ((1, "c"), 2)}
HEADER = b"""\
# English of Motcua's pages; each msgid is the Vietnamese sentence as the templates say it.
# `python -m scripts.translations` keeps the list, people write the msgstr.

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def stored() -> Catalog:
    """What the .po says now."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def updated(known: Catalog) -> Catalog:
    """Exactly the sentences that are said, with the English they have; "" where there is none yet."""
    catalog = Catalog(locale="en")
    for folder in FOLDERS:
        said = extract_from_dir(ROOT / folder, METHODS, OPTIONS, KEYWORDS)
        for file, _line, sentence, _comments, context in said:
            same = known.get(sentence[0] if isinstance(sentence, tuple) else sentence, context)
            place = (f"{folder}/{file}", None)
            catalog.add(sentence, same.string if same else "", [place], context=context)
    return catalog


def written(catalog: Catalog) -> bytes:
    """The .po: ordered by the files that speak, without dates and line numbers, so that it changes rarely."""
    text = BytesIO()
    write_po(text, catalog, omit_header=True, include_lineno=False, sort_by_file=True, width=100)
    return HEADER + text.getvalue()


def problems(catalog: Catalog) -> list[str]:
    """A line for each sentence without English, or whose English names other values."""
    found = []
    for sentence in (each for each in catalog if each.id):
        english = sentence.string if isinstance(sentence.string, tuple) else (sentence.string or "",)
        vietnamese = sentence.id if isinstance(sentence.id, str) else sentence.id[0]
        where = ", ".join(sorted({file for file, _ in sentence.locations}))
        if not all(english):
            meaning = f" [{sentence.context}]" if sentence.context else ""
            found.append(f"no English: {vietnamese}{meaning}  ({where})")
        elif any(_values(each) - _values(vietnamese) for each in english):
            found.append(f"other values in English: {vietnamese}  ({where})")
    return found


def _values(sentence: str) -> set[str]:
    return set(PLACEHOLDER.findall(sentence))


def main(arguments: list[str]) -> int:
    catalog = updated(stored())
    found = problems(catalog)
    if "--check" in arguments:
        if written(catalog) != ENGLISH.read_bytes():
            found.append("the list of sentences is not up to date: run python -m scripts.translations")
    else:
        ENGLISH.write_bytes(written(catalog))
    print("\n".join(found) if found else "every sentence has its English")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

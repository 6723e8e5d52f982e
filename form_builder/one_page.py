"""All questions of a form on one page: for the counter, for work, for trying a form out."""

from functools import lru_cache

from form_builder.form import Form
from form_builder.remarks import Remark, as_item
from form_builder.schema import FORMS_KEPT, Source, read_form

WHOLE = "whole"


def as_one_page(source: Source) -> Form:
    """All questions of the form, and what stands between them, on a page called WHOLE."""
    return _as_one_page(read_form(source))


@lru_cache(maxsize=FORMS_KEPT)
def _as_one_page(form: Form) -> Form:
    items = [item for page in form.pages for item in page.items]
    written = [as_item(item) if isinstance(item, Remark) else item.key for item in items]
    pages = [{"key": WHOLE, "title": {"vi": ""}, "fields": written}]
    return read_form({**form.schema, "x-motcua-pages": pages}, form.places)

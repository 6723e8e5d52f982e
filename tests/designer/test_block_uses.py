"""Who uses which version of a block is known while a form is written, and for good once it is published."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from common.text import Text
from designer.bank.keeping import new_block, new_version
from designer.bank.models import BlockVersion
from designer.bank.queries import content_of, drafts_using, published_using
from designer.bank.telling import told
from designer.drafts import Saved, abandon, file_of, save
from designer.form_text import form_in, form_text
from designer.reviews.deciding import publish_submission
from designer.reviews.models import ReviewAct
from form_builder.bank import put, take_out, use_at
from form_builder.bank.merging import merged
from procedure_library.package import FORM
from runtime.letters.proof import trial
from runtime.trial.player import play
from tests.designer.office import NOW, Office
from tests.form_builder.test_bank import CHILD, IF_ABROAD


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


@pytest.fixture
def child(office: Office) -> BlockVersion:
    found = new_block(office.session, Text("Trẻ em", "Child"), optional(CHILD), by=office.author, at=NOW)
    assert isinstance(found, BlockVersion)
    return found


def optional(block: Any) -> Any:
    """The block as the sample's examples can stand it: they answer none of it."""
    return {name: part for name, part in block.items() if name != "required"}


def write(office: Office, schema: Any) -> None:
    known = file_of(office.session, office.draft, FORM)
    assert known is not None
    saved = save(
        office.session,
        office.draft,
        FORM,
        form_text(schema),
        revision=known.revision,
        by=office.author,
        at=NOW,
    )
    assert isinstance(saved, Saved), saved


def form(office: Office) -> Any:
    saved = file_of(office.session, office.draft, FORM)
    assert saved is not None
    return form_in(saved.content or "")


def test_a_draft_uses_what_stands_in_its_form_now(office: Office, child: BlockVersion) -> None:
    grown, use = put(form(office), content_of(child), child.source, page="person")
    write(office, grown)
    assert drafts_using(office.session, child.block) == ((office.draft, 1),)
    write(office, take_out(grown, use))
    assert drafts_using(office.session, child.block) == ()
    write(office, grown)
    abandon(office.session, office.draft, by=office.author, at=NOW)
    assert drafts_using(office.session, child.block) == ()


def test_what_is_published_uses_it_for_good(office: Office, child: BlockVersion) -> None:
    grown = put(form(office), content_of(child), child.source, page="person")[0]
    write(office, grown)
    done = publish_submission(
        office.session, office.agreed(), "", trial=trial, player=play, by=office.publisher, at=NOW
    )
    assert isinstance(done, ReviewAct), done
    assert published_using(office.session, child.block) == ((done.version, 1),)
    assert drafts_using(office.session, child.block) == ()
    found = use_at(grown, "name")
    assert found is not None
    assert found.source == child.source


def test_a_version_is_never_changed(office: Office, child: BlockVersion) -> None:
    with pytest.raises(ProgrammingError), office.session.begin_nested():
        office.session.execute(text("update question_block_versions set title_vi = 'x'"))


def test_only_who_has_seen_the_newest_version_writes_the_next(office: Office, child: BlockVersion) -> None:
    newer = {**content_of(child), "required": ["name"]}
    first = new_version(office.session, child.block, child.title, newer, known=1, by=office.author, at=NOW)
    assert isinstance(first, BlockVersion)
    late = new_version(office.session, child.block, child.title, CHILD, known=1, by=office.author, at=NOW)
    assert getattr(late, "code", "") == "bank.newer_version"


def test_changes_are_told_by_the_names_of_questions() -> None:
    newer = {
        **CHILD,
        "required": ["name"],
        "allOf": [{"if": IF_ABROAD["if"], "then": {"required": ["name"]}}],
    }
    newer["properties"] = {
        **CHILD["properties"],
        "abroad": {**CHILD["properties"]["abroad"], "title": "Ở ngoài nước"},
    }
    del newer["properties"]["country"]
    said = told(merged(CHILD, CHILD, newer).changes, (newer, CHILD), "vi")
    assert [(each.questions, each.attribute, each.base, each.theirs) for each in said] == [
        (("Ở ngoài nước",), "title", "Sinh ở nước ngoài", "Ở ngoài nước"),
        (("Nước",), "", "Nước", ""),
        (("Ở ngoài nước",), "required", "yes", ""),
        (("Nước",), "asked_when", "yes", ""),
        (("Họ tên",), "asked_when", "", "yes"),
    ]
    assert [(part.title, part.values) for part in said[-1].case] == [("Ở ngoài nước", ("Có",))]

"""Every form that asks for an act on a dossier carries the key by which it is known when it is sent again."""

import re
from collections.abc import Iterator

from tests.structure.sources import ROOT, told

FORM = re.compile(r"<form\b(.*?)</form>", re.DOTALL)
ACTION = re.compile(r"action=\"\{\{ (.*?) \}\}\"")
FOLDERS = ("desk", "portal", "dossier")
# What changes no dossier: papers and pages of an application that is not sent, a question asked, a preview. Orders of
# batches are done once by their state.
WITHOUT = {
    "url_for('desk.choose_steps', number=move.id)",
    "url_for('desk.order_move', number=move.id)",
    "url_for('desk.undo_move', number=move.id)",
    "url_for('desk.ask_for_move')",
    "url_for(door ~ '.attach_supplement', number=number)",
    "url_for('portal.detach_paper', number=application.id, document=document.id)",
    "url_for('portal.attach_paper', number=application.id, component=need.key)",
    "address",
    "url_for('portal.carry_answers', number=application.id, page=stage.key)",
    "stage.address",
    "url_for('portal.discard_application', number=row.application.id)",
    "url_for('portal.look_up')",
}


def test_every_form_of_an_act_carries_a_key() -> None:
    forms = list(_forms())
    assert len(forms) > 25
    assert {action for _page, action, has_key in forms if not has_key} == WITHOUT


def _forms() -> Iterator[tuple[str, str, bool]]:
    """Template, address and whether there is a key, of every form that is posted."""
    for folder in FOLDERS:
        for path in sorted((ROOT / "templates" / folder).glob("*.html")):
            for form in FORM.findall(path.read_text(encoding="utf-8")):
                head = form.splitlines()[0]
                if 'method="post"' in head:
                    action = ACTION.search(head)
                    yield told(path), action[1] if action else "", "{{ once(" in form

"""SpiffWorkflow with its state in the same PostgreSQL, as its manual saves it: what an agency could take instead.

It keeps an inbox row as well; rights, ledger, events, audit, letters and jobs it has none of.
"""

from typing import Any

import psycopg
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from bench.engine.house import House

# The step that is done, and what is said of it.
ACTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("receive", {}),
    ("check", {"fit": False}),
    ("supplement", {}),
    ("check", {"fit": True}),
    ("ask_land", {}),
    ("ask_fire", {}),
    ("sign", {}),
    ("hand_over", {}),
)
TASKS = ("receive", "check", "supplement", "ask_land", "ask_fire", "sign", "hand_over")
FLOWS = (
    *(("start", "receive"), ("receive", "check"), ("check", "checked"), ("supplement", "check")),
    *(("ask", "ask_land"), ("ask", "ask_fire"), ("ask_land", "asked"), ("ask_fire", "asked")),
    *(("asked", "sign"), ("sign", "hand_over"), ("hand_over", "end")),
)
TABLES = """
create table spiff (id bigint primary key, state jsonb not null);
create table spiff_inbox (id bigint, step text, primary key (id, step))
"""


def bpmn() -> str:
    """The measured procedure in BPMN."""
    tasks = "".join(f'<userTask id="{key}" name="{key}"/>' for key in TASKS)
    flows = "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in FLOWS)
    return f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="bench">
<process id="measured" isExecutable="true"><startEvent id="start"/><endEvent id="end"/>{tasks}
<exclusiveGateway id="checked" default="checked_supplement"/><parallelGateway id="ask"/><parallelGateway id="asked"/>
{flows}<sequenceFlow id="checked_supplement" sourceRef="checked" targetRef="supplement"/>
<sequenceFlow id="checked_ask" sourceRef="checked" targetRef="ask">
<conditionExpression>fit</conditionExpression></sequenceFlow></process></definitions>"""


class Spiff:
    """One client with a connection of its own."""

    def __init__(self, house: House) -> None:
        parser = BpmnParser()
        parser.add_bpmn_str(bpmn().encode())
        self.spec = parser.get_spec("measured")
        self.serializer = BpmnWorkflowSerializer()
        self.connection = psycopg.connect(house.owner.replace("postgresql+psycopg://", "postgresql://"))

    def prepare(self) -> None:
        """The tables, once for all clients."""
        self.connection.execute(TABLES)
        self.connection.commit()

    def begin(self, dossier: int) -> None:
        """A new run; not measured."""
        workflow = BpmnWorkflow(self.spec)
        workflow.do_engine_steps()
        state = self.serializer.serialize_json(workflow)
        self.connection.execute("insert into spiff values (%s, %s)", (dossier, state))
        self.connection.execute("insert into spiff_inbox values (%s, 'receive')", (dossier,))
        self.connection.commit()

    def step(self, dossier: int, number: int) -> None:
        """Does the step; it is durable when this returns."""
        name, said = ACTS[number]
        run = self.connection.execute
        found = run("select state from spiff where id = %s for update", (dossier,)).fetchone()
        assert found is not None
        workflow = self.serializer.from_dict(found[0])
        (task,) = (each for each in workflow.get_tasks(state=TaskState.READY) if each.task_spec.name == name)
        task.set_data(**said)
        task.run()
        workflow.do_engine_steps()
        run("update spiff set state = %s where id = %s", (self.serializer.serialize_json(workflow), dossier))
        run("delete from spiff_inbox where id = %s and step = %s", (dossier, name))
        for ready in workflow.get_tasks(state=TaskState.READY):
            run(
                "insert into spiff_inbox values (%s, %s) on conflict do nothing",
                (dossier, ready.task_spec.name),
            )
        self.connection.commit()

    def close(self) -> None:
        self.connection.close()

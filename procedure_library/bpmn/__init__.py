"""Steps and transitions ⇄ BPMN 2.0 XML, with our own attributes in our own namespace and the drawing."""

from procedure_library.bpmn.reading import read_steps
from procedure_library.bpmn.steps import Steps
from procedure_library.bpmn.writing import write_steps

__all__ = ["Steps", "read_steps", "write_steps"]

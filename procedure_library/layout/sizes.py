"""How large things are drawn, in pixels."""

from collections.abc import Mapping

# The sizes bpmn-js gives its shapes.
BOX, EVENT, GATEWAY = (120, 80), (36, 36), (50, 50)
SIZES = dict.fromkeys(
    ("task", "supplement", "consultation", "payment", "message", "automatic", "call"), BOX
) | dict.fromkeys(("start", "moment", "end"), EVENT)
# The least room between two columns and between two rows: for the words beside a line, and for those below a shape.
BESIDE, BELOW = 70, 70
# Between two lines side by side.
TRACK = 16
LEFT, TOP = 60, 60

Box = tuple[int, int, int, int]
Point = tuple[int, int]
Shapes = Mapping[str, Box]

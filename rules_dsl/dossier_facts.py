"""The closed list of facts that the dossier itself gives to every rule (docs/formats.md)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from common.text import Text
from rules_dsl.fact_types import FactType

CHANNELS = {
    "counter": Text("Trực tiếp", "At the counter"),
    "online": Text("Trực tuyến", "Online"),
    "post": Text("Bưu chính", "By post"),
}


def dossier_facts(case_types: Sequence[str]) -> Mapping[str, FactType]:
    """Their types. Without case types, `dossier.case_type` is a text."""
    zero = Decimal(0)
    case_type = FactType("choice" if case_types else "text", CASE_TYPE, tuple(case_types))
    return {
        "dossier.submitted_at": FactType("instant", Text("Thời điểm nộp hồ sơ", "Filed at")),
        "dossier.submitted_on": FactType("date", Text("Ngày nộp hồ sơ", "Filed on")),
        "dossier.received_at": FactType("instant", Text("Thời điểm tiếp nhận", "Received at")),
        "dossier.received_on": FactType("date", Text("Ngày tiếp nhận", "Received on")),
        "dossier.channel": FactType("choice", Text("Cách nộp hồ sơ", "Channel"), tuple(CHANNELS), CHANNELS),
        "dossier.case_type": case_type,
        "dossier.charged_so_far": FactType("money", Text("Số tiền đã thu", "Charged so far"), minimum=zero),
        "dossier.supplements": FactType(
            "integer", Text("Số lần yêu cầu bổ sung", "Supplement requests"), minimum=zero
        ),
        "dossier.reduced_this_year": FactType("integer", REDUCED, minimum=zero),
        "dossier.due_on": FactType("date", Text("Ngày đến hạn", "Due on"), always=False),
        "dossier.paid_on": FactType("date", Text("Ngày nộp tiền", "Paid on"), always=False),
        "dossier.decided_on": FactType("date", Text("Ngày quyết định", "Decided on"), always=False),
        "dossier.finished_on": FactType("date", Text("Ngày giải quyết xong", "Finished on"), always=False),
        "dossier.area": FactType("text", Text("Địa bàn tiếp nhận", "Receiving area")),
    }


CASE_TYPE = Text("Trường hợp", "Case type")
REDUCED = Text("Số hồ sơ đã được giảm trong năm", "Dossiers with a reduction this year")

# The day that follows from an instant when only the instant is given.
DAY_OF = {"dossier.submitted_on": "dossier.submitted_at", "dossier.received_on": "dossier.received_at"}

"""A procedure around the form of a household business: enough of its law that a citizen can file it."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.text import Text
from designer.new_procedure import new_procedure
from procedure_library.definition import CaseType, Citation, Definition, ResultKind
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from tests.conftest import MONDAY_MORNING

KEY = "ho_kinh_doanh"
NAME = Text("Đăng ký thành lập hộ kinh doanh", "Registration of a household business")
DECREE = "Nghị định 168/2025/NĐ-CP"
RULES = """ngôn_ngữ vi

lệ_phí registration "Lệ phí đăng ký hộ kinh doanh"
  tiếng_anh "Fee for the registration of a household business"
  căn_cứ "Nghị quyết 12/2026/NQ-HĐND"
  thu 150_000 VND khi dossier.channel là online
  còn_lại thu 50_000 VND

thời_hạn settlement "Thời hạn cấp Giấy chứng nhận đăng ký hộ kinh doanh"
  tiếng_anh "Term for the certificate of registration"
  căn_cứ "Nghị định 168/2025/NĐ-CP"
  3 ngày_làm_việc

thành_phần consent "Văn bản ủy quyền của các thành viên hộ gia đình cho chủ hộ kinh doanh"
  tiếng_anh "Authorisation of the owner by the members of the household"
  căn_cứ "Nghị định 168/2025/NĐ-CP"
  1 bản_chứng_thực
  khi {founded_by} là cac_thanh_vien_ho_gia_dinh
"""


def procedure(form: dict[str, Any]) -> Definition:
    """The blank procedure, asking this form."""
    blank = new_procedure(KEY, NAME)
    pages = tuple(page["key"] for page in form["x-motcua-pages"])
    kind = CaseType(
        "general", Text("Trường hợp chung", "General case"), "settlement", ("registration",), ("consent",)
    )
    return replace(
        blank,
        code="1.001612",
        domain_area=Text("Thành lập và hoạt động của hộ kinh doanh", "Household businesses"),
        summary=Text(
            "Khai, gửi, nhận giấy chứng nhận sau 3 ngày làm việc.", "Filed here, registered in 3 days."
        ),
        results=(
            ResultKind(
                "certificate", Text("Giấy chứng nhận đăng ký hộ kinh doanh", "Certificate"), "KQ.G12.001041"
            ),
        ),
        legal_basis=(
            Citation(
                DECREE, Text("Về đăng ký doanh nghiệp", "On registration of businesses"), date(2025, 6, 30)
            ),
        ),
        case_types=(kind,),
        steps=tuple(replace(step, shows=pages) if step.kind == "task" else step for step in blank.steps),
        form=form,
        rules=RULES.replace(
            "{founded_by}", next(key for key in form["properties"] if key.startswith("ho_kinh_doanh_do"))
        ),
    )


def in_force(session: Session, form: dict[str, Any]) -> Version:
    """Published, so that it can be filed."""
    basis = Basis("2353/QĐ-BTC", date(2026, 1, 5))
    version = publish(
        session,
        procedure(form),
        by=machine("a test"),
        at=MONDAY_MORNING,
        basis=basis,
        effective_from=date(2026, 1, 5),
    )
    assert isinstance(version, Version), version
    return version

"""What the province prints of the work permit: the permit, and the letter that refuses it. Layouts are [M]."""

PERMIT_NAME = ("Giấy phép lao động", "Work permit")
REFUSAL_NAME = ("Văn bản từ chối cấp giấy phép lao động", "Refusal of a work permit")

_TOP = """#let d = json(bytes(sys.inputs.data))
#let day(iso) = iso.split("-").rev().join("/")
#let said(section, label) = {
  let rows = d.sections.filter(s => s.title == section).map(s => s.rows).flatten()
  let found = rows.filter(row => row.label == label)
  if found.len() > 0 { found.first().text } else { "" }
}
#set document(title: "TITLE", author: d.agency.name)
#set page(paper: "a4", margin: (left: 30mm, right: 18mm, y: 20mm))
#set text(font: "Libertinus Serif", size: 13pt, lang: "vi", fallback: false)
#grid(
  columns: (44%, 56%),
  align: center + top,
  strong(upper(d.agency.name)),
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc* \\ #emph[#d.place, #d.decision.decided_on]],
)
#v(6mm)
"""
PERMIT = (
    _TOP.replace("TITLE", PERMIT_NAME[0])
    + """#align(center)[#heading(level: 1)[GIẤY PHÉP LAO ĐỘNG] Số: #d.answers.so_giay_phep]

Cấp cho: #strong(upper(d.answers.ho_va_ten_trong_ho_chieu)) \\
Giới tính: #said("Người lao động nước ngoài", "Giới tính");
ngày sinh: #day(d.answers.ngay_sinh) \\
Quốc tịch: #said("Người lao động nước ngoài", "Quốc tịch"); hộ chiếu số #d.answers.so_ho_chieu \\
Làm việc tại: #d.answers.ben_su_dung_lao_dong.name \\
Địa điểm làm việc: #said("Vị trí việc làm", "Nơi làm việc") \\
Vị trí công việc: #said("Vị trí việc làm", "Vị trí công việc") \\
Chức danh công việc: #d.answers.chuc_danh_cong_viec \\
Hình thức làm việc: #said("Vị trí việc làm", "Hình thức làm việc") \\
Thời hạn làm việc: từ ngày #day(d.answers.lam_viec_tu_ngay) đến ngày #day(d.answers.lam_viec_den_ngay)

#align(right)[#strong[NGƯỜI KÝ] #v(20mm) #strong(d.official)]
"""
)
# A slip of the pen: the form has no such question.
SLIP = "so_ho_chieu_cua_nguoi_lao_dong"
PERMIT_WITH_FAULT = PERMIT.replace("d.answers.so_ho_chieu", f"d.answers.{SLIP}")
REFUSAL = (
    _TOP.replace("TITLE", REFUSAL_NAME[0])
    + """#align(center, heading(level: 1)[VỀ VIỆC KHÔNG CẤP GIẤY PHÉP LAO ĐỘNG])

Kính gửi: #strong(d.answers.ben_su_dung_lao_dong.name)

Không cấp giấy phép lao động cho #strong(d.answers.ho_va_ten_trong_ho_chieu),
hộ chiếu số #d.answers.so_ho_chieu.

Lý do: #d.decision.reason

Căn cứ: #d.decision.legal_basis.join("; ").

#align(right)[#strong[NGƯỜI KÝ] #v(20mm) #strong(d.official)]
"""
)

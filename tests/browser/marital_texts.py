"""What an official types for the certificate of marital status: its head, its laws, its rules, its letter."""

LAWS = (
    ("Luật Hộ tịch 60/2014/QH13", "20/11/2014", "Luật Hộ tịch", "Law on Civil Status"),
    (
        "Nghị định 123/2015/NĐ-CP",
        "15/11/2015",
        "Quy định chi tiết một số điều và biện pháp thi hành Luật Hộ tịch",
        "Detailing the Law on Civil Status",
    ),
)
HEAD = {
    "code": "1.004873",
    "announced_by": "163/QĐ-BTP",
    "domain_vi": "Hộ tịch",
    "domain_en": "Civil status",
    "summary_vi": "Người yêu cầu khai tình trạng hôn nhân; xã tra sổ hộ tịch, cấp giấy sau 3 ngày làm việc.",
    "summary_en": "You state your marital status; the commune checks the registers and certifies it in 3 days.",
    "results-0-vi": "Giấy xác nhận tình trạng hôn nhân",
    "results-0-en": "Certificate of marital status",
    "results-0-code": "KQ.G15.000038",
}
RULES = """ngôn_ngữ vi

lệ_phí certificate "Lệ phí cấp Giấy xác nhận tình trạng hôn nhân"
  tiếng_anh "Fee for the certificate of marital status"
  căn_cứ "Thông tư 85/2019/TT-BTC, Điều 3", "Nghị quyết 12/2026/NQ-HĐND"
  miễn căn_cứ "Luật Hộ tịch 60/2014/QH13, Điều 11 khoản 1 điểm a" khi dien_mien_le_phi khác khong_thuoc_dien_mien
  còn_lại thu 15_000 VND
  nhân so_ban

thời_hạn settlement "Thời hạn cấp Giấy xác nhận tình trạng hôn nhân"
  tiếng_anh "Term for the certificate of marital status"
  căn_cứ "Nghị định 123/2015/NĐ-CP, Điều 22 khoản 3"
  3 ngày_làm_việc
  tính_lại_khi yêu_cầu_bổ_sung

thành_phần end_of_marriage "Giấy tờ chứng minh đã ly hôn hoặc vợ, chồng đã chết"
  tiếng_anh "Proof of divorce or of the spouse's death"
  căn_cứ "Nghị định 123/2015/NĐ-CP, Điều 22 khoản 2"
  1 bản_chụp
  khi tinh_trang_hon_nhan thuộc {da_ly_hon, vo_hoac_chong_da_chet}

điều_kiện marriageable "Dùng để kết hôn thì nam phải từ đủ 20 tuổi, nữ từ đủ 18 tuổi"
  tiếng_anh "To marry, a man must be 20 and a woman 18 years old"
  căn_cứ "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 8 khoản 1"
  yêu_cầu muc_dich_su_dung_giay khác ket_hon
    hoặc tuổi(ngay_sinh, dossier.received_on) >= 20
    hoặc (gioi_tinh là nu và tuổi(ngay_sinh, dossier.received_on) >= 18)

lựa_chọn payment "Có lệ phí phải nộp hay không"
  tiếng_anh "Whether a fee is due"
  due khi certificate > 0 VND
  còn_lại nothing
"""
LETTER = """#let d = json(bytes(sys.inputs.data))
#set document(title: "Giấy xác nhận tình trạng hôn nhân", author: d.agency.name)
#set page(paper: "a4", margin: 25mm)
#set text(font: "Libertinus Serif", size: 13pt, lang: "vi", fallback: false)

#align(center)[#strong(upper(d.agency.name))]
#align(right)[#emph[#d.place, #d.dated]]
#align(center, heading(level: 1)[GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN])
#align(center)[Số: #d.answers.so_giay_xac_nhan]

Xác nhận: #strong(d.answers.full_name) \\
Số định danh cá nhân: #d.answers.so_dinh_danh_ca_nhan

Tình trạng hôn nhân: #strong(d.answers.noi_dung_xac_nhan)

Giấy này có giá trị sử dụng trong thời hạn 6 tháng kể từ ngày cấp.

#align(right)[#strong[NGƯỜI KÝ] #v(20mm) #strong(d.official)]
"""

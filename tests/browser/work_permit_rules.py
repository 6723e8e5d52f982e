"""The rules of the work permit as an official writes them, and the two slips that the checks find in them.

[M] in a remark: from memory, the text of the decree was not at hand. The remarks stand in the rules themselves, where
whoever publishes reads them.
"""

DECREE = "Nghị định 219/2025/NĐ-CP"
# What the province has decided; the fee is known by it alone.
AMOUNT = "600.000"

TABLE = """
# [M] Mức kinh nghiệm theo Nghị định 219/2025/NĐ-CP; phần lao động kỹ thuật chưa đối chiếu nguyên văn.
bảng years_needed "Số năm kinh nghiệm tối thiểu theo vị trí" (vi_tri_cong_viec, trinh_do_chuyen_mon) duy_nhất
  căn_cứ "Nghị định 219/2025/NĐ-CP"
  dòng {nha_quan_ly, giam_doc_dieu_hanh}, bất_kỳ thì 0
  dòng chuyen_gia, bang_dai_hoc_tro_len_hoac_tuong_duong thì 2
  dòng chuyen_gia, {duoc_dao_tao_nghe_tu_01_nam_tro_len, chua_qua_dao_tao} thì 5
  dòng lao_dong_ky_thuat, {bang_dai_hoc_tro_len_hoac_tuong_duong, duoc_dao_tao_nghe_tu_01_nam_tro_len} thì 2
"""
# The row that is forgotten at first: a technical worker who was never trained.
UNTRAINED = "  dòng lao_dong_ky_thuat, chua_qua_dao_tao thì 3\n"

# Asked of the applicant when the dossier is filed; `kinh_nghiem_da_duoc_xac_minh` is what the officer fills in later.
TOO_EARLY = "kinh_nghiem_da_duoc_xac_minh là đúng và so_nam_kinh_nghiem_phu_hop >= years_needed"
IN_TIME = "so_nam_kinh_nghiem_phu_hop >= years_needed"

HEAD = f"""ngôn_ngữ vi

# [M] Nghị định 219/2025/NĐ-CP chưa đối chiếu nguyên văn: số điều, khoản ghi sau khi có văn bản.
# Mức do Hội đồng nhân dân tỉnh quyết định; khoảng dưới đây chỉ để phát hiện số ghi nhầm.
tham_số permit_amount "Mức lệ phí cấp giấy phép lao động do Hội đồng nhân dân tỉnh quyết định"
  tiếng_anh "Fee for a work permit, set by the province"
  căn_cứ "Thông tư 85/2019/TT-BTC"
  do tỉnh_quy_định trong_khoảng 0 VND và 1_000_000 VND

lệ_phí permit_fee "Lệ phí cấp giấy phép lao động"
  tiếng_anh "Fee for the work permit"
  căn_cứ "Thông tư 85/2019/TT-BTC"
  thu permit_amount

thời_hạn settlement "Thời hạn cấp giấy phép lao động"
  tiếng_anh "Term for the work permit"
  căn_cứ "{DECREE}"
  10 ngày_làm_việc
  tính_lại_khi yêu_cầu_bổ_sung

điều_kiện filed_in_time "Phải nộp hồ sơ trước ngày dự kiến làm việc ít nhất 10 ngày, nhiều nhất 60 ngày"
  tiếng_anh "The dossier is filed 10 to 60 days before the work begins"
  căn_cứ "{DECREE}"
  yêu_cầu lam_viec_tu_ngay - dossier.submitted_on >= 10 và lam_viec_tu_ngay - dossier.submitted_on <= 60

điều_kiện two_years "Thời gian làm việc không quá 02 năm"
  tiếng_anh "The work lasts two years at most"
  căn_cứ "Bộ luật Lao động 45/2019/QH14, Điều 155"
  yêu_cầu lam_viec_den_ngay > lam_viec_tu_ngay và lam_viec_den_ngay < lam_viec_tu_ngay + 24 tháng

điều_kiện passport "Hộ chiếu phải còn giá trị đến hết thời gian làm việc"
  tiếng_anh "The passport is valid to the end of the work"
  căn_cứ "{DECREE}"
  yêu_cầu ho_chieu_co_gia_tri_den_ngay >= lam_viec_den_ngay

điều_kiện of_age "Người lao động phải từ đủ 18 tuổi"
  tiếng_anh "The worker is 18 years old or older"
  căn_cứ "Bộ luật Lao động 45/2019/QH14, Điều 151"
  yêu_cầu tuổi(ngay_sinh, dossier.received_on) >= 18

điều_kiện healthy "Giấy khám sức khỏe phải được cấp không quá 12 tháng tính đến ngày nộp hồ sơ"
  tiếng_anh "The health certificate is at most 12 months old on the day of filing"
  căn_cứ "{DECREE}"
  yêu_cầu ngay_cap_giay_kham_suc_khoe <= dossier.submitted_on
    và ngay_cap_giay_kham_suc_khoe + 12 tháng >= dossier.submitted_on

điều_kiện no_record "Phiếu lý lịch tư pháp phải được cấp không quá 06 tháng tính đến ngày nộp hồ sơ"
  tiếng_anh "The judicial record is at most 6 months old on the day of filing"
  căn_cứ "{DECREE}"
  yêu_cầu ngay_cap_phieu_ly_lich_tu_phap <= dossier.submitted_on
    và ngay_cap_phieu_ly_lich_tu_phap + 6 tháng >= dossier.submitted_on

điều_kiện experience "Phải đủ số năm kinh nghiệm phù hợp với vị trí công việc"
  tiếng_anh "The worker has the years of experience that the position needs"
  căn_cứ "{DECREE}"
  yêu_cầu """

PAPERS = f"""
thành_phần application_form "Văn bản đề nghị cấp giấy phép lao động theo Mẫu số 03"
  tiếng_anh "Application on form 03"
  căn_cứ "{DECREE}, Mẫu số 03"
  1 bản_chính
  khi dossier.channel thuộc {{counter, post}}

thành_phần passport_copy "Bản sao hộ chiếu còn giá trị"
  tiếng_anh "Copy of the passport"
  căn_cứ "{DECREE}"
  1 bản_chụp

thành_phần health_certificate "Giấy chứng nhận hoặc giấy khám sức khỏe"
  tiếng_anh "Health certificate"
  căn_cứ "{DECREE}"
  1 bản_chính

thành_phần judicial_record "Phiếu lý lịch tư pháp của người lao động"
  tiếng_anh "Judicial-record certificate"
  căn_cứ "{DECREE}"
  1 bản_chính

thành_phần photos "Ảnh màu 4 cm × 6 cm, phông nền trắng"
  tiếng_anh "Photos 4 × 6 cm"
  căn_cứ "{DECREE}"
  2 bản_chính

thành_phần post_proof "Giấy tờ chứng minh là nhà quản lý, giám đốc điều hành"
  tiếng_anh "Proof of being a manager or executive director"
  căn_cứ "{DECREE}"
  1 bản_chứng_thực
  khi vi_tri_cong_viec thuộc {{nha_quan_ly, giam_doc_dieu_hanh}}

thành_phần skill_proof "Văn bằng, chứng chỉ và xác nhận kinh nghiệm của chuyên gia, lao động kỹ thuật"
  tiếng_anh "Degrees and confirmations of experience"
  căn_cứ "{DECREE}"
  1 bản_chứng_thực
  khi vi_tri_cong_viec thuộc {{chuyen_gia, lao_dong_ky_thuat}}

thành_phần legalised "Giấy tờ nước ngoài đã hợp pháp hóa lãnh sự"
  tiếng_anh "Foreign papers, legalised"
  căn_cứ "Nghị định 196/2025/NĐ-CP"
  1 bản_chính
  khi đã_khai hop_phap_hoa_lanh_su_giay_to_nuoc_ngoai
    và hop_phap_hoa_lanh_su_giay_to_nuoc_ngoai là da_hop_phap_hoa_lanh_su

thành_phần translated "Bản dịch tiếng Việt của giấy tờ nước ngoài, được chứng thực"
  tiếng_anh "Certified translation of the foreign papers"
  căn_cứ "{DECREE}"
  1 bản_chứng_thực
  khi co_giay_to_do_nuoc_ngoai_cap

lựa_chọn payment "Có lệ phí phải nộp khi trả giấy phép hay không"
  tiếng_anh "Whether a fee is due when the permit is handed over"
  due "Có lệ phí phải nộp" tiếng_anh "A fee is due" khi permit_fee > 0 VND
  còn_lại nothing "Không phải nộp" tiếng_anh "Nothing is due"

# Quy chế của cơ quan: giấy phép cho nhà quản lý, giám đốc điều hành do lãnh đạo ký, còn lại do người được ủy quyền.
phân_công signer "Người ký giấy phép"
  tiếng_anh "Who signs the permit"
  vai_trò leader khi vi_tri_cong_viec thuộc {{nha_quan_ly, giam_doc_dieu_hanh}}
  còn_lại vai_trò approver
"""

RULES = HEAD + IN_TIME + "\n" + TABLE + UNTRAINED + PAPERS
WITH_FAULTS = HEAD + TOO_EARLY + "\n" + TABLE + PAPERS
FEE = "Lệ phí cấp giấy phép lao động"
COMPONENTS = (
    "Văn bản đề nghị cấp giấy phép lao động",
    "Bản sao hộ chiếu còn giá trị",
    "Giấy chứng nhận hoặc giấy khám sức khỏe",
    "Phiếu lý lịch tư pháp của người lao động",
    "Ảnh màu 4 cm",
    "Giấy tờ chứng minh là nhà quản lý",
    "Văn bằng, chứng chỉ và xác nhận",
    "Giấy tờ nước ngoài đã hợp pháp hóa",
    "Bản dịch tiếng Việt của giấy tờ nước ngoài",
)
CONDITIONS = (
    "Phải nộp hồ sơ trước ngày dự kiến",
    "Thời gian làm việc không quá 02 năm",
    "Hộ chiếu phải còn giá trị",
    "Người lao động phải từ đủ 18 tuổi",
    "Giấy khám sức khỏe phải",
    "Phiếu lý lịch tư pháp phải được cấp",
    "Phải đủ số năm kinh nghiệm",
)

"""The one table of keywords: every word of the language, in Vietnamese and in English.

Vietnamese words of several syllables are joined by underscores; English ones are separate words. A field
whose key is a keyword is written between backticks.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from rules_dsl.nodes import Language


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a keyword is written; `also_en` lists further accepted English forms (plurals)."""

    vi: str
    en: str
    also_en: tuple[str, ...] = ()

    def forms(self, language: Language) -> tuple[str, ...]:
        """All accepted forms, the one the formatter prints first."""
        return (self.vi,) if language == "vi" else (self.en, *self.also_en)


# Words that begin a rule.
RULE_WORDS = {
    "charge": Spelling("phí", "charge"),
    "fee": Spelling("lệ_phí", "fee"),
    "term": Spelling("thời_hạn", "term"),
    "condition": Spelling("điều_kiện", "condition"),
    "component": Spelling("thành_phần", "component"),
    "choice": Spelling("lựa_chọn", "choice"),
    "assign": Spelling("phân_công", "assign"),
    "parameter": Spelling("tham_số", "parameter"),
    "table": Spelling("bảng", "table"),
    "interpolation": Spelling("nội_suy", "interpolate"),
    "rate": Spelling("tỷ_giá", "rate"),
    "let": Spelling("đặt", "let"),
    "always": Spelling("luôn_luôn", "always"),
    "example": Spelling("ví_dụ", "example"),
}

# Words that begin a line of a rule, or a part of one.
CLAUSE_WORDS = {
    "language": Spelling("ngôn_ngữ", "language"),
    "english": Spelling("tiếng_anh", "english"),
    "cites": Spelling("căn_cứ", "cites"),
    "from_on": Spelling("từ_ngày", "from"),
    "until_on": Spelling("đến_ngày", "until"),
    "as_of": Spelling("tính_tại", "as of"),
    "when": Spelling("khi", "when"),
    "otherwise": Spelling("còn_lại", "otherwise"),
    "for_each": Spelling("với_mỗi", "for each"),
    "reductions": Spelling("các_mức_giảm", "reductions"),
    "exempt": Spelling("miễn", "exempt"),
    "pay": Spelling("thu", "pay"),
    "by": Spelling("theo", "by"),
    "per": Spelling("theo_từng", "per"),
    "at_most": Spelling("tối_đa", "at most"),
    "at_least": Spelling("tối_thiểu", "at least"),
    "times": Spelling("nhân", "times"),
    "plus": Spelling("cộng", "plus"),
    "less": Spelling("trừ", "less"),
    "reduce": Spelling("giảm", "reduce by"),
    "rounded_to": Spelling("làm_tròn_đến", "rounded to"),
    "row": Spelling("dòng", "row"),
    "at": Spelling("tại", "at"),
    "on": Spelling("lấy_ngày", "on"),
    "counted_from": Spelling("tính_từ", "counted from"),
    "same_day": Spelling("trong_ngày", "same day"),
    "received_after": Spelling("tiếp_nhận_sau", "received after"),
    "suspended": Spelling("tạm_dừng_khi", "suspended while"),
    "restarted": Spelling("tính_lại_khi", "restarted after"),
    "continues": Spelling("vẫn_tính_khi", "continues during"),
    "extendable": Spelling("gia_hạn", "extendable by"),
    "by_hours": Spelling("tính_theo_giờ", "counted by hours"),
    "requires": Spelling("yêu_cầu", "requires"),
    "role": Spelling("vai_trò", "role"),
    "set_by": Spelling("do", "set by"),
    "given_facts": Spelling("cho", "given"),
    "expect": Spelling("được", "expect"),
}

# Words inside a line that must not be mistaken for the name of a field.
JOINING_WORDS = {
    "below": Spelling("dưới", "below"),
    "up_to": Spelling("đến", "up to"),
    "from": Spelling("từ", "from"),
    "above": Spelling("trên", "above"),
    "whole": Spelling("toàn_bộ", "whole"),
    "excess": Spelling("phần_vượt", "excess"),
    "of": Spelling("của", "of"),
    "since": Spelling("kể_từ", "of"),
    "within": Spelling("trong_thời_hạn", "within"),
    "between": Spelling("trong_khoảng", "between"),
    "one_of": Spelling("một_trong", "one of"),
    "and": Spelling("và", "and"),
    "or": Spelling("hoặc", "or"),
    "not": Spelling("không", "not"),
    "is": Spelling("là", "is"),
    "is_not": Spelling("khác", "is not"),
    "in": Spelling("thuộc", "in"),
    "not_in": Spelling("không_thuộc", "not in"),
    "given": Spelling("đã_khai", "given"),
    "instead": Spelling("nếu_trống", "otherwise"),
    "gives": Spelling("thì", "gives"),
    "at_rate": Spelling("theo_tỷ_giá", "at"),
    "never_falls": Spelling("không_giảm_khi", "never falls as"),
    "never_rises": Spelling("không_tăng_khi", "never rises as"),
    "yes": Spelling("đúng", "yes"),
    "no": Spelling("sai", "no"),
}

# Words that only mean something after a number, before a bracket, or in one place: free for fields elsewhere.
CONTEXT_WORDS = {
    "area": Spelling("địa_bàn", "area"),
    "counts_as_next": Spelling("tính_sang_ngày_làm_việc_tiếp_theo", "counts as next working day"),
    "supplement_requested": Spelling("yêu_cầu_bổ_sung", "supplement_requested"),
    "once": Spelling("một_lần", "once"),
    "times_over": Spelling("lần", "times"),
    "to": Spelling("đến", "to"),
    "filing": Spelling("ngày_nộp", "filing"),
    "reception": Spelling("ngày_tiếp_nhận", "reception"),
    "decision": Spelling("ngày_quyết_định", "decision"),
    "highest": Spelling("chỉ_lấy_mức_cao_nhất", "highest only"),
    "sequence": Spelling("lần_lượt", "one after the other"),
    "waiver_first": Spelling("ưu_tiên_miễn", "waiver first"),
    "province": Spelling("tỉnh_quy_định", "province"),
    "unit": Spelling("đơn_vị_quy_định", "unit"),
    "calendar_day": Spelling("ngày_lịch", "calendar days", ("calendar day",)),
    "working_day": Spelling("ngày_làm_việc", "working days", ("working day",)),
    "working_hour": Spelling("giờ_làm_việc", "working hours", ("working hour",)),
    "hour": Spelling("giờ", "clock hours", ("clock hour",)),
    "day": Spelling("ngày", "days", ("day",)),
    "month": Spelling("tháng", "months", ("month",)),
    "original": Spelling("bản_chính", "originals", ("original",)),
    "certified": Spelling("bản_chứng_thực", "certified copies", ("certified copy",)),
    "photocopy": Spelling("bản_chụp", "photocopies", ("photocopy",)),
    "thousand": Spelling("nghìn", "thousand"),
    "million": Spelling("triệu", "million"),
    "billion": Spelling("tỷ", "billion"),
    "count": Spelling("đếm", "count"),
    "sum": Spelling("tổng", "sum"),
    "any": Spelling("có_dòng", "any"),
    "every": Spelling("mọi_dòng", "every"),
    "largest": Spelling("lớn_nhất", "largest"),
    "smallest": Spelling("nhỏ_nhất", "smallest"),
    "age": Spelling("tuổi", "age"),
    "rounded": Spelling("làm_tròn", "rounded"),
    "rounded_up": Spelling("làm_tròn_lên", "rounded_up"),
    "rounded_down": Spelling("làm_tròn_xuống", "rounded_down"),
    "last_working_day": Spelling("ngày_làm_việc_gần_nhất_trước", "last_working_day"),
    "next_working_day": Spelling("ngày_làm_việc_gần_nhất_sau", "next_working_day"),
    "time_of": Spelling("giờ_của", "time_of"),
    "up": Spelling("lên", "up"),
    "down": Spelling("xuống", "down"),
    "unique": Spelling("duy_nhất", "unique"),
    "first": Spelling("dòng_đầu_tiên", "first"),
    "any_cell": Spelling("bất_kỳ", "any"),
    "blank": Spelling("trống", "blank"),
    "to_currency": Spelling("sang", "to"),
    "rises": Spelling("tăng", "rises"),
}

KEYWORDS = {**RULE_WORDS, **CLAUSE_WORDS, **JOINING_WORDS, **CONTEXT_WORDS}


def spelled(keyword: str, language: Language) -> str:
    """The form of the keyword that the formatter prints."""
    return KEYWORDS[keyword].forms(language)[0]


@cache
def reserved(language: Language) -> frozenset[str]:
    """Words that cannot be the name of a field unless written between backticks."""
    tables = (RULE_WORDS, CLAUSE_WORDS, JOINING_WORDS)
    forms = {form for table in tables for word in table.values() for form in word.forms(language)}
    # `145 USD at most` ends a line and begins the next: no rate can be called `most` there.
    second = {form.split()[1] for form in forms if " " in form and form.split()[0] in forms}
    return frozenset(form.split()[0] for form in forms) | second


@cache
def rule_words(language: Language) -> dict[str, str]:
    """The word that begins a rule → its kind."""
    return {spelling.forms(language)[0]: kind for kind, spelling in RULE_WORDS.items()}


@cache
def clause_beginnings(language: Language) -> frozenset[str]:
    """The first words of the lines of a rule."""
    forms = (form for word in CLAUSE_WORDS.values() for form in word.forms(language))
    return frozenset(form.split()[0] for form in forms)


@lru_cache(maxsize=1000)
def resembling(word: str, language: Language) -> str:
    """The keyword most like the word; "" when none is."""
    return next(iter(get_close_matches(word, vocabulary(language), 1, cutoff=0.6)), "")


@cache
def vocabulary(language: Language) -> tuple[str, ...]:
    """Every keyword as written, for suggestions."""
    return tuple(form for spelling in KEYWORDS.values() for form in spelling.forms(language))

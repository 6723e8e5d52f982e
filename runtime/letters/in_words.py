"""Amounts written out, as a payment receipt must have them: "ba mươi sáu nghìn đồng"."""

from common.money import EXPONENTS, Money

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_THOUSANDS = ("", "thousand", "million", "billion", "trillion", "quadrillion")
_UNITS = {"VND": ("đồng", ""), "USD": ("đô la Mỹ", "xu")}
_UNITS_EN = {"VND": ("đồng", ""), "USD": ("US dollars", "cents")}


def in_words(money: Money, language: str = "vi") -> str:
    """The amount as a sentence begins: capital letter, currency at the end."""
    whole, rest = divmod(money.minor, 10 ** EXPONENTS[money.currency])
    spell, units = (_english, _UNITS_EN) if language == "en" else (_vietnamese, _UNITS)
    unit, part = units[money.currency]
    text = f"{spell(whole)} {unit}" + (f" {spell(rest)} {part}" if rest else "")
    return text[0].upper() + text[1:]


def _vietnamese(number: int) -> str:
    groups = _by_thousands(number)
    spoken = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            first = place == len(groups) - 1
            spoken.append(f"{_vietnamese_group(groups[place], first)} {_GROUPS[place]}".strip())
    return " ".join(spoken) or _DIGITS[0]


def _vietnamese_group(number: int, first: bool) -> str:
    """Three digits. Inside a number the hundreds are said even when zero: "không trăm linh năm"."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [] if first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        return " ".join([*words, *(["linh"] if words and ones else []), *([_DIGITS[ones]] if ones else [])])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return " ".join([*words, *_vietnamese_ones(tens, ones)])


def _vietnamese_ones(tens: int, ones: int) -> list[str]:
    """After tens, one is "mốt" (not after ten), five "lăm", four "tư" from twenty on."""
    if not ones:
        return []
    special = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}
    return [special.get(ones, _DIGITS[ones])]


def _english(number: int) -> str:
    groups = _by_thousands(number)
    spoken = [
        f"{_english_group(groups[place])} {_THOUSANDS[place]}".strip()
        for place in range(len(groups) - 1, -1, -1)
        if groups[place]
    ]
    return " ".join(spoken) or _ONES[0]


def _english_group(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest < 20:
        return " ".join([*words, *([_ONES[rest]] if rest else [])])
    tens = _TENS[rest // 10] + (f"-{_ONES[rest % 10]}" if rest % 10 else "")
    return " ".join([*words, tens])


def _by_thousands(number: int) -> list[int]:
    """Groups of three digits, the smallest first."""
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    return groups

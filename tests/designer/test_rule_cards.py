"""Rules read aloud to their author: what stands on the first line is told as well."""

from designer.rule_facts import cards, facts_of
from rules_dsl.parser import parse

RULES = """ngôn_ngữ vi
bảng card_fee "Mức thu" (kind, dossier.channel) duy_nhất
  căn_cứ "TT 59/2019"
  dòng renew, online thì 25_000 VND
nội_suy share "Tỷ lệ" theo price
  căn_cứ "TT 258/2016"
  tại 3 tỷ VND thì 0.5%
tỷ_giá usd "Tỷ giá mua" USD sang VND lấy_ngày dossier.received_on
  căn_cứ "TT 25/2021"
luôn_luôn price > 0 VND
"""
FORM = {
    "properties": {
        "kind": {"title": "Loại", "oneOf": [{"const": "renew", "title": "Đổi"}]},
        "price": {"title": "Giá", "type": "integer", "x-motcua-currency": "VND"},
    }
}


def test_tables_interpolations_and_rates_say_what_they_go_by() -> None:
    told = {card.name: (card.kind, card.lines) for card in cards(parse(RULES).rules, "vi", facts_of(FORM))}
    assert told == {
        "card_fee": (
            "table",
            ("(«Loại», «Cách nộp hồ sơ») duy nhất", "Dòng «Đổi», «Trực tuyến» thì 25.000 đồng"),
        ),
        "share": ("interpolation", ("Theo «Giá»", "Tại 3.000.000.000 đồng thì 0,5%")),
        "usd": ("rate", ("USD sang VND", "Lấy ngày «Ngày tiếp nhận»")),
    }

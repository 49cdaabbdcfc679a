"""Closed lists of words that the language treats in a way of their own, in settled spelling.

Synonyms are not here: operators keep them (``search.models.SynonymRule``).
"""

from __future__ import annotations

from search.language.spelling import phrase_set, word_set

# Leading words: classifiers, packages, "đặc sản", which stand in front of the thing itself. A name has a second head
# behind them, and a query that has another word need not have them found.
LEADING_WORDS = word_set(
    """
    quả trái củ cây con hạt hột bông cái thịt đặc sản combo set hộp túi gói chai hũ lọ bó thùng giỏ nải
    buồng vỉ bao can khay bịch chục cặp kg nông
    """
)

# Courtesies: words said to the shop and not about the thing. They need not be found and add few points where they are.
COURTESY_WORDS = word_set(
    """
    mua bán cho của tại ở loại các những và với có là về để cùng giá rẻ ngon tươi sạch xịn chuẩn nguyên chất
    chính hãng gốc online ship giao nhanh gần đây tôi đặc sản quả trái sỉ lẻ buôn nhất mới hàng shop nhé ạ ơi
    hộp túi gói chai hũ lọ thùng vỉ bịch bao can bó khay combo set nông sản thổ sản vật phẩm món đồ quà xứ vùng miệt cân
    """
)

# The courtesies that may also be typed bare, because the bare form is no other word of a market.
BARE_COURTESY_WORDS = word_set(
    """
    mua ban ngon tuoi sach gia re loai nguyen chat chinh goc hang qua trai dac san o tai cua va ship online shop hop
    tui goi combo nong pham
    """
)

# Words that are a courtesy only together with the next one: đặc is one in "đặc sản", but not in "sữa đặc" (thick milk).
NEVER_ALONE = frozenset({("đặc",), ("dac",)})

# Opaque compounds: their first word alone names another thing. Bắp cải (cabbage) is no bắp (maize), măng cụt
# (mangosteen) no măng (bamboo shoot). So they are never cut.
OPAQUE_COMPOUNDS = phrase_set(
    """
    bắp cải, bắp chuối, bắp bò, bắp giò, bắp hoa, măng cụt, mãng cầu, cà phê, cà ri, cà pháo, cà rốt, cà na,
    hồng xiêm, hồng trà, hồng sâm, hồng hoa, lê ki ma, bạc hà, củ sắn, đào lộn hột, đào tiên, bông cải, hoa lơ,
    hoa quả, trái cây, rau câu, sữa chua, bơ lạc, bơ đậu phộng, bơ đậu, bơ sữa, đậu phụ, đậu hũ, chân gà, chân
    giò, na rì, mít tố nữ, sen đá, cơm dừa, cơm cháy, mè xửng, nước mắm, nước tương, nước cốt, chanh dây, chanh
    leo, khoai mì, thanh long, thanh trà, sầu riêng, sầu đâu, chôm chôm, dưa món, lạp xưởng, lạp xường, mắc
    khén, mắc ca, mắc mật, đinh lăng, hà thủ ô, bồ kết, bồ công anh, bồ ngót, bồ quân, sá sùng, sa kê, sa pô chê,
    ca cao, cà gai, cà cuống, bộ ấm, bộ chén, tam thất, nghệ an, nghệ tĩnh, lạc dương
    """
)

# Words that say that something was made from the thing (dried, pickled) or will bear it (a seedling). A name without
# any of them is the thing as harvested.
PREPARED = phrase_set(
    """
    sấy, khô, mứt, bánh, kẹo, trà, rượu, bột, tinh dầu, dầu, siro, ép, muối, ngâm, chả, ruốc,
    chà bông, mắm, rang, viên, xôi, quay, hun khói, một nắng, gác bếp, phấn hoa, lên men, hòa tan, túi lọc, tương,
    ô mai, sữa chua, kem, chip, snack, giống, hom, ghép, cảnh, kiểng, bonsai
    """
)

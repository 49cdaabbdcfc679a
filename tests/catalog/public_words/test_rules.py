"""What may stand where everybody reads it, and what is refused with a sentence that helps."""

from __future__ import annotations

import pytest

from catalog.public_words.rules import WordsRefused, require_public_words


@pytest.mark.parametrize(
    "text",
    [
        "Chè thơm, nước xanh, pha ba lần vẫn đậm. Gói hai lớp, giao về Hà Nội mất 3 ngày.",
        "Mua 2 kg giá 240.000 đ, rẻ hơn chợ. Giao ngày 12/10/2026 lúc 9 giờ, trễ 1 ngày.",
        "Bà con ở thôn trồng, tôi đã về xã Tân Cương xem tận nơi.",
        "Có giao về phường Tân Định không ạ? Tôi cần trước 20/11.",
        "Giấy chứng nhận số 1489/QĐ-UBND còn hạn không nhà mình?",
        "Một ký được chừng mười hai quả, quả to năm lạng, ngọt < 100%.",
        "Đơn CN-24017 giao đủ 10 túi 500 g, không thiếu túi nào.",
    ],
)
def test_plain_words_stand_as_they_were_typed(text):
    assert require_public_words(f"  {text} ", most=500) == text


@pytest.mark.parametrize(
    "text",
    [
        "Gọi 0912345678 cho nhanh nhé",
        "zalo 0912 345 678",
        "số của tôi 09.12.34.56.78",
        "O912 345 678 gặp chị Hoa",
        "+84 912 345 678",
        "84912345678",
        "nhắn vào (024) 3825 1234",
        "không chín một hai ba bốn năm sáu bảy tám",
    ],
)
def test_a_phone_number_is_refused_however_it_is_written(text):
    with pytest.raises(WordsRefused, match="số điện thoại"):
        require_public_words(text, most=500)


@pytest.mark.parametrize(
    "text",
    [
        "Giao tới số 12 ngõ 34 đường Láng được không?",
        "Nhà tôi ở 12/5 đường Lê Lợi",
        "Ship về số nhà 8 hộ tôi",
        "Tôi ở thôn Đông, xã Tân Cương, giao tận nơi nhé",
        "gửi ngách 12 nhé nhà mình",
    ],
)
def test_an_address_is_refused(text):
    with pytest.raises(WordsRefused, match="bỏ địa chỉ nhà"):
        require_public_words(text, most=500)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "ngon <b>lắm</b>", "<img src=x onerror=alert(1)>"])
def test_html_is_refused(text):
    with pytest.raises(WordsRefused, match="HTML"):
        require_public_words(text, most=500)


@pytest.mark.parametrize("text", ["xem ở https://vi.du/x", "vào cho-khac.com rẻ hơn", "viết cho hoa@vidu.vn"])
def test_links_and_mail_addresses_are_refused(text):
    with pytest.raises(WordsRefused, match="đường dẫn"):
        require_public_words(text, most=500)


def test_what_is_too_long_is_refused_with_both_lengths():
    with pytest.raises(WordsRefused, match=r"100\.000 ký tự; ở đây tối đa 2\.000"):
        require_public_words("a" * 100_000, most=2_000)


def test_letters_in_two_pieces_are_composed():
    assert require_public_words("Che\u0300 ngon", most=20) == "Chè ngon"

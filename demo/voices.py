"""What the demo's buyers say and ask, made by the same services as on the site; and who runs the demo."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from catalog.models import ListingQuestion, Product, Review
from catalog.questions.services import answer_question, ask_question
from catalog.reviews.services import answer_review
from catalog.selectors import published_listings
from content.models import OperatorFacts
from content.services import publish_trust_pages
from demo.accounts import head_of
from demo.people import user_of
from households.access import Acting
from shop.order.models import HouseholdOrderState, Line
from shop.order.track_records import refresh_track_records
from shop.reviewing.selectors import received_date
from shop.reviewing.services import write_review

MAX_REVIEWS = 60
PRAISE = (
    (5, "Hàng đúng như ảnh, gói kỹ, nhận sau ba ngày vẫn nguyên."),
    (5, "Mua lần hai rồi, vẫn ngon như lần đầu. Cả nhà khen."),
    (4, "Ngon, giá phải chăng. Giao chậm hơn một ngày vì mưa, nhà vườn có nhắn trước."),
    (5, "Thơm, sạch, đủ cân. Biếu bố mẹ rất hợp."),
    (4, "Chất lượng tốt, mong có gói nhỏ hơn để dùng thử."),
    (3, "Hàng được, nhưng hộp bị móp một góc khi tới nơi."),
    (5, "Nhà vườn trả lời nhanh, hướng dẫn cách bảo quản cẩn thận."),
    (2, "Lần này không đều bằng lần trước, có vài phần bị vụn."),
)
ANSWERS = {
    2: "Nhà em xin lỗi, đợt đó mưa nhiều. Lần sau anh chị đặt, em chọn kỹ và gửi bù ạ.",
    3: "Cảm ơn anh chị đã góp ý, từ nay nhà em lót thêm lớp giấy trong thùng.",
    4: "Cảm ơn anh chị. Nhà em sẽ đóng thêm gói nhỏ vào vụ tới.",
}
QUESTIONS = (
    ("Hàng này bảo quản được bao lâu vậy nhà mình?", "Để nơi khô mát, tránh nắng, dùng ngon nhất trong ba tháng ạ."),
    ("Nhà mình có gửi được vào miền Nam không?", "Có ạ, nhà em gửi qua bưu điện, cước hiện ra trước khi anh chị đặt."),
    ("Hàng thu hoạch đợt nào vậy ạ?", "Dạ, hàng mới của vụ này, nhà em làm xong tới đâu đăng tới đó."),
)
NOT_REAL = "bản trình diễn, không có thật"


def load_voices(*, now: datetime) -> tuple[int, int]:
    """Write what is missing of the demo's reviews and questions; says how many there are."""
    chance = random.Random(1034)
    delivered = Line.objects.filter(household_order__state=HouseholdOrderState.DELIVERED).exclude(product=None)
    lines = delivered.select_related("product__household__head__user", "order__user", "household_order__household")
    for line in lines.order_by("pk")[:MAX_REVIEWS]:
        stars, text = chance.choice(PRAISE)
        if not Review.objects.filter(listing=line.product, buyer_phone=line.order.buyer_phone).exists():
            _review(line, stars, text, now)
    for number, listing in enumerate(_asked_about()):
        _ask(listing, *QUESTIONS[number % len(QUESTIONS)], now)
    refresh_track_records(now=now)
    return Review.objects.count(), ListingQuestion.objects.count()


def _review(line: Line, stars: int, text: str, now: datetime) -> None:
    received = received_date(line)
    at = min(now, now - timedelta(days=(now.date() - received).days - 1))
    review = write_review(line=line, stars=stars, text=text, photos=(), actor=None, now=at)
    household = line.household_order.household
    if stars in ANSWERS:
        acting = Acting(head_of(household), household)
        answer_review(acting=acting, review=review, text=ANSWERS[stars], now=min(now, at + timedelta(hours=20)))


def _asked_about() -> list[Product]:
    return list(published_listings().select_related("household__head__user").order_by("key")[::3])


def _ask(listing: Product, text: str, answer: str, now: datetime) -> None:
    question = ask_question(listing=listing, asker=user_of("buyer"), text=text, now=now - timedelta(days=6))
    if not question.answered_at:
        acting = Acting(head_of(listing.household), listing.household)
        answer_question(acting=acting, question=question, text=answer, now=now - timedelta(days=5))


def load_operator_facts(*, now: datetime) -> int:
    """Facts that say of themselves that they are not real, so that the demo shows every page; returns how many."""
    facts = OperatorFacts.load()
    empty = [field for field in facts._meta.fields if field.name != "id" and not getattr(facts, field.name)]
    for field in empty:
        setattr(facts, field.name, "trinh-dien@example.vn" if field.name == "email" else NOT_REAL)
    if empty:
        facts.save()
    return publish_trust_pages(now=now)

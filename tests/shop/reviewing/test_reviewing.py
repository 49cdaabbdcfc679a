"""Whoever bought reviews what arrived: guests too, once for each listing, and never one's own goods."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.phones import parse_phone
from catalog.models import Photo, Review
from catalog.photos.picture import rendition_name
from catalog.reviews.services import EDITABLE_FOR, ReviewClosed
from core.models import AuditEntry
from households.access import Acting, NotAllowed
from shop.order.links import signature
from shop.order.services import mark_delivered
from shop.reviewing.services import NotBought
from tests.accessibility import problems
from tests.catalog.pictures import jpeg, upload
from tests.factories.orders import make_listing, make_tariff, place
from tests.factories.voices import delivered, phone, reviewed, told
from tests.sign_in import sign_in


@pytest.fixture
def own(cast) -> Acting:
    return Acting(cast.head, cast.household)


@pytest.fixture
def tea(cast):
    return make_listing(cast.household, stock=500)


@pytest.fixture
def line(cast, tea, own, now):
    return delivered(tea, cast.other_commune, own, now)


def address_of(line, now, page: str = "reviewing:write") -> str:
    known = {"number": line.order.number, "signature": signature(line.order.number, now)}
    return reverse(page, kwargs=known | ({"line_pk": line.pk} if page == "reviewing:write" else {}))


def test_a_guest_reviews_what_arrived_and_everybody_reads_it(client, line, tea, now):
    page = client.get(address_of(line, now, "reviewing:order")).content.decode()
    assert address_of(line, now) in page
    assert problems(page) == []
    form = client.get(address_of(line, now))
    assert problems(form.content.decode()) == []
    answer = client.post(address_of(line, now), {"stars": "4", "text": "Chè thơm, gói kỹ."})
    assert answer.status_code == 302
    shown = client.get(tea.get_absolute_url()).content.decode()
    assert "Chè thơm, gói kỹ." in shown
    assert "Đ. T. Mua" in shown
    assert "Đỗ Thị Mua" not in shown
    assert "987654321" not in shown.replace(" ", "")
    assert "4 trên 5 sao" in told(line.household_order.household.phone)


def test_the_orders_page_leads_to_the_review_once_something_arrived(client, cast, tea, line, now):
    path = reverse("orders:detail", args=[line.order.number, signature(line.order.number, now)])
    assert address_of(line, now, "reviewing:order") in client.get(path).content.decode()
    waiting = place((tea, 1), commune=cast.commune, now=now)
    path = reverse("orders:detail", args=[waiting.number, signature(waiting.number, now)])
    assert "/danh-gia/don/" not in client.get(path).content.decode()


def test_what_was_not_delivered_is_not_reviewed(client, cast, tea, own, now):
    make_tariff(now)
    order = place((tea, 1), commune=cast.commune, now=now)
    line = order.lines.get()
    with pytest.raises(NotBought):
        reviewed(line, now)
    answer = client.post(address_of(line, now), {"stars": "1", "text": "Chưa nhận được"}, follow=True)
    assert "Chỉ người đã nhận hàng mới đánh giá được" in answer.content.decode()
    assert not Review.objects.exists()


def test_a_line_of_another_order_is_not_found(client, cast, tea, own, line, now):
    other = delivered(tea, cast.commune, own, now, phone=phone(7))
    path = reverse("reviewing:write", args=[line.order.number, signature(line.order.number, now), other.pk])
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("who", ["household", "head", "volunteer", "leader"])
def test_nobody_reviews_what_he_sells_or_helps_to_sell(cast, tea, own, now, who):
    number = cast.household.phone if who == "household" else getattr(cast, who).phone
    line = delivered(tea, cast.commune, own, now, phone=number)
    with pytest.raises(NotAllowed):
        reviewed(line, now)


def test_who_is_signed_in_counts_as_well_as_the_orders_phone(cast, line, now):
    with pytest.raises(NotAllowed):
        reviewed(line, now, actor=cast.volunteer)


def test_a_volunteer_of_another_team_reviews_as_everybody_does(cast, tea, own, now):
    line = delivered(tea, cast.commune, own, now, phone=cast.other_volunteer.phone)
    assert reviewed(line, now, actor=cast.other_volunteer).stars == 5


def test_a_volunteer_whose_mandate_has_ended_reviews_again(cast, tea, own, now):
    cast.mandate.withdrawn_at = now
    cast.mandate.save()
    line = delivered(tea, cast.commune, own, now, phone=cast.volunteer.phone)
    assert reviewed(line, now).stars == 5


def test_a_buyer_has_one_review_of_a_listing_and_changes_it_for_a_while(cast, tea, own, line, now):
    first = reviewed(line, now, stars=2, text="Hơi vụn.")
    again = delivered(tea, cast.commune, own, now)
    second = reviewed(again, now + timedelta(days=1), stars=4, text="Lần này ngon.")
    assert second.pk == first.pk
    assert (second.stars, second.text, second.edited_at) == (4, "Lần này ngon.", now + timedelta(days=1))
    with pytest.raises(ReviewClosed):
        reviewed(line, now + EDITABLE_FOR, stars=5)
    acts = AuditEntry.objects.filter(subject_type="catalogue.review").order_by("pk")
    assert [act.action for act in acts] == ["write_review", "edit_review"]
    assert acts[1].changes == {"stars": [2, 4], "text": ["Hơi vụn.", "Lần này ngon."]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<script>alert(1)</script> ngon", "không dùng mã HTML"),
        ("Ngon, gọi 0912 345 678", "bỏ số điện thoại"),
        ("a" * 100_000, "dài 100.000 ký tự; ở đây tối đa 2.000"),
    ],
)
def test_what_may_not_stand_is_refused_at_its_field_and_stays_typed(client, line, now, text, said):
    answer = client.post(address_of(line, now), {"stars": "3", "text": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert answer.context["form"]["text"].value() == text
    assert "<script>alert(1)" not in page
    assert not Review.objects.exists()


def test_of_thirty_photos_four_are_kept_and_the_form_says_so(client, line, now):
    files = [upload(jpeg(400, 300), f"{number}.jpg") for number in range(30)]
    answer = client.post(address_of(line, now), {"stars": "5", "text": "Đẹp", "photos": files})
    assert answer.status_code == 422
    assert answer.context["tray"].errors == ["Nhiều nhất 4 ảnh."]
    keys = [str(photo.key) for photo in answer.context["tray"].photos]
    assert len(keys) == 4
    done = client.post(address_of(line, now), {"stars": "5", "text": "Đẹp", "kept": keys})
    assert done.status_code == 302
    assert [str(photo.key) for photo in Review.objects.get().photos.order_by("position")] == keys


def test_photos_are_read_anew_and_what_is_no_photo_is_refused(client, line, now):
    answer = client.post(
        address_of(line, now), {"stars": "5", "text": "", "photos": [upload(b"MZ" + b"\0" * 4000, "anh.jpg")]}
    )
    assert answer.status_code == 422
    assert not Photo.objects.exists()


def test_a_photo_that_is_deleted_while_the_page_is_open_harms_neither_page_nor_form(client, line, tea, now):
    client.post(address_of(line, now), {"stars": "5", "text": "Đẹp", "photos": [upload(jpeg(400, 300))]})
    photo = Review.objects.get().photos.get()
    default_storage.delete(rendition_name(photo.key, 320, "jpg"))
    assert client.get(tea.get_absolute_url()).status_code == 200
    photo.delete()
    assert client.get(tea.get_absolute_url()).status_code == 200
    again = client.post(address_of(line, now), {"stars": "4", "text": "Đẹp", "kept": [str(photo.key)]})
    assert again.status_code == 302
    assert Review.objects.get().photos.count() == 0


def test_nobody_takes_the_photo_of_another_review(client, cast, tea, own, line, now):
    client.post(address_of(line, now), {"stars": "5", "text": "Đẹp", "photos": [upload(jpeg(400, 300))]})
    photo = Photo.objects.get()
    other = delivered(tea, cast.commune, own, now, phone=phone(8))
    sign_in(client, cast.buyer)
    client.post(address_of(other, now), {"stars": "1", "text": "Tệ", "kept": [str(photo.key)]})
    photo.refresh_from_db()
    assert photo.review == Review.objects.get(buyer_phone=line.order.buyer_phone)


def test_a_delivery_that_was_taken_back_and_given_again_counts_by_its_last_day(cast, line, now):
    assert reviewed(line, now).received_date == now.date()
    assert mark_delivered(household_order=line.household_order, acting=Acting(cast.head, cast.household), now=now)


def test_the_queries_of_a_listings_page_do_not_grow_with_reviews(client, cast, own, tea, now):
    counts = []
    for more in (3, 4, 9):
        for number in range(more):
            line = delivered(tea, cast.commune, own, now, phone=phone(10 * more + number))
            reviewed(line, now, text=f"Ngon lần {number}")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(tea.get_absolute_url())
        counts.append(len(queries))
        assert len(page.context["voices"].reviews) == 3
    assert counts[1] == counts[2]  # at the first visit the process makes what it keeps, such as tariffs
    assert parse_phone(phone(30)) == Review.objects.order_by("pk").first().buyer_phone

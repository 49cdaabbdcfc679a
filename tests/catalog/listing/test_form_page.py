"""The one-page form: filled in on a phone, wrong at first, and nothing of it lost."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from catalog.listing.services import take_down_listing
from catalog.models import ListingStatus, Photo, Product
from catalog.offer.models import StockRecord
from households.access import Acting
from tests.accessibility import problems
from tests.catalog import pictures
from tests.factories.catalog import category, draft, listing, set_price
from tests.filled_forms import forms_on
from tests.sign_in import sign_in


@pytest.fixture
def new_form(cast) -> str:
    return f"/san-hang/them/{cast.household.code}/"


def typed(**changes: object) -> dict:
    """What a volunteer types for a bag of tea."""
    answers = {
        "key": "0198f3a0-0000-7000-8000-000000000001",
        "title": "Chè Tân Cương loại một",
        "category_id": category().pk,
        "price": "120.000",
        "sale_unit": "bag",
        "net_weight_g": "500 g",
        "stock": "40",
        "harvest_months": ["3", "4"],
        "origin_commune_id": "05503",
        "storage": "ambient",
        "description": "Sao tay, thơm cốm.",
        "then": "save",
    }
    return {name: value for name, value in (answers | changes).items() if value is not None}


def tea_photo(name: str = "che.jpg"):
    return pictures.upload(pictures.jpeg(800, 600), name)


def test_a_volunteer_photographs_lists_and_sends_it_to_be_checked(client, cast, new_form):
    sign_in(client, cast.volunteer)
    answer = client.post(new_form, typed(photos=[tea_photo(), tea_photo("b.jpg")], camera=tea_photo(), then="submit"))
    made = Product.objects.get()
    assert answer.url == f"/san-hang/{made.pk}/"
    assert (made.status, made.drafted_by, made.drafted_by_team) == ("in_check", cast.volunteer, cast.team)
    assert (made.photos.count(), made.net_weight_g, made.harvest_months) == (3, 500, [3, 4])
    assert StockRecord.objects.get().price == 120_000


def test_a_household_puts_its_own_listing_on_sale_at_once(client, cast, new_form):
    sign_in(client, cast.head)
    client.post(new_form, typed(photos=[tea_photo()], then="publish"))
    assert Product.objects.get().status == ListingStatus.PUBLISHED


def test_a_volunteer_cannot_put_it_on_sale_by_sending_another_wish(client, cast, new_form):
    sign_in(client, cast.volunteer)
    client.post(new_form, typed(photos=[tea_photo()], then="publish"))
    assert Product.objects.get().status == ListingStatus.DRAFT


def test_without_a_photo_it_is_kept_as_a_draft_and_says_what_is_missing(client, cast, new_form):
    sign_in(client, cast.head)
    page = client.post(new_form, typed(then="publish"), follow=True)
    assert Product.objects.get().status == ListingStatus.DRAFT
    assert "ảnh" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "0"),
        ("price", "1,5"),
        ("price", "1000000000000"),
        ("price", "rẻ thôi"),
        ("stock", "1,5"),
        ("stock", "-3"),
        ("stock", "mười"),
        ("title", "ab"),
        ("category_id", ""),
        ("category_id", "999999"),
        ("sale_unit", "barrel"),
        ("net_weight_g", "nửa cân rưỡi"),
        ("origin_commune_id", "Xã Không Có Thật"),
        ("harvest_months", ["13"]),
        ("max_transit_days", "100"),
    ],
)
def test_a_wrong_answer_is_marked_and_everything_typed_stays(client, cast, new_form, field, value):
    sign_in(client, cast.volunteer)
    page = client.post(new_form, typed(photos=[tea_photo()], **{field: value}))
    html = page.content.decode()
    assert page.status_code == 422
    assert page.context["form"].errors[field]
    assert not Product.objects.exists()
    kept = typed(**{field: value})
    assert kept["description"] in html
    for name in {"title", "price", "stock", "net_weight_g", "max_transit_days"} & kept.keys():
        assert f'value="{kept[name]}"' in html
    assert problems(html) == []


def test_photos_already_sent_are_kept_when_another_field_is_wrong(client, cast, new_form):
    sign_in(client, cast.volunteer)
    page = client.post(new_form, typed(photos=[tea_photo(), tea_photo()], price="0"))
    kept = re.findall(r'name="kept" value="([0-9a-f-]+)"', page.content.decode())
    assert len(kept) == 2
    client.post(new_form, typed(kept=kept, main=kept[1]))
    assert [str(photo.key) for photo in Product.objects.get().photos.all()] == [kept[1], kept[0]]


def test_one_bad_file_among_good_ones_is_named_and_the_good_ones_stay(client, cast, new_form):
    sign_in(client, cast.volunteer)
    bad = pictures.upload(pictures.EXECUTABLE, "virus.jpg")
    page = client.post(new_form, typed(photos=[tea_photo(), bad]))
    html = page.content.decode()
    assert page.status_code == 422
    assert "virus.jpg" in html
    assert html.count('name="kept"') == 1
    assert 'value="Chè Tân Cương loại một"' in html


def test_photos_of_somebody_else_cannot_be_taken(client, cast, new_form):
    theirs = draft(Acting(cast.other_head, cast.other_household), timezone.now()).photos.get()
    loose = Photo.objects.create(width=9, height=9, widths=[9], uploaded_by=cast.other_head, uploaded_at=timezone.now())
    sign_in(client, cast.head)
    client.post(new_form, typed(kept=[str(theirs.key), str(loose.key), "nonsense"]))
    assert Product.objects.get(household=cast.household).photos.count() == 0
    theirs.refresh_from_db()
    assert theirs.listing.household == cast.other_household


def test_sending_the_form_twice_makes_one_listing(client, cast, new_form):
    sign_in(client, cast.head)
    first, second = (client.post(new_form, typed()).url for _time in range(2))
    assert first == second
    assert Product.objects.count() == 1


def test_a_chuc_says_its_pieces(client, cast, new_form):
    sign_in(client, cast.head)
    wrong = typed(sale_unit="chuc", net_weight_g=None)
    assert {"pieces", "net_weight_g", "pack_weight_g"} <= client.post(new_form, wrong).context["form"].errors.keys()
    client.post(new_form, typed(sale_unit="chuc", net_weight_g=None, pieces="12", pack_weight_g="2 kg"))
    made = Product.objects.get()
    assert (made.pieces, made.pack_weight_g) == (12, 2000)


def test_editing_starts_from_what_stands_and_saves_what_is_new(client, cast):
    made = listing(Acting(cast.head, cast.household), timezone.now())
    sign_in(client, cast.head)
    page = client.get(f"/san-hang/{made.pk}/sua/")
    html = page.content.decode()
    assert 'value="120.000"' in html
    assert 'value="500\u00a0g"' in html
    assert problems(html) == []
    photo = made.photos.get()
    client.post(f"/san-hang/{made.pk}/sua/", typed(version="1", kept=[str(photo.key)], price="99k", stock="7"))
    record = StockRecord.objects.get()
    assert (record.price, record.num_in_stock, made.photos.get()) == (99_000, 7, photo)


@pytest.mark.parametrize(("stock", "left"), [("+5", 45), ("-2", 38), ("−20", 20), ("7", 7)])
@pytest.mark.parametrize("make", [draft, listing])
def test_the_stock_takes_a_difference(client, cast, make, stock, left):
    made = make(Acting(cast.head, cast.household), timezone.now())
    sign_in(client, cast.head)
    address, sent = f"/san-hang/{made.pk}/sua/", typed(version="1", kept=[str(made.photos.get().key)], stock=stock)
    assert client.post(address, sent).status_code == 302
    assert StockRecord.objects.get().num_in_stock == left
    again = client.post(address, sent)
    assert (again.status_code, StockRecord.objects.get().num_in_stock) == (409, left), "the second press counts nothing"
    assert f'value="{stock}"' in again.content.decode()


def test_a_difference_below_nothing_is_marked(client, cast):
    made = draft(Acting(cast.head, cast.household), timezone.now())
    sign_in(client, cast.head)
    page = client.post(f"/san-hang/{made.pk}/sua/", typed(version="1", stock="-41"))
    assert (page.status_code, StockRecord.objects.get().num_in_stock) == (422, 40)
    assert page.context["form"].errors["stock"]


def test_ticks_at_photos_come_back_after_a_lost_session(client, cast):
    made = draft(Acting(cast.head, cast.household), timezone.now())
    sign_in(client, cast.head)
    address, stood = f"/san-hang/{made.pk}/sua/", str(made.photos.get().key)
    page = client.post(address, typed(version="1", kept=[stood], photos=[tea_photo(), tea_photo("b.jpg")], price="0"))
    shown = re.findall(r'name="kept" value="([0-9a-f-]+)"', page.content.decode())
    first, second = [key for key in shown if key != stood]
    client.session.delete()
    del client.cookies[settings.SESSION_COOKIE_NAME]
    origin = {"HTTP_ORIGIN": "http://testserver", "HTTP_REFERER": f"http://testserver{address}"}
    refused = client.post(address, typed(version="1", kept=[first, second], main=second), **origin)
    back = parse_qs(urlsplit(refused.url).query)["next"][0]
    page = sign_in(client, cast.head).get(back)
    [form] = [form for form in forms_on(page.content.decode(), address) if "kept" in form.fields]
    standing = {name: form.fields[name].values for name in ("kept", "main")}
    assert standing == {"kept": [first, second], "main": [second]}
    assert form.fields["kept"].choices == [stood, first, second]


def test_two_people_editing_are_told_of_each_other_and_the_second_decides(client, cast):
    made = draft(Acting(cast.head, cast.household), timezone.now())
    sign_in(client, cast.head)
    address, photo = f"/san-hang/{made.pk}/sua/", str(made.photos.get().key)
    client.post(address, typed(version="1", kept=[photo], title="Chè nõn tôm"))
    page = client.post(address, typed(version="1", kept=[photo], title="Chè móc câu"))
    html = page.content.decode()
    assert page.status_code == 409
    theirs = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))
    assert theirs["Mặt hàng"] == "Chè nõn tôm"
    assert theirs["Loại"] == "Chè xanh"
    assert theirs["Tháng có hàng"] == "Tháng 3, Tháng 4"
    assert 'value="Chè móc câu"' in html
    assert Product.objects.get().title == "Chè nõn tôm"
    assert problems(html) == []
    shown = re.search(r'name="version" value="(\d+)"', html)[1]
    client.post(address, typed(version=shown, kept=[photo], title="Chè móc câu"))
    assert Product.objects.get().title == "Chè móc câu"


def test_stock_below_what_is_reserved_is_refused_on_the_page_with_the_number(client, cast):
    made = listing(Acting(cast.head, cast.household), timezone.now())
    StockRecord.objects.update(num_allocated=7)
    sign_in(client, cast.head)
    photo = str(made.photos.get().key)
    page = client.post(f"/san-hang/{made.pk}/sua/", typed(version="1", kept=[photo], stock="6"))
    assert "7" in str(page.context["form"].errors["stock"])
    record = StockRecord.objects.get()
    assert (record.num_in_stock, record.price) == (40, 120_000)


def test_the_household_reads_why_an_operator_took_it_down(client, cast):
    now = timezone.now()
    made = listing(Acting(cast.head, cast.household), now)
    set_price(acting=Acting(cast.head, cast.household), listing=made, price=5, now=now)
    take_down_listing(operator=cast.operator, listing=made, reason="Ảnh lấy trên mạng", now=now)
    sign_in(client, cast.head)
    for page in ("/san-hang/", f"/san-hang/{made.pk}/"):
        html = client.get(page).content.decode()
        assert "Ảnh lấy trên mạng" in html
        assert problems(html) == []


def test_a_photo_of_several_megabytes_comes_through_a_file_on_disk(client, cast, new_form, settings):
    content = pictures.encoded(Image.effect_noise((2600, 2000), 90), quality=95)
    assert len(content) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    sign_in(client, cast.volunteer)
    client.post(new_form, typed(photos=[pictures.upload(content, "IMG_2041.jpg")]))
    photo = Product.objects.get().photos.get()
    assert (photo.width, photo.height) == (2600, 2000)
    with photo.upload.open("rb") as kept:
        assert kept.read() == content

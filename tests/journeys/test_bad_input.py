"""What goes wrong in the field, sent as a browser sends it: a clear answer each time, and nothing is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from catalog.cards import storefront_url
from catalog.models import Photo, Product
from catalog.offer.models import StockRecord
from households.access import Acting
from households.models import Household
from messaging.models import OutgoingMessage
from onboarding.models import Consent, OnboardingCase
from tests.catalog import pictures
from tests.factories.catalog import category, listing
from tests.factories.onboarding import CaseFactory
from tests.sign_in import sign_in

TOO_MUCH = str(10**12)
BORDER = "cut-here"


@pytest.fixture
def volunteer(client, cast):
    return sign_in(client, cast.volunteer)


@pytest.fixture
def case(cast) -> OnboardingCase:
    return CaseFactory(household=cast.household, team=cast.team, opened_by=cast.volunteer)


def step(case: OnboardingCase, name: str) -> str:
    return reverse(f"onboarding:{name}", args=[case.pk])


def ask_for_code(volunteer, case, commits) -> str:
    with commits(execute=True):
        volunteer.post(step(case, "consent"))
    found = re.search(r"\b\d{6}\b", OutgoingMessage.objects.latest("pk").text)
    assert found
    return found[0]


def said(response) -> str:
    assert response.status_code in (200, 409, 422), response.status_code
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_code_at_the_door_is_used_up_by_five_wrong_ones_and_another_can_be_asked_for(
    volunteer, case, django_capture_on_commit_callbacks
):
    code = ask_for_code(volunteer, case, django_capture_on_commit_callbacks)
    for _try in range(5):
        answer = volunteer.post(step(case, "consent_code"), {"code": f"{(int(code) + 1) % 10**6:06}"})
        assert "aria-invalid" in said(answer)
    assert "aria-invalid" in said(volunteer.post(step(case, "consent_code"), {"code": code}))
    assert not Consent.objects.exists()
    another = ask_for_code(volunteer, case, django_capture_on_commit_callbacks)
    volunteer.post(step(case, "consent_code"), {"code": another})
    assert Consent.objects.count() == 1


def test_expired_code_at_the_door_is_said_and_records_nothing(
    volunteer, case, time_machine, now, django_capture_on_commit_callbacks
):
    time_machine.move_to(now)
    code = ask_for_code(volunteer, case, django_capture_on_commit_callbacks)
    time_machine.move_to(now + timedelta(minutes=16))
    assert "hết hạn" in said(volunteer.post(step(case, "consent_code"), {"code": code}))
    assert not Consent.objects.exists()


@pytest.mark.parametrize("typed", ["0912000001", "0912 000 001", "0912.000.001", "84912000001", "+84 912-000-001"])
def test_used_phone_is_known_at_the_door_however_it_is_written(volunteer, cast, typed):
    answer = said(volunteer.post(reverse("onboarding:case_new"), {"phone": typed}))
    assert reverse("onboarding:team_household", args=[cast.household.code]) in answer
    assert f'value="{typed}"' in answer
    assert not OnboardingCase.objects.exists()


@pytest.mark.parametrize(("field", "typed"), [("price", "0"), ("price", "1,5"), ("price", TOO_MUCH), ("stock", "3")])
def test_impossible_price_or_stock_is_answered_and_the_offer_stands(client, cast, now, field, typed):
    tea = listing(Acting(cast.head, cast.household), now)
    StockRecord.objects.update(num_allocated=4)
    before = StockRecord.objects.values_list("price", "num_in_stock").get()
    sign_in(client, cast.head)
    offer = {"key": str(uuid4()), "version": "0", "price": "120.000", "stock": "10"} | {field: typed}
    answer = client.post(reverse("listing:offer", args=[tea.pk]), offer)
    assert f'value="{typed}"' in said(answer)
    assert StockRecord.objects.values_list("price", "num_in_stock").get() == before


ANSWERS = {
    "title": "Chè Tân Cương loại một",
    "price": "120.000",
    "sale_unit": "kg",
    "stock": "40",
    "origin_commune_id": "05503",
    "storage": "ambient",
    "then": "save",
}
KEY = "0198f3a0-0000-7000-8000-000000000001"


def listing_form(photo: bytes) -> bytes:
    """The form as the phone sends it: its photo stands before the words."""
    part = f'--{BORDER}\r\nContent-Disposition: form-data; name="'
    head = f'{part}key"\r\n\r\n{KEY}\r\n{part}photos"; filename="che.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    answers = ANSWERS | {"category_id": category().pk}
    typed = "".join(f'\r\n{part}{name}"\r\n\r\n{value}' for name, value in answers.items())
    return head.encode() + photo + f"{typed}\r\n--{BORDER}--\r\n".encode()


def test_upload_cut_off_half_way_keeps_nothing_half_and_can_be_sent_again(volunteer, cast):
    address, kind = reverse("listing:create", args=[cast.household.code]), f"multipart/form-data; boundary={BORDER}"
    whole = listing_form(pictures.jpeg(800, 600))
    answer = volunteer.generic("POST", address, whole[: len(whole) // 2], kind)
    assert answer.status_code == 422
    assert "Chưa lưu" in said(answer)
    assert KEY in said(answer)
    assert not Product.objects.exists()
    assert not Photo.objects.exists()
    for _sent_twice in range(2):
        volunteer.generic("POST", address, whole, kind)
    assert Product.objects.get().photos.count() == 1


def test_listing_sent_again_after_going_back_keeps_what_was_added(volunteer, cast):
    address, answers = reverse("listing:create", args=[cast.household.code]), ANSWERS | {"category_id": category().pk}
    volunteer.post(address, answers | {"key": KEY})
    photo = pictures.upload(pictures.jpeg(800, 600))
    volunteer.post(address, answers | {"key": KEY, "title": "Chè móc câu", "photos": [photo]})
    volunteer.post(address, answers | {"key": KEY, "title": "Chè móc câu"})
    made = Product.objects.get()
    assert (made.title, made.photos.count()) == ("Chè móc câu", 1)


def test_listing_sent_again_over_a_newer_one_is_asked_about(volunteer, cast):
    address, answers = reverse("listing:create", args=[cast.household.code]), ANSWERS | {"category_id": category().pk}
    volunteer.post(address, answers | {"key": KEY})
    Product.objects.update(title="Chè nõn tôm", version=2)
    page = volunteer.post(address, answers | {"key": KEY, "title": "Chè móc câu"})
    shown = page.content.decode()
    made = Product.objects.get()
    assert page.status_code == 409
    assert all(title in shown for title in ("Chè nõn tôm", 'value="Chè móc câu"'))
    assert f'action="{reverse("listing:edit", args=[made.pk])}"' in shown
    assert made.title == "Chè nõn tôm"


def test_two_people_editing_one_household_both_see_what_the_other_wrote(volunteer, case, cast):
    first = {"version": 1, "head_name": "Nguyễn Thị Hoà", "phone": "0912000001", "village_name": "Xóm Hồng Thái"}
    first["known_by"] = "neighbour"
    storefront = {"version": 1, "name": "Trà cô Hoa", "story": "Đồi chè nhà tôi."}
    own = sign_in(type(volunteer)(), cast.head)
    own.post(reverse("onboarding:household_edit", args=[cast.household.code]), storefront)
    answer = said(volunteer.post(step(case, "identity"), first))
    assert "Nguyễn Thị Hoà" in answer
    version = Household.objects.get(pk=cast.household.pk).version
    assert f'name="version" value="{version}"' in answer
    volunteer.post(step(case, "identity"), first | {"version": version})
    household = Household.objects.get(pk=cast.household.pk)
    assert (household.name, household.head.full_name) == ("Trà cô Hoa", "Nguyễn Thị Hoà")


def test_browser_going_back_may_restore_what_was_typed_into_a_listing(volunteer, cast):
    """Browsers forget a field that says ``autocomplete="off"`` when one leaves the page and comes back."""
    shown = said(volunteer.get(reverse("listing:create", args=[cast.household.code])))
    main = shown[shown.index("<main") :]
    assert 'name="origin_commune_id"' in main
    assert 'autocomplete="off"' not in main


@pytest.mark.parametrize("name", ["ផលិតផលខ្មែរ", "東京", "☘️🌾", "!!!"])
def test_a_storefront_named_without_a_latin_letter_breaks_no_page(client, cast, now, name):
    tea = listing(Acting(cast.head, cast.household), now, title="Chè đinh")
    own = sign_in(type(client)(), cast.head)
    version = Household.objects.get(pk=cast.household.pk).version
    typed = {"version": version, "name": name, "story": ""}
    assert own.post(reverse("onboarding:household_edit", args=[cast.household.code]), typed).status_code == 302
    address = storefront_url(Household.objects.get(pk=cast.household.pk).slug, cast.household.code)
    pages = [address, tea.get_absolute_url(), "/tim/?q=che", "/sitemap.xml"]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert own.get(f"/ho/{cast.household.code}/").status_code == 200

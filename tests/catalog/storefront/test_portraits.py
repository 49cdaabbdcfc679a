"""A household shows itself: who may put its pictures on, what buyers see, and that they go with the household."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.models import Photo, Portrait
from catalog.photos.portraits import portraits_of, remove_portrait, set_portrait
from catalog.photos.selectors import photos_to_discard, unfinished_photos_of, usable_photos
from tests.accessibility import problems
from tests.catalog.pictures import jpeg
from tests.sign_in import sign_in


def upload(name: str = "face.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(), "image/jpeg")


@pytest.fixture
def address(cast) -> str:
    return reverse("storefront:pictures", args=[cast.household.code])


def test_the_household_puts_its_face_on_its_storefront(client, cast, address, django_capture_on_commit_callbacks):
    sign_in(client, cast.head)
    assert problems(client.get(address).content.decode()) == []
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"face": upload()})
    photo = Photo.objects.get(portrays=cast.household)
    assert (photo.portrait, photo.listing) == (Portrait.FACE, None)
    storefront = client.get(reverse("storefront:household", args=[cast.household.slug, cast.household.code]))
    assert str(photo.key) in storefront.content.decode()
    assert problems(storefront.content.decode()) == []


@pytest.mark.parametrize("who", ["stranger", "other_head", "other_volunteer"])
def test_nobody_else_does(client, cast, address, who):
    sign_in(client, getattr(cast, who))
    assert client.post(address, {"face": upload()}).status_code == 404
    assert not Photo.objects.exists()


def test_what_is_no_picture_is_refused_beside_its_field(client, cast, address):
    sign_in(client, cast.head)
    answer = client.post(address, {"land": SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"land"}
    assert not Photo.objects.filter(portrays__isnull=False).exists()


def test_a_new_picture_takes_the_place_of_the_old_one_once_it_is_ready(own, now):
    old, new = (set_portrait(acting=own, portrait=Portrait.FACE, upload=upload(), now=now) for _one in range(2))
    Photo.objects.filter(pk=old.pk).update(widths=[320])
    assert str(old.key) in portraits_of([own.household.pk])[own.household.pk].face["src"]
    assert not photos_to_discard(now).exists()
    Photo.objects.filter(pk=new.pk).update(widths=[320])
    assert str(new.key) in portraits_of([own.household.pk])[own.household.pk].face["src"]
    assert list(photos_to_discard(now)) == [old]


def test_a_portrait_is_no_photo_that_a_form_left_behind_nor_one_that_a_listing_may_take(own, now):
    face = set_portrait(acting=own, portrait=Portrait.FACE, upload=upload(), now=now)
    assert not unfinished_photos_of(own.user).exists()
    assert not photos_to_discard(now + timedelta(days=30)).exists()
    assert usable_photos([face.key], own.user, None) == []


def test_taken_off_it_is_gone(own, now):
    set_portrait(acting=own, portrait=Portrait.LAND, upload=upload(), now=now)
    assert remove_portrait(acting=own, portrait=Portrait.LAND, now=now)
    assert not Photo.objects.filter(portrays__isnull=False).exists()
    assert not remove_portrait(acting=own, portrait=Portrait.LAND, now=now)

"""Pages of listings: for households and teams under /san-hang/, for operators under /van-hanh/."""

from __future__ import annotations

from django.urls import path

from catalog.listing.views import checking, editing, listings, moderation, revisions, taking_back

app_name = "listing"

urlpatterns = [
    path("san-hang/", listings.my_listings, name="mine"),
    path("san-hang/them/<str:code>/", editing.create, name="create"),
    path("san-hang/ho/<str:code>/", listings.household_listings, name="of_household"),
    path("san-hang/cho-kiem-tra/", checking.to_check, name="to_check"),
    path("san-hang/<int:pk>/", listings.overview, name="overview"),
    path("san-hang/<int:pk>/sua/", editing.edit, name="edit"),
    path("san-hang/<int:pk>/gia-va-so-luong/", listings.change_offer, name="offer"),
    path("san-hang/<int:pk>/gui-kiem-tra/", listings.submit, name="submit"),
    path("san-hang/<int:pk>/dang-ban/", listings.publish, name="publish"),
    path("san-hang/<int:pk>/cat-di/", taking_back.withdraw, name="withdraw"),
    path("san-hang/<int:pk>/ban-lai/", taking_back.put_back, name="put_back"),
    path("san-hang/<int:pk>/xoa/", taking_back.delete, name="delete"),
    path("san-hang/<int:pk>/khoi-phuc/", taking_back.restore, name="restore"),
    path("san-hang/<int:pk>/kiem-tra/", checking.check, name="check"),
    path("san-hang/ban-sua/<int:pk>/", revisions.revision, name="revision"),
    path("san-hang/ban-sua/<int:pk>/quyet-dinh/", revisions.decide_revision, name="decide_revision"),
    path("san-hang/ban-sua/<int:pk>/rut-lai/", revisions.take_back, name="take_back_revision"),
    path("van-hanh/mat-hang/", moderation.moderate, name="moderate"),
    path("van-hanh/mat-hang/<int:pk>/go/", moderation.take_down, name="take_down"),
    path("van-hanh/mat-hang/<int:pk>/ban-lai/", moderation.put_back, name="put_back_taken_down"),
]

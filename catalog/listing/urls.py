"""Pages of listings: for households and teams under /san-hang/, for operators under /van-hanh/."""

from __future__ import annotations

from django.urls import path

from catalog.listing.views import checking, editing, listings, moderation

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
    path("san-hang/<int:pk>/cat-di/", listings.withdraw, name="withdraw"),
    path("san-hang/<int:pk>/kiem-tra/", checking.check, name="check"),
    path("van-hanh/mat-hang/", moderation.moderate, name="moderate"),
    path("van-hanh/mat-hang/<int:pk>/go/", moderation.take_down, name="take_down"),
]

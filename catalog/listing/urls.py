"""Pages of listings: for households and teams under /san-hang/, for operators under /van-hanh/."""

from __future__ import annotations

from django.urls import path

from catalog.listing.views import checking, editing, mine, moderation

app_name = "listing"

urlpatterns = [
    path("san-hang/", mine.mine, name="mine"),
    path("san-hang/them/<str:code>/", editing.create, name="create"),
    path("san-hang/ho/<str:code>/", mine.of_household, name="of_household"),
    path("san-hang/cho-kiem-tra/", checking.to_check, name="to_check"),
    path("san-hang/<int:pk>/", mine.overview, name="overview"),
    path("san-hang/<int:pk>/sua/", editing.edit, name="edit"),
    path("san-hang/<int:pk>/gia-va-so-luong/", mine.change_offer, name="offer"),
    path("san-hang/<int:pk>/gui-kiem-tra/", mine.submit, name="submit"),
    path("san-hang/<int:pk>/dang-ban/", mine.publish, name="publish"),
    path("san-hang/<int:pk>/cat-di/", mine.withdraw, name="withdraw"),
    path("san-hang/<int:pk>/kiem-tra/", checking.check, name="check"),
    path("van-hanh/mat-hang/", moderation.moderate, name="moderate"),
    path("van-hanh/mat-hang/<int:pk>/go/", moderation.take_down, name="take_down"),
]

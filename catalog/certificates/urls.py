"""Writing a paper down under the listing's own address; confirming or refusing it under /van-hanh/."""

from __future__ import annotations

from django.urls import path

from catalog.certificates import views

app_name = "certificates"

urlpatterns = [
    path("san-hang/<int:pk>/ocop/", views.record_ocop, name="record_ocop"),
    path("san-hang/<int:pk>/chung-nhan/", views.record_quality, name="record_quality"),
    path("van-hanh/ocop/", views.ocop_to_confirm, name="ocop_to_confirm"),
    path("van-hanh/ocop/<int:pk>/xac-nhan/", views.confirm_ocop, name="confirm_ocop"),
    path("van-hanh/ocop/<int:pk>/tu-choi/", views.refuse_ocop, name="refuse_ocop"),
    path("van-hanh/ocop/<int:pk>/anh/", views.picture_of_ocop, name="picture_of_ocop"),
    path("van-hanh/chung-nhan/", views.quality_to_confirm, name="quality_to_confirm"),
    path("van-hanh/chung-nhan/<int:pk>/xac-nhan/", views.confirm_quality, name="confirm_quality"),
    path("van-hanh/chung-nhan/<int:pk>/tu-choi/", views.refuse_quality, name="refuse_quality"),
    path("van-hanh/chung-nhan/<int:pk>/anh/", views.picture_of_quality, name="picture_of_quality"),
]

"""Under /don-hang/: the buyer's side."""

from django.urls import path

from shop.order import views_buyer as views

app_name = "orders"
urlpatterns = [
    path("", views.find, name="find"),
    path("cua-toi/", views.mine, name="mine"),
    path("<slug:number>/<str:signature>/", views.detail, name="detail"),
    path("<slug:number>/<str:signature>/huy/<slug:part_number>/", views.cancel, name="cancel"),
]

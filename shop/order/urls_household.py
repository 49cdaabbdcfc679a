"""Under /don-ho/: the household's side."""

from django.urls import path

from shop.order import views_household as views

app_name = "household_orders"
urlpatterns = [
    path("", views.part_list, name="list"),
    path("<slug:number>/", views.part_detail, name="detail"),
    path("<slug:number>/tra-loi/", views.answer, name="answer"),
    path("<slug:number>/phieu/", views.slip, name="slip"),
]

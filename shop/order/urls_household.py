"""Under /don-ho/: the household's side."""

from django.urls import path

from shop.order import views_household as views

app_name = "household_orders"
urlpatterns = [
    path("", views.list_parts, name="list"),
    path("<slug:number>/", views.show_part, name="detail"),
    path("<slug:number>/tra-loi/", views.answer_part, name="answer"),
    path("<slug:number>/phieu/", views.print_slip, name="slip"),
]

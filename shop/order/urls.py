"""Under /don-hang/: the buyer's side."""

from django.urls import path

from shop.order import views_buyer as views

app_name = "orders"
urlpatterns = [
    path("", views.look_up_order, name="find"),
    path("cua-toi/", views.list_own_orders, name="mine"),
    path("<slug:number>/<str:signature>/", views.show_order, name="detail"),
    path("<slug:number>/<str:signature>/huy/<slug:part_number>/", views.cancel_part, name="cancel"),
    path("<slug:number>/<str:signature>/van-de/<slug:part_number>/", views.report_order_problem, name="problem"),
    path("<slug:number>/<str:signature>/lay-lai/<slug:part_number>/", views.take_back_part, name="take_back"),
]

"""Under /gio-hang/."""

from django.urls import path

from shop.basket import views

app_name = "basket"
urlpatterns = [
    path("", views.show_basket, name="summary"),
    path("them/<int:pk>/", views.add_listing, name="add"),
    path("doi/<int:pk>/", views.change_quantity, name="change"),
    path("dat-lai/<slug:number>/<str:signature>/", views.order_again, name="again"),
    path("bo/<int:pk>/", views.remove_listing, name="remove"),
]

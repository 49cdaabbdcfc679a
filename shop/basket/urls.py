"""Under /gio-hang/."""

from django.urls import path

from shop.basket import views

app_name = "basket"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("them/<int:pk>/", views.add, name="add"),
    path("doi/<int:pk>/", views.change, name="change"),
    path("bo/<int:pk>/", views.remove, name="remove"),
]

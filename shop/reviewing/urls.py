"""Under /danh-gia/don/: the link of an order's page leads here, for guests too."""

from django.urls import path

from shop.reviewing import views

app_name = "reviewing"
urlpatterns = [
    path("<slug:number>/<str:signature>/", views.show_reviewables, name="order"),
    path("<slug:number>/<str:signature>/<int:line_pk>/", views.review_line, name="write"),
]

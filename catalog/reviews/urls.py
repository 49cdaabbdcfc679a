"""Under /danh-gia/."""

from django.urls import path

from catalog.reviews import views

app_name = "reviews"
urlpatterns = [
    path("mat-hang/<int:pk>/", views.list_reviews_of_listing, name="of_listing"),
    path("gian-hang/<str:code>/", views.list_reviews_of_household, name="of_household"),
    path("nhan-duoc/", views.list_received, name="received"),
    path("nhan-duoc/<int:pk>/", views.write_answer, name="answer"),
]

"""Under /bao-vi-pham/."""

from django.urls import path

from catalog.flags import views

app_name = "flags"
urlpatterns = [path("<int:pk>/", views.flag, name="flag")]

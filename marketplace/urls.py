"""Where all apps meet."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("hop-tin/", include("marketplace.messaging.urls")),
    path("quan-tri/", admin.site.urls),
]

"""Where all apps meet."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("marketplace.accounts.urls")),
    path("hop-tin/", include("marketplace.messaging.urls")),
    path("ngon-ngu/", set_language, name="set_language"),
    path("quan-tri/", admin.site.urls),
]

handler500 = "marketplace.core.failures.server_error"

"""Where all apps meet."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from catalog.storefront.views import product_detail
from marketplace.health import Live, Ready
from marketplace.metrics import show_metrics
from marketplace.views import favicon, manifest, show_design, show_periodic_work
from onboarding.field.api import api as field_api
from search.pages.crawlers import robots, sitemap_file, sitemap_index
from search.pages.views import category, kind

# Oscar's models build their own addresses from this namespace; storefront and search share it.
catalogue = [
    path("san-pham/<slug:product_slug>_<int:pk>/", product_detail, name="detail"),
    path("danh-muc/<slug:category_slug>_<int:pk>/", category, name="category"),
    path("danh-muc/<slug:code>/", kind, name="kind"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include((catalogue, "catalogue"))),
    path("to/api/v1/", field_api.urls),
    path("", include("onboarding.field.urls")),
    path("", include("onboarding.urls")),
    path("", include("catalog.certificates.urls")),
    path("van-hanh/viec-dinh-ky/", show_periodic_work, name="periodic_work"),
    path("van-hanh/", include("operations.urls")),
    path("", include("catalog.listing.urls")),
    path("bao-vi-pham/", include("catalog.flags.urls")),
    path("danh-gia/", include("catalog.reviews.urls")),
    path("danh-gia/don/", include("shop.reviewing.urls")),
    path("hoi-dap/", include("catalog.questions.urls")),
    path("", include("catalog.storefront.place_urls")),
    path("gian-hang/", include("catalog.storefront.urls")),
    path("bao-cao/", include("reporting.urls")),
    path("dat-hang/", include("shop.checkout.urls")),
    path("don-hang/", include("shop.order.urls")),
    path("don-ho/", include("shop.order.urls_household")),
    path("gio-hang/", include("shop.basket.urls")),
    path("hop-tin/", include("messaging.urls")),
    path("yeu-thich/", include("shop.wishes.urls")),
    path("noi-giao/", include("shop.shipping.urls")),
    path("ngon-ngu/", set_language, name="set_language"),
    path("thanh-toan/", include("shop.payment.urls")),
    path("tim/", include("search.urls")),
    path("health/live/", Live.as_view(), name="live"),
    path("health/ready/", Ready.as_view(), name="ready"),
    path("metrics", show_metrics, name="metrics"),
    path("favicon.ico", favicon, name="favicon"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_file, name="sitemap-file"),
    path("quan-tri/", admin.site.urls),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # in development; elsewhere the web server's
    *([path("thiet-ke/", show_design, name="design")] if settings.DEBUG else []),
    path("", include("content.urls")),  # last: pages answer any address
]

handler500 = "core.failures.server_error"

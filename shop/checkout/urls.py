"""Under /dat-hang/."""

from django.urls import path

from shop.checkout.views import OrderView

app_name = "checkout"
urlpatterns = [path("", OrderView.as_view(), name="order")]

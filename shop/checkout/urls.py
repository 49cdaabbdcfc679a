"""Under /dat-hang/."""

from django.urls import path

from shop.checkout.views import CheckoutView

app_name = "checkout"
urlpatterns = [path("", CheckoutView.as_view(), name="order")]

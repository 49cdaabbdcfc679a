"""Under /thanh-toan/."""

from django.urls import path

from shop.payment import views, webhooks

app_name = "payments"
urlpatterns = [
    path("stripe/", webhooks.stripe_notice, name="stripe"),
    path("the-thu/<uuid:reference>/", views.show_pretend_page, name="pretend"),
    path("<slug:number>/<str:signature>/", views.pay_by_card, name="pay"),
    path("<slug:number>/<str:signature>/ve/", views.return_from_gateway, name="back"),
    path("<slug:number>/<str:signature>/tien-mat/", views.choose_cash, name="cash"),
    path("<slug:number>/<str:signature>/huy/", views.give_up_order, name="give_up"),
]

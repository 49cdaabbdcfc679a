"""Under /thanh-toan/."""

from django.urls import path

from shop.payment import views, webhooks

app_name = "payments"
urlpatterns = [
    path("stripe/", webhooks.stripe_notice, name="stripe"),
    path("the-thu/<uuid:reference>/", views.pretend, name="pretend"),
    path("<slug:number>/<str:signature>/", views.pay, name="pay"),
    path("<slug:number>/<str:signature>/ve/", views.back, name="back"),
    path("<slug:number>/<str:signature>/tien-mat/", views.cash, name="cash"),
    path("<slug:number>/<str:signature>/huy/", views.give_up, name="give_up"),
]

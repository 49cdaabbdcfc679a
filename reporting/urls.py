"""Addresses of the figures, under /bao-cao/."""

from django.urls import path

from reporting import export_views, views

app_name = "reporting"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("chi-tieu/<str:code>/", views.indicator, name="indicator"),
    path("chi-tieu/<str:code>/ho-so/", views.proof, name="proof"),
    path("ban-xuat/", export_views.runs, name="runs"),
    path("ban-xuat/<uuid:key>/tai/", export_views.download, name="download"),
]

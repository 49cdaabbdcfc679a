"""Addresses of the figures, under /bao-cao/."""

from django.urls import path

from reporting import export_views, views

app_name = "reporting"
urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("chi-tieu/<str:code>/", views.show_indicator, name="indicator"),
    path("chi-tieu/<str:code>/ho-so/", views.show_records, name="proof"),
    path("ban-xuat/", export_views.request_and_list_runs, name="runs"),
    path("ban-xuat/<uuid:key>/tai/", export_views.download_run, name="download"),
]

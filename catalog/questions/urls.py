"""Under /hoi-dap/."""

from django.urls import path

from catalog.questions import views

app_name = "questions"
urlpatterns = [
    path("mat-hang/<int:pk>/", views.list_questions_of_listing, name="of_listing"),
    path("mat-hang/<int:pk>/hoi/", views.ask, name="ask"),
    path("cho-tra-loi/", views.list_waiting, name="waiting"),
    path("cho-tra-loi/<int:pk>/", views.write_answer, name="answer"),
    path("cua-toi/", views.list_own, name="mine"),
]

from django.urls import path

from messaging.views import OutboxView

app_name = "messaging"
urlpatterns = [path("", OutboxView.as_view(), name="outbox")]

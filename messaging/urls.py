from django.urls import path

from messaging.views import show_outbox

app_name = "messaging"
urlpatterns = [path("", show_outbox, name="outbox")]

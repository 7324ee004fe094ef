"""The addresses of the public pages."""

from django.urls import path

from archive.web.health import health

urlpatterns = [
    path("healthz", health, name="health"),
]

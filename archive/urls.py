"""Every address of the site: the public pages, the curators' admin, a reader's own pages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("archive.admin.urls")),
    path("", include("archive.web.urls")),
]

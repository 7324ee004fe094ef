"""The addresses of a reader's own pages: signing in, signing out, saved searches."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from archive.admin.saved_search import remove, rename, save, saved, saved_search

urlpatterns = [
    path("sign-in/", LoginView.as_view(template_name="saved/sign_in.html"), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("saved/", saved, name="saved"),
    path("saved/new/", save, name="save-search"),
    path("saved/<int:pk>/", saved_search, name="saved-search"),
    path("saved/<int:pk>/rename/", rename, name="rename-search"),
    path("saved/<int:pk>/remove/", remove, name="remove-search"),
]

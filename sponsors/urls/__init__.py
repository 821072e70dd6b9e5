"""Addresses of sponsors: vendors, their events, groups' sponsor pages, the public book."""

from sponsors.urls import book, vendors

app_name = "sponsors"
urlpatterns = [*book.urlpatterns, *vendors.urlpatterns]

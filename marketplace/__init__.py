"""Chợ Nhà Nông: the marketplace of farming households."""

from marketplace.celery import app as celery_app

__all__ = ["celery_app"]

"""``{{ amount|dong }}``: money as Vietnam writes it."""

from __future__ import annotations

from django import template

from core.money import show_dong

register = template.Library()
register.filter("dong", show_dong)

"""Masked names and phone numbers in templates."""

from __future__ import annotations

from django.template import Library

from core.personal_data import mask_name, mask_phone

register = Library()
register.filter("masked_phone", mask_phone)
register.filter("masked_name", mask_name)

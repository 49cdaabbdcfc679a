"""Tariffs, for operators: read here, loaded by the command load_shipping_tariff."""

from django.contrib import admin

from shop.shipping.models import ShippingTariff, ZoneRate


class ZoneRateInline(admin.TabularInline[ZoneRate, ShippingTariff]):
    model = ZoneRate
    extra = 0


@admin.register(ShippingTariff)
class ShippingTariffAdmin(admin.ModelAdmin[ShippingTariff]):
    list_display = ("name", "valid_from", "valid_until", "is_invented")
    inlines = (ZoneRateInline,)

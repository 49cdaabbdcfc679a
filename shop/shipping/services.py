"""Loading a tariff: the new one ends the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError
from core.transactions import in_transaction
from shop.shipping.models import ShippingTariff, WeightStep, Zone, ZoneRate


class BadTariff(DomainError):
    code = "bad_tariff"


@in_transaction
def load_tariff(
    *,
    name: str,
    source: str,
    valid_from: date,
    zones: Iterable[Mapping[str, Any]],
    now: datetime,
    actor: Any = None,
    is_invented: bool = False,
    freight_warning_percent: int = 30,
) -> ShippingTariff:
    """Load a whole tariff from ``valid_from`` on; the one of the same day is replaced. Raises BadTariff.

    Each of ``zones`` has zone, days, extra_step_g, extra_charge and steps, a list of [grams at most, dong].
    """
    rows = list(zones)
    if {row["zone"] for row in rows} != set(Zone.values) or any(not row["steps"] for row in rows):
        raise BadTariff(_("A tariff needs each zone once (%(zones)s), with its steps.") % {"zones": ", ".join(Zone)})
    ShippingTariff.objects.filter(valid_from=valid_from).delete()
    ShippingTariff.objects.filter(valid_from__lt=valid_from, valid_until__isnull=True).update(valid_until=valid_from)
    tariff = ShippingTariff.objects.create(
        name=name,
        source=source,
        is_invented=is_invented,
        valid_from=valid_from,
        freight_warning_percent=freight_warning_percent,
    )
    for row in rows:
        _add_zone(tariff, row)
    audit.record(action="load_tariff", subject=tariff, now=now, actor=actor, changes={"source": ["", source]})
    return tariff


def _add_zone(tariff: ShippingTariff, row: Mapping[str, Any]) -> None:
    rate = ZoneRate.objects.create(
        tariff=tariff,
        zone=row["zone"],
        days=row["days"],
        extra_step_g=row["extra_step_g"],
        extra_charge=row["extra_charge"],
    )
    WeightStep.objects.bulk_create(
        WeightStep(zone_rate=rate, up_to_g=up_to_g, charge=charge) for up_to_g, charge in row["steps"]
    )

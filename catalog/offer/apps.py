"""Oscar's partner fork: a partner is a household that lists."""

from oscar.apps.partner import apps


class PartnerConfig(apps.PartnerConfig):
    name = "catalog.offer"

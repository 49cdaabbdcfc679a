"""A page that an editor has scheduled goes live, and goes again, by the periodic work of the site."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from content.choices import Audience
from content.models import GuidePage
from marketplace.celery import app
from marketplace.clock import Clock
from marketplace.schedule import PERIODIC_WORK

PUBLISH = "publish-scheduled-pages"


@pytest.fixture
def guide(home, now, time_machine) -> GuidePage:
    """Saved with "publish at 10:00, take down at 12:00", as the editor's form does."""
    time_machine.move_to(now, tick=False)
    page = GuidePage(title="Giữ chè khô", slug="giu-che-kho", audience=Audience.values[0], live=False)
    home.add_child(instance=page)
    page.go_live_at, page.expire_at = now + timedelta(hours=1), now + timedelta(hours=3)
    page.save_revision().publish()
    return page


def is_live_at(page: GuidePage, moment: datetime, time_machine) -> bool:
    """After the periodic work had its turn at ``moment``."""
    clock = Clock(app)
    clock.last_run = dict.fromkeys(PERIODIC_WORK, moment) | {PUBLISH: timezone.now()}
    time_machine.move_to(moment, tick=False)
    assert clock.tick() == [PUBLISH]
    return Page.objects.get(pk=page.pk).live


@pytest.mark.django_db(transaction=True)  # the clock lets go of its connection before each task
def test_page_goes_live_and_goes_again_at_its_time(guide, now, time_machine):
    assert not is_live_at(guide, now + timedelta(minutes=55), time_machine)
    assert is_live_at(guide, now + timedelta(minutes=61), time_machine)
    assert is_live_at(guide, now + timedelta(hours=2), time_machine)
    assert not is_live_at(guide, now + timedelta(hours=3, minutes=1), time_machine)

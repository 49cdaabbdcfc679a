"""What Prometheus reads at /metrics: requests by page, as django-prometheus counts them, and what waits or is down.

Open to the addresses of METRICS_ADDRESSES alone; for others the page does not exist. Values name pages, never people.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from accounts.visitors import address_of
from marketplace.watchdog import entry_states
from messaging.selectors import due_message_ids
from search.selectors import engine_states


class SiteCollector:
    """Figures of the whole site, read from the database when they are asked for: the same in every process."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        in_order = GaugeMetricFamily(
            "market_periodic_work_in_order", "1 if the work ran in its time and did not fail", labels=["work"]
        )
        done = GaugeMetricFamily(
            "market_periodic_work_success_timestamp_seconds", "When the work was done last", labels=["work"]
        )
        for state in entry_states(now):
            in_order.add_metric([state.name], 0 if state.needs_somebody else 1)
            if state.succeeded_at:
                done.add_metric([state.name], state.succeeded_at.timestamp())
        up = GaugeMetricFamily("market_search_engine_up", "1 if the engine answers", labels=["engine"])
        waiting = GaugeMetricFamily("market_index_changes_waiting", "Changes not yet in the index", labels=["engine"])
        for engine in engine_states():
            up.add_metric([engine["name"]], 0 if engine["health"] and engine["health"].is_down else 1)
            waiting.add_metric([engine["name"]], engine["waiting"])
        due = GaugeMetricFamily("market_messages_due", "Messages whose turn has come, up to 500")
        due.add_metric([], len(due_message_ids(now)))
        yield from (in_order, done, up, waiting, due)


@never_cache
@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    """The text format of Prometheus. With several processes the counts of all of them are added up."""
    if not may_read_metrics(request):
        raise Http404
    counted = REGISTRY
    if settings.PROMETHEUS_MULTIPROC_DIR:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    site = CollectorRegistry(auto_describe=False)
    site.register(SiteCollector())
    return HttpResponse(generate_latest(counted) + generate_latest(site), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def may_read_metrics(request: HttpRequest) -> bool:
    address = ip_address(address_of(request))
    return any(address in ip_network(network) for network in settings.METRICS_ADDRESSES)

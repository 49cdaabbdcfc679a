"""A real Elasticsearch hangs, dies and comes back under a running marketplace; buyers and sellers hardly notice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import uuid

import pytest
import requests

from demo.people import STAFF_PASSWORD
from tests.journeys.outage.wire import Wire
from tests.journeys.serving import ROOT, environment_of, serving
from tests.journeys.visitor import Visitor

URL = os.environ.get("ELASTICSEARCH_URL", "")
CONTROL = os.environ.get("ELASTICSEARCH_CONTROL", "")
pytestmark = [
    pytest.mark.outage,
    pytest.mark.skipif(not (URL and CONTROL), reason="needs an Elasticsearch it may stop (ELASTICSEARCH_CONTROL)"),
]
PATIENCE_SECONDS = 1.0
"""What an engine that is away may add to a page: the 0.6 seconds of its patience, and something for the others."""
TIMES_THE_USUAL = 4
"""A page beside a busy machine's other work takes a multiple of what it took just before."""
QUIET_SECONDS = 200
"""So long without any change of state or of what waits, and catching up counts as failed."""
SEARCHES = {
    "/tim/?q=che tan cuong": "Chè Tân Cương",
    "/tim/?q=mật ong&sort=cheapest": "Mật ong",
    "/tim/?q=chè tân cươg": "Chè Tân Cương",
    "/tim/goi-y/?q=che": "listings",
}
HEAD, OPERATOR = "0912001001", "0912000301"
TEA = "Chè Tân Cương móc câu"


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    prefix = f"outage-{uuid.uuid4().hex[:8]}"
    yield environment_of(tmp_path_factory.mktemp("var"), ELASTICSEARCH_URL=URL, SEARCH_INDEX_PREFIX=prefix)
    requests.delete(f"{URL}/{prefix}-*?expand_wildcards=open", timeout=30)


@pytest.fixture(scope="module")
def server(environment):
    with serving(environment) as address:
        yield address


@pytest.fixture(scope="module")
def seller(server):
    return signed_in(server, "/dang-nhap/", phone=HEAD)


@pytest.fixture(scope="module")
def operator(server):
    return signed_in(server, "/dang-nhap/mat-khau/", login=OPERATOR, password=STAFF_PASSWORD)


def test_it_hangs_and_goes_on(server, environment, seller, operator):
    live_through(server, environment, seller, operator, away="pause", back="resume", price="301000")
    assert indexed_price(environment) == 301_000


def test_it_is_killed_and_started_again(server, environment, seller, operator):
    live_through(server, environment, seller, operator, away="halt", back="start", price="302000")
    assert indexed_price(environment) == 302_000


def live_through(server, environment, seller, operator, *, away: str, back: str, price: str) -> None:
    buyer = Visitor(Wire(server))
    assert catches_up(operator)
    a_page = PATIENCE_SECONDS + TIMES_THE_USUAL * slowest_of(buyer)
    control(away)
    try:
        assert slowest_of(buyer) < a_page
        assert change_price(seller, price) < a_page
        assert buyer.open("/tim/?q=che tan cuong moc cau").sees(shown(price))
        state, waiting = states(operator)["elasticsearch"]
        assert (state, waiting > 0) == ("không trả lời", True)
        assert states(operator)["tantivy"] == ("đang trả lời", 0)
    finally:
        control(back)
    assert catches_up(operator)
    assert slowest_of(buyer) < a_page
    manage(environment, "search_compare")


def signed_in(server: str, address: str, **fields: str) -> Visitor:
    visitor = Visitor(Wire(server)).open(address).submit(**fields)
    phone = fields.get("phone") or fields["login"]
    return visitor.submit(code=code_for(Visitor(Wire(server)), f"+84{phone[1:]}"))


def code_for(visitor: Visitor, phone: str) -> str:
    """The newest code that the demo's on-screen outbox shows for this number."""
    text = visitor.open("/hop-tin/").text.split(phone, 1)[1].split("+84", 1)[0]
    found = re.search(r"\b\d{6}\b", text)
    assert found, text
    return found[0]


def slowest_of(buyer: Visitor) -> float:
    """Seconds of the slowest page, each of which shows what was looked for."""
    buyer.client.slowest = 0.0
    for address, words in [*SEARCHES.items()] * 2:
        assert buyer.open(address).sees(words)
    return float(buyer.client.slowest)


def change_price(seller: Visitor, price: str) -> float:
    """Seconds that the save took, its page included."""
    seller.open("/san-hang/").follow(TEA)
    seller.client.slowest = 0.0
    assert seller.submit(having="price", price=price).sees("Đã lưu")
    return float(seller.client.slowest)


def shown(price: str) -> str:
    return f"{int(price):,} đ".replace(",", ".")


def states(operator: Visitor) -> dict[str, tuple[str, int]]:
    """Each engine as the operators' page tells it: its state, and how many changes wait for it."""
    rows = operator.open("/tim/tinh-trang/").page.find("table").find("tbody").find_all("tr")
    cells = [[" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])] for row in rows]
    return {name: (state, int(waiting)) for name, state, waiting in cells}


def indexed_price(environment: dict[str, str]) -> int:
    alias = f"{environment['SEARCH_INDEX_PREFIX']}-listings"
    asked = {"query": {"term": {"head_exact": "chè_tân_cương_móc_câu"}}, "_source": ["price"]}
    [hit] = requests.post(f"{URL}/{alias}/_search", json=asked, timeout=30).json()["hits"]["hits"]
    return int(hit["_source"]["price"])


def catches_up(operator: Visitor) -> bool:
    """Nobody helps: only the marketplace's own background work and its visitors are there to mend things."""
    seen, since = None, time.monotonic()
    while (now := states(operator)["elasticsearch"]) != ("đang trả lời", 0):
        if now != seen:
            seen, since = now, time.monotonic()
        if time.monotonic() - since > QUIET_SECONDS:
            return False
        time.sleep(2)
    return True


def control(verb: str) -> None:
    subprocess.run(["bash", CONTROL, verb], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)


def manage(environment: dict[str, str], command: str) -> None:
    """Fails when the command does: ``search_compare`` does when an index differs from the database."""
    done = subprocess.run(
        [sys.executable, "manage.py", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

"""Our shop beside a stock django-oscar shop, in one run whose measurements alternate.

    make bench-shop                              1,100 goods on SQLite; with ARGS="--write shop" into docs/scale.md
    python -m bench.shop --products 100000
    DATABASE_URL=postgres://…/postgres python -m bench.shop     makes and drops two databases on that server

Both are served by gunicorn, one after the other being asked the same. What is measured: docs/scale.md.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from bench.pages import put
from bench.shop.shops import Ours, Stock, of_different_sellers
from bench.shop.visiting import Cost, Visitor

Shop = Ours | Stock
SETTINGS = {"ours": "marketplace.settings.development", "stock": "bench.shop.stock_settings"}
ROOT = Path(__file__).resolve().parents[2]
SELLERS = 10
BUYERS = 8
WORKERS = 2


class Site:
    """One shop: its data, its server and its port."""

    def __init__(self, name: str, folder: Path, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.name, self.folder = name, folder
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": SETTINGS[name],
            "BENCH_SHOP_FOLDER": str(folder),
            "BENCH_SHOP_DATABASE_URL": database if name == "stock" else "",
            "DATABASE_URL": database if name == "ours" else "",
            "VAR_DIR": str(folder / "var"),
            "LOAD_DEMO": "0",
            "LOG_LEVEL": "ERROR",
        }

    def run(self, *command: str) -> None:
        subprocess.run([sys.executable, *command], env=self.environment, cwd=ROOT, check=True, stdout=sys.stderr)

    @contextlib.contextmanager
    def served(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", str(WORKERS), "--threads", "4", "--keep-alive", "30", "bench.shop.served:application"]
        with subprocess.Popen(command, env=self.environment, cwd=ROOT) as server:
            try:
                _wait_for(self.port)
                yield server
            finally:
                server.terminate()

    def megabytes(self, server: subprocess.Popen[bytes]) -> int:
        """Of the largest worker now."""
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="utf-8").split()
        return max(_resident(pid) for pid in children)


def _resident(pid: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def _wait_for(port: int) -> None:
    for _try in range(600):
        with contextlib.suppress(OSError):
            Visitor(port).get("/")
            return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _middle(costs: list[Cost]) -> Cost:
    names = ("queries", "clock", "work", "size", "requests")
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in names))


def of_pages(shops: list[tuple[Shop, Site]], rounds: int, *, basket: bool) -> dict[tuple[str, str], Cost]:
    """Each page of each shop in turn; with ``basket`` by a visitor who has put something into it."""
    found: dict[tuple[str, str], list[Cost]] = {}
    visitors = {shop.name: Visitor(site.port) for shop, site in shops}
    if basket:
        for shop, _site in shops:
            shop.add(visitors[shop.name], shop.goods[1])
    for number in range(rounds + 2):
        for page in shops[0][0].pages():
            for shop, _site in shops:
                visitor = visitors[shop.name]
                visitor.cost = Cost()
                visitor.get(shop.pages()[page])
                if number > 1:
                    found.setdefault((page, shop.name), []).append(visitor.cost)
                if not basket:
                    visitor.cookies.clear()
    return {key: _middle(costs) for key, costs in found.items()}


def of_ways(shops: list[tuple[Shop, Site]], rounds: int) -> dict[tuple[str, str], Cost]:
    """Adding to the basket, and whole checkouts of guests from one and from ten sellers."""
    found: dict[tuple[str, str], list[Cost]] = {}
    for number in range(rounds + 1):
        for sellers in (1, SELLERS):
            for shop, site in shops:
                visitor = Visitor(site.port)
                for listing in of_different_sellers(shop.goods, sellers):
                    visitor.cost = Cost()
                    shop.add(visitor, listing)
                    if number and sellers == 1:
                        found.setdefault(("page of a product, then into the basket", shop.name), []).append(
                            visitor.cost
                        )
                visitor.cost = Cost()
                shop.check_out(visitor)
                if number:
                    found.setdefault((f"checkout, {sellers} sellers", shop.name), []).append(visitor.cost)
    return {key: _middle(costs) for key, costs in found.items()}


def _count(job: Callable[[], None], seconds: float, counted: Any) -> None:
    ends, done = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        job()
        done += 1
    counted.put(done)


def _in_a_second(jobs: list[Callable[[], None]], seconds: float) -> float:
    """How often all of these together are done in a second, each in a process of its own."""
    context = multiprocessing.get_context("fork")
    counted = context.Queue()
    running = [context.Process(target=_count, args=(job, seconds, counted)) for job in jobs]
    for process in running:
        process.start()
    done = [counted.get(timeout=seconds * 10 + 60) for _process in running]
    return sum(done) / seconds


def requests_per_second(shop: Shop, site: Site, page: str, seconds: float, cookies: dict[str, str]) -> float:
    path = shop.pages()[page]
    visitors = [Visitor(site.port, cookies=dict(cookies)) for _client in range(4)]
    return _in_a_second([lambda v=visitor: v.raw(path) for visitor in visitors], seconds)  # type: ignore[misc]  # a default in a lambda


def orders_per_second(shop: Shop, site: Site, seconds: float) -> float:
    """Eight buyers at once, each of one listing of her own choice, from the product page to the order."""

    def buyer(number: int) -> Callable[[], None]:
        def order() -> None:
            visitor = Visitor(site.port)
            shop.add(visitor, shop.goods[number])
            shop.check_out(visitor)

        return order

    return _in_a_second([buyer(number) for number in range(BUYERS)], seconds)


def table(rows: list[tuple[str, ...]]) -> str:
    head = ("", "queries", "ms on the clock", "ms of work", "KB over the wire", "a second", "times stock")
    lines = [head, ("---", *(["---:"] * (len(head) - 1))), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _pair(ours: float, stock: float, form: str = ".0f") -> str:
    return f"{ours:{form}} / {stock:{form}}"


def measured(shops: list[tuple[Shop, Site]], arguments: argparse.Namespace) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for who, basket in (("with a basket", True), ("stranger", False)):
        costs = of_pages(shops, arguments.rounds, basket=basket)
        cookies = {shop.name: _cookies_of_a_basket(shop, site) if basket else {} for shop, site in shops}
        for page in shops[0][0].pages():
            ours, stock = costs[page, "ours"], costs[page, "stock"]
            rate = {
                shop.name: requests_per_second(shop, site, page, arguments.seconds, cookies[shop.name])
                for shop, site in shops
            }
            rows.append(_row(f"{page}, {who}", ours, stock, rate["ours"], rate["stock"]))
    ways = of_ways(shops, arguments.rounds)
    for way in dict.fromkeys(way for way, _shop in ways):
        ours, stock = ways[way, "ours"], ways[way, "stock"]
        rows.append(_row(way, ours, stock, 1000 / ours.work, 1000 / stock.work))
    orders = {shop.name: orders_per_second(shop, site, arguments.seconds * 3) for shop, site in shops}
    rows.append(
        (
            f"orders of {BUYERS} buyers at once",
            *[""] * 4,
            _pair(orders["ours"], orders["stock"], ".1f"),
            f"{orders['ours'] / orders['stock']:.1f}",
        )
    )
    return rows


def _row(name: str, ours: Cost, stock: Cost, our_rate: float, stock_rate: float) -> tuple[str, ...]:
    return (
        name,
        _pair(ours.queries, stock.queries),
        _pair(ours.clock, stock.clock, ".1f"),
        _pair(ours.work, stock.work, ".1f"),
        _pair(ours.size / 1000, stock.size / 1000, ".1f"),
        _pair(our_rate, stock_rate),
        f"{our_rate / stock_rate:.1f}",
    )


def _cookies_of_a_basket(shop: Shop, site: Site) -> dict[str, str]:
    visitor = Visitor(site.port)
    shop.add(visitor, shop.goods[1])
    return visitor.cookies


@contextlib.contextmanager
def databases(url: str) -> Iterator[dict[str, str]]:
    """A database for each shop on the server that ``url`` names, dropped in the end; files where it names none."""
    if not url.startswith("postgres"):
        yield dict.fromkeys(SETTINGS, "")
        return
    import psycopg

    named = {name: f"bench_shop_{name}" for name in SETTINGS}
    with psycopg.connect(url, autocommit=True) as server:
        for name in named.values():
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[call-overload]  # the name is ours
            server.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]  # the name is ours
        try:
            yield {shop: urlunsplit(urlsplit(url)._replace(path=f"/{name}")) for shop, name in named.items()}
        finally:
            for name in named.values():
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]  # the name is ours


def main() -> None:
    asked = argparse.ArgumentParser(description="Our shop beside a stock django-oscar shop.")
    asked.add_argument("--products", type=int, default=1_100)
    asked.add_argument("--rounds", type=int, default=15, help="how often each page and way is measured")
    asked.add_argument("--seconds", type=float, default=3, help="how long requests are counted")
    asked.add_argument("--write", metavar="MARK", help="put the table between these marks in docs/scale.md")
    asked.add_argument("--folder", type=Path, help="keep the data here, and use what is there")
    arguments = asked.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="bench-shop-"))
    url = os.environ.get("DATABASE_URL", "")
    try:
        with databases(url) as named:
            text = _run(arguments, folder, named, "postgresql" if any(named.values()) else "sqlite")
    finally:
        if not arguments.folder:
            shutil.rmtree(folder)
    print(text)
    if arguments.write:
        put(text, arguments.write)


def _run(arguments: argparse.Namespace, folder: Path, named: dict[str, str], database: str) -> str:
    sites = {name: Site(name, folder / name, named[name]) for name in SETTINGS}
    goods = folder / "goods.json"
    if not goods.exists():
        for site in sites.values():
            (site.folder / "var").mkdir(parents=True, exist_ok=True)
        sites["ours"].run("manage.py", "load_demo_full", "--scale", "100", "--products", str(arguments.products))
        for site in sites.values():
            site.run("-m", "bench.shop.goods", str(goods))
    sites["ours"].run("manage.py", "migrate", "--verbosity", "0")  # a folder that was kept may be older than the code
    given = json.loads(goods.read_text(encoding="utf-8"))
    shops: dict[str, Shop] = {
        "ours": Ours(given["listings"], given["categories"], given["commune"]),
        "stock": Stock(given["listings"], given["categories"]),
    }
    with sites["ours"].served() as our_server, sites["stock"].served() as stock_server:
        rows = measured([(shops[name], sites[name]) for name in SETTINGS], arguments)
        memory = _pair(sites["ours"].megabytes(our_server), sites["stock"].megabytes(stock_server))
    rows.append(("MB of memory, the larger of both processes, after all that", *[""] * 4, memory, ""))
    head = (
        f"{len(given['listings']):,} goods of {len({row['seller'] for row in given['listings']}):,} sellers, "
        f"{database}, Python {platform.python_version()}, {os.cpu_count()} cores that the clients use too, "
        f"gunicorn with {WORKERS} processes of 4 threads. Each figure is ours / stock django-oscar 4.2.1, "
        "the middle of several."
    )
    return f"{head}\n\n{table(rows)}"


if __name__ == "__main__":
    main()

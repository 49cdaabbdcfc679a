"""The on-screen outbox: there in development, nowhere else."""

from __future__ import annotations

from datetime import timedelta

from messaging.services import send_message


def write(count: int, now) -> None:
    for number in range(count):
        send_message(
            phone="+84912345678",
            text=f"Tin số {number}.",
            key=f"test-{number}",
            now=now + timedelta(seconds=number),
        )


def test_newest_comes_first(client, db, now):
    write(2, now)
    page = client.get("/hop-tin/").content.decode()
    assert page.index("Tin số 1.") < page.index("Tin số 0.")


def test_outbox_is_not_found_where_it_is_not_shown(client, db, settings):
    settings.SHOW_OUTBOX = False
    assert client.get("/hop-tin/").status_code == 404


def test_long_outbox_comes_in_pages(client, db, now):
    write(21, now)
    assert "Tin số 0." not in client.get("/hop-tin/").content.decode()
    assert "Tin số 0." in client.get("/hop-tin/?page=2").content.decode()


def test_queries_do_not_grow_with_messages(client, db, now, django_assert_max_num_queries):
    write(25, now)
    with django_assert_max_num_queries(3):
        client.get("/hop-tin/")

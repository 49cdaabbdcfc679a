"""Wrong values stop the start and say how to mend them."""

from __future__ import annotations

import secrets

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from core import env


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (lambda: env.flag("THING", default=True), "yes", "write 1 for yes or 0 for no"),
        (lambda: env.integer("THING", 5, least=1, most=9), "0", "a whole number from 1 to 9"),
        (lambda: env.integer("THING", 5, least=1, most=9), "10", "a whole number from 1 to 9"),
        (lambda: env.integer("THING", 5), "1,5", "a whole number from 0"),
        (lambda: env.choice("THING", "a", ("a", "b")), "c", "choose one of a, b"),
        (lambda: env.address("THING", schemes=("redis", "rediss")), "localhost:6379", "redis://HOST or rediss://HOST"),
        (lambda: env.address("THING", schemes=("http",)), "http://", "write it as http://HOST"),
    ],
)
def test_wrong_value_names_the_setting_and_the_way_to_mend_it(monkeypatch, read, value, said):
    monkeypatch.setenv("THING", value)
    with pytest.raises(ImproperlyConfigured, match=said) as refusal:
        read()
    assert str(refusal.value).startswith("THING is ")


def test_password_in_an_address_is_not_shown(monkeypatch):
    monkeypatch.setenv("THING", "rediz://:hush@host")
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.address("THING", schemes=("redis",))
    assert "hush" not in str(refusal.value)


@pytest.mark.parametrize("value", ["", "   "])
def test_empty_value_counts_as_not_set(monkeypatch, value):
    monkeypatch.setenv("THING", value)
    assert env.text("THING", "default") == "default"
    assert env.flag("THING", default=True) is True
    assert env.integer("THING", 5) == 5
    assert env.names("THING", ("a",)) == ["a"]
    assert env.address("THING", schemes=("http",)) == ""


def test_list_is_written_with_commas(monkeypatch):
    monkeypatch.setenv("THING", " a.vn, b.vn ,,")
    assert env.names("THING") == ["a.vn", "b.vn"]


def test_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("hush\n")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "secret"))
    assert env.secret("THING") == "hush"
    monkeypatch.setenv("THING_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match=r"THING_FILE is .*gone.*cannot be read"):
        env.secret("THING")


def test_env_file_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    monkeypatch.delenv("ONE_THING", raising=False)
    monkeypatch.setenv("OTHER_THING", "environment")
    file = tmp_path / ".env"
    file.write_text("# a note\n\nONE_THING='in quotes'\nOTHER_THING=file\n")
    env.load_file(file)
    assert env.text("ONE_THING") == "in quotes"
    assert env.text("OTHER_THING") == "environment"
    monkeypatch.delenv("ONE_THING")


def test_env_file_with_a_broken_line_names_the_line(tmp_path):
    file = tmp_path / ".env"
    file.write_text("DEBUG=1\nSECRET_KEY hush\n")
    with pytest.raises(ImproperlyConfigured, match=r"\.env:2: write NAME=value"):
        env.load_file(file)


def test_random_keys_of_every_usual_form_are_taken():
    makers = (
        lambda: secrets.token_urlsafe(60),
        lambda: secrets.token_urlsafe(38),
        lambda: secrets.token_hex(32),
        lambda: secrets.token_hex(25),
        get_random_secret_key,
    )
    assert all(env.is_random(make()) for make in makers for _ in range(2000))

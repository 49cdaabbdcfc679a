"""Real services only: the start is refused on a default secret or an embedded engine."""

from django.core.exceptions import ImproperlyConfigured

from core import env
from marketplace import logs
from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import (
    ALLOWED_HOSTS,
    CELERY_TASK_ALWAYS_EAGER,
    DATABASES,
    ELASTICSEARCH_URL,
    LOG_LEVEL,
    MESSAGE_SENDER,
    REDIS_URL,
    SECRET_KEY,
    SECRET_KEY_FALLBACKS,
    SITE_URL,
    STORAGES,
)

_missing = [
    message
    for wrong, message in (
        (not env.is_random(SECRET_KEY), "SECRET_KEY: write 50 or more random characters"),
        (
            not all(map(env.is_random, SECRET_KEY_FALLBACKS)),
            "SECRET_KEY_FALLBACKS: take out what is shorter than 50 random characters, because it still opens links",
        ),
        ("*" in ALLOWED_HOSTS, "ALLOWED_HOSTS: name the hosts, or leave it empty for the one of SITE_URL"),
        (DATABASES["default"]["ENGINE"].endswith("sqlite3"), "DATABASE_URL: name a PostgreSQL database"),
        (not ELASTICSEARCH_URL, "ELASTICSEARCH_URL: name an Elasticsearch server"),
        (CELERY_TASK_ALWAYS_EAGER, "CELERY_BROKER_URL: name a message broker"),
        (not REDIS_URL, "REDIS_URL: name a Redis server for the cache"),
        (
            bool(STRIPE_SECRET_KEY) and not STRIPE_WEBHOOK_SECRET,
            "STRIPE_WEBHOOK_SECRET: write the signing secret of Stripe's webhook for /thanh-toan/stripe/",
        ),
        (MESSAGE_SENDER == "console", "MESSAGE_SENDER: write http, and name your gateway in MESSAGE_GATEWAY_URL"),
        (not SITE_URL.startswith("https://"), "SITE_URL: write the public address, starting with https://"),
    )
    if wrong
]
if _missing:
    raise ImproperlyConfigured("Production needs: " + "; ".join(_missing) + ". See .env.example.")

DEBUG = SHOW_OUTBOX = LOAD_DEMO = False
# How many proxies stand in front and write X-Forwarded-For: tries are counted by the address they saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 1, most=5)
CARD_GATEWAY = "stripe" if STRIPE_SECRET_KEY else ""  # never the pretend service
OSCAR_BASKET_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^health/", "^metrics$"]  # asked on this machine, without TLS
SECURE_HSTS_SECONDS = 31_536_000
# Whether subdomains have TLS, and whether browsers should know it beforehand, is said by whoever owns the domain.
# W003 looks for Django's form tokens by name; ours inherit them (core/csrf.py).
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
LOGGING = logs.configuration(LOG_LEVEL, logs.as_json())

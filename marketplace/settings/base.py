"""Settings common to every place we run; each outside service has one switch and an embedded default."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from core import env
from marketplace import logs
from marketplace.settings import databases
from marketplace.settings.accounts import *  # noqa: F403
from marketplace.settings.oscar import *  # noqa: F403
from marketplace.settings.oscar import OSCAR_APPS
from marketplace.settings.wagtail import *  # noqa: F403
from marketplace.settings.wagtail import WAGTAIL_APPS

django_stubs_ext.monkeypatch()  # Django's own classes take the type of their model: `ModelAdmin[Household]`

ROOT = Path(__file__).resolve().parents[2]
env.load_file(ROOT / ".env")
VAR = env.folder("VAR_DIR", ROOT / "var")

DEFAULT_SECRET_KEY = "for-development-only-never-in-production"  # noqa: S105
SECRET_KEY = env.secret("SECRET_KEY", DEFAULT_SECRET_KEY)
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")
DEBUG = False
HOST = env.text("HOST", "127.0.0.1")
PORT = env.integer("PORT", 8000, least=1, most=65535)
SITE_URL = env.origin("SITE_URL", f"http://{HOST}:{PORT}")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ("127.0.0.1", "localhost", str(urlsplit(SITE_URL).hostname)))
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https") else []
SITE_ID = 1

INSTALLED_APPS = [
    "core",
    "accounts",
    "messaging",
    "households",
    "onboarding",
    "onboarding.field",
    "content",
    "operations",
    "reporting",
    "catalog.certificates.apps.CertificatesConfig",
    "catalog.listing.apps.ListingConfig",
    "catalog.public_words.apps.PublicWordsConfig",
    "catalog.reviews.apps.BuyersReviewsConfig",
    "catalog.questions.apps.QuestionsConfig",
    "catalog.flags.apps.FlagsConfig",
    "catalog.storefront.apps.StorefrontConfig",
    "shop.payment.apps.PaymentConfig",
    "shop.shipping.apps.ShippingConfig",
    "shop.basket.apps.BasketConfig",
    "shop.checkout.apps.CheckoutConfig",
    "shop.reviewing.apps.ReviewingConfig",
    "shop.wishes.apps.WishesConfig",
    "marketplace.apps.MarketplaceConfig",
    *OSCAR_APPS,
    *WAGTAIL_APPS,
    "django_structlog",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # Without autodiscovery: only what search registers is there, so that no flag on a person opens Oscar's tables.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.flatpages",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.page_cache.PageCacheMiddleware",
    "marketplace.middleware.RequestLogMiddleware",
    "core.data_saver.DataSaverMiddleware",
    "marketplace.middleware.CompressionMiddleware",
    "marketplace.middleware.PagePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.language.LanguageMiddleware",
    "marketplace.middleware.BodyLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.csrf.OriginCsrfMiddleware",
    "core.middleware.ReadableRequestMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.UnsentFormsMiddleware",
    "accounts.middleware.StaffPagesMiddleware",
    "shop.basket.middleware.BasketMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "marketplace" / "templates", ROOT / "shop" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shop.basket.context.basket_count",
                "marketplace.context.no_token_for_everybody",
            ],
        },
    }
]

# `{{ form }}` and `as_field_group` give the markup of docs/design.md.
FORM_RENDERER = "core.forms.FormRenderer"

DATABASE_URL = env.secret("DATABASE_URL")
DATABASES = {
    "default": databases.from_url(DATABASE_URL) if DATABASE_URL else databases.sqlite(VAR / "marketplace.sqlite3")
}
# core.append_only registers and installs the triggers; pgtrigger patches neither models nor migrations.
PGTRIGGER_MODEL_META = PGTRIGGER_SCHEMA_EDITOR = PGTRIGGER_MIGRATIONS = PGTRIGGER_INSTALL_ON_MIGRATE = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Pages for everybody (docs/adr/0040), and beside them which generation of pages holds; of that every process must know,
# so that without a server it is a file.
PAGE_CACHE_SECONDS = 300
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
    "generations": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "generations",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
REDIS_URL = env.address("REDIS_URL", schemes=("redis", "rediss"))
if REDIS_URL:
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    CACHES = {name: {**redis, "KEY_PREFIX": "" if name == "default" else name} for name in CACHES}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.NotOurWordsValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "core.private_files.WholeFileSystemStorage"},
    # Never served: signed papers; photos as phones send them, until their place of taking is removed.
    "private": {
        "BACKEND": "core.private_files.PrivateFileSystemStorage",
        "OPTIONS": {"location": VAR / "private"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.uploads.SkippingUploadHandler",
]
# One form may send eight photos of some eight megabytes; each may have up to 30 MB (catalog/photos/reading.py).
MAX_BODY_BYTES = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Search: tantivy in a folder unless an Elasticsearch is named.
ELASTICSEARCH_URL = env.address("ELASTICSEARCH_URL", schemes=("http", "https"))
SEARCH_ENGINE = "elasticsearch" if ELASTICSEARCH_URL else "tantivy"
SEARCH_ENGINES = (SEARCH_ENGINE,) if SEARCH_ENGINE == "tantivy" else (SEARCH_ENGINE, "tantivy")  # the second stands by
SEARCH_FOLDER = VAR / "search"
SEARCH_INDEX_PREFIX = env.matching(
    "SEARCH_INDEX_PREFIX", "cho-nha-nong", pattern="[a-z0-9][a-z0-9_-]{0,60}", write="small letters, digits and hyphens"
)

# Background work: at once and in process, or through a broker when one is set.
CELERY_BROKER_URL = env.address("CELERY_BROKER_URL", schemes=("redis", "rediss", "amqp", "amqps"))
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL
CELERY_BROKER_URL = CELERY_BROKER_URL or "memory://localhost"  # tasks run at once still ask for a transport
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
HEAVY_WORK_APART = True  # without a broker: spreadsheets are made in a process of their own

# Cards: a pretend service, or Stripe when its key is set. STRIPE_API_BASE may name a stand-in such as stripe-mock.
STRIPE_SECRET_KEY = env.secret("STRIPE_SECRET_KEY", starts=("sk_", "rk_"))
STRIPE_WEBHOOK_SECRET = env.secret("STRIPE_WEBHOOK_SECRET", starts=("whsec_",))
STRIPE_API_BASE = env.address("STRIPE_API_BASE", "https://api.stripe.com", schemes=("http", "https"))
CARD_GATEWAY = "stripe" if STRIPE_SECRET_KEY else "pretend"

# Cash on delivery rests on the buyer's word. A phone that was proven in a browser counts there for a day: that is one
# visit to the market, and whoever uses a borrowed phone or a shop's computer next proves their own.
PROVEN_PHONE_HOURS = env.integer("PROVEN_PHONE_HOURS", 24, least=1, most=720)
# What a phone to which nothing was delivered yet may have under way in cash. A refused parcel costs its household the
# way there and back and a week of stock: the value bounds that loss, at some nine ordinary parts of an order (220,000
# dong in the demo). The quantity keeps cheap goods from being bought up whole.
CASH_LIMIT_DONG = env.integer("CASH_LIMIT_DONG", 2_000_000, least=1, most=50_000_000)
CASH_LIMIT_QUANTITY = env.integer("CASH_LIMIT_QUANTITY", 30, least=1, most=10_000)

# An order that its household leaves without an answer ends after so long: three days hold a weekend in the field and
# three daily reminders. Until then it keeps stock that others would buy.
ANSWER_WITHIN_HOURS = env.integer("ANSWER_WITHIN_HOURS", 72, least=24, most=720)

# A cancelled, declined, delivered or returned order can be taken back for so long. Until then the other side is not
# told and no money goes back, so that nothing depends on it: half an hour is long to notice a slip, and short to wait.
TAKE_BACK_MINUTES = env.integer("TAKE_BACK_MINUTES", 30, least=1, most=240)

# Messages to people: the console and an on-screen outbox, or a gateway that takes them by HTTP.
MESSAGE_SENDER = env.choice("MESSAGE_SENDER", "console", ("console", "http"))
MESSAGE_GATEWAY_URL = env.address("MESSAGE_GATEWAY_URL", schemes=("http", "https"))
MESSAGE_GATEWAY_TOKEN = env.secret("MESSAGE_GATEWAY_TOKEN")
SHOW_OUTBOX = False
CHECK_LOCK_ORDER = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Whoever brings one of these sees pages that are not for everybody: of a session, a message, a count, a basket.
PERSONAL_COOKIES = ("sessionid", "messages", "gio_hang_so", "oscar_open_basket", "noi_giao")

# Whether the first start of an empty checkout loads the demo province.
LOAD_DEMO = env.flag("LOAD_DEMO", default=True)

# An account counts as active when it did something in the period, or in this many days before its end if that is
# longer (docs/indicators.md).
ACTIVE_WINDOW_DAYS = env.integer("ACTIVE_WINDOW_DAYS", 90, least=1, most=366)
# A signed paper holds after this many hours unless somebody checked it before; the household may refuse it until then.
PAPER_WAIT = timedelta(hours=env.integer("PAPER_WAIT_HOURS", 72, least=1, most=720))
# After a household took an agreement back or refused a paper, it agrees only by code for this many days.
PAPER_PAUSE = timedelta(days=env.integer("PAPER_PAUSE_DAYS", 30, least=0, most=366))
# A volunteer's phone opens without signal for this many hours after it last heard from us: a day in a valley without
# signal, and no longer than a thief should have (docs/adr/0040).
FIELD_OFFLINE_HOURS = env.integer("FIELD_OFFLINE_HOURS", 24, least=1, most=168)
# Signing in on a volunteer's phone is remembered for this many days.
FIELD_SIGN_IN_DAYS = env.integer("FIELD_SIGN_IN_DAYS", 30, least=1, most=180)
# Photos are shrunk on the volunteer's phone to this many pixels on their long side, as JPEG of this quality. No page
# shows a wider picture, and a phone's photo of four megabytes becomes one of some 300 kilobytes.
FIELD_PHOTO_SIDE = env.integer("FIELD_PHOTO_SIDE", 1600, least=800, most=4000)
FIELD_PHOTO_QUALITY = env.integer("FIELD_PHOTO_QUALITY", 80, least=50, most=95)
# Files of reports are deleted after this many days; who asked for what stays known.
REPORT_KEEP_DAYS = env.integer("REPORT_KEEP_DAYS", 90, least=1, most=3660)
# Closed days of facts; below the private files, so that a backup holds them.
FACTS_ROOT = VAR / "private" / "facts"

# Who may read /metrics; where several processes leave their counts, which prometheus_client reads by this very name.
METRICS_ADDRESSES = env.networks("METRICS_ADDRESSES", ("127.0.0.1", "::1"))
PROMETHEUS_MULTIPROC_DIR = env.text("PROMETHEUS_MULTIPROC_DIR")

LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = logs.configuration(LOG_LEVEL, logs.text())
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # personal data; the proxy keeps addresses for as long as it must
DJANGO_STRUCTLOG_USER_ID_FIELD = ""  # would read the session on every page; audit rows say who did what
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

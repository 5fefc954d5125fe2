"""All settings, from the environment.

Without SECRET_KEY in the environment this is the *local* site: SQLite, localhost only,
a key kept in var/secret_key. With SECRET_KEY it is a *production* site, and whatever
would make it unsafe is refused at the start in a plain sentence.
"""

import base64
import datetime
import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

PRODUCTION = "SECRET_KEY" in os.environ
DEBUG = os.environ.get("DEBUG") == "1"


def _local_secret(name: str, fresh: str) -> str:
    """A secret of this machine's own, made once, readable by its owner only."""
    path = VAR_DIR / name
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(fresh)
    return path.read_text().strip()


def _listed(name: str) -> list[str]:
    """The comma separated values of a variable of the environment."""
    return [value.strip() for value in os.environ.get(name, "").split(",") if value.strip()]


def _required(name: str, why: str) -> str:
    """A variable without which a production site does not start."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is missing: {why}")
    return value


if PRODUCTION:
    SECRET_KEY = os.environ["SECRET_KEY"]
    SECRET_KEY_FALLBACKS = _listed("OLD_SECRET_KEYS")
    ALLOWED_HOSTS = _listed("ALLOWED_HOSTS")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("SECRET_KEY is too short: give at least 50 random characters.")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is empty: name the site's hosts, comma separated."
        )
    if DEBUG:
        raise ImproperlyConfigured("DEBUG=1 on a production site shows its secrets: take it away.")
    # Who answers for the site: in the footer and in every mail, as the law on e-mail asks.
    OPERATOR_NAME = _required("OPERATOR_NAME", "name who runs the site.")
    OPERATOR_ADDRESS = _required("OPERATOR_ADDRESS", "give the operator's postal address.")
    PRIVACY_OFFICER = _required("PRIVACY_OFFICER", "name who answers questions about privacy.")
    CONTACT_EMAIL = _required("CONTACT_EMAIL", "give the address to which people may write.")
    INVITATION_KEYS = _listed("INVITATION_KEYS")
    if not INVITATION_KEYS:
        raise ImproperlyConfigured(
            "INVITATION_KEYS is missing: docs/deploy.md says how to make a key for invitations."
        )
else:
    SECRET_KEY = _local_secret("secret_key", secrets.token_urlsafe(50))
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    OPERATOR_NAME = os.environ.get("OPERATOR_NAME", "")
    OPERATOR_ADDRESS = os.environ.get("OPERATOR_ADDRESS", "")
    PRIVACY_OFFICER = os.environ.get("PRIVACY_OFFICER", "")
    CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")
    INVITATION_KEYS = [
        _local_secret("invitation_key", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    ]

# Requests come over https unless the site says that its proxy speaks plain http to readers.
HTTPS = PRODUCTION and os.environ.get("HTTPS", "1") == "1"

INSTALLED_APPS = [
    "outreach.apps.OutreachConfig",
    "cop_directory.apps.DirectoryConfig",
    "resources.apps.LibraryConfig",
    "curation.apps.CurationConfig",
    "accounts.apps.AccountsConfig",
    "search.apps.SearchConfig",
    "taggit",
    "post_office",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.microsoft",
    "allauth.socialaccount.providers.openid_connect",
    "accounts.apps.BackRoomConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "accounts.even_time.EvenTime",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cop_directory.urls"
WSGI_APPLICATION = "cop_directory.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.contact.contact",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE, or sixteen writers spend their time on lock errors; FULL, or a commit can be lost.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
# Files that people attach. Nothing serves this folder but `resources/files/views.py`.
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR_DIR / "uploads")
FILE_UPLOAD_HANDLERS = ["curation.arriving.BoundedUpload"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FILES = 24

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

# Nothing inline and nothing from anywhere else: the browser itself keeps the promise.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Where mails lead: they are written where no request is at hand.
SITE_URL = os.environ.get("SITE_URL") or (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://localhost:8000"
)
# At night each public link is asked whether it still answers; a local copy leaves them alone.
ASK_LINKS = os.environ.get("ASK_LINKS", "1" if PRODUCTION else "0") == "1"
CSRF_FAILURE_VIEW = "cop_directory.errors.unsent"
# No other site learns where a reader comes from. Our own must: under "no-referrer" browsers send
# `Origin: null` with every form, and Django then refuses it as somebody else's.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Only for as long as the browser is open: whoever opens a form keeps nothing of it.
CSRF_COOKIE_AGE = None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if os.environ.get("BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A reader's address is no business of a log file; errors are.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_secrets": {"()": "cop_directory.logs.NoSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Mail --------------------------------------------------------------------------------------------

# Every mail is a row first, in the transaction of what caused it; `manage.py post` sends them.
EMAIL_BACKEND = "accounts.letters.Outbox"
DEFAULT_FROM_EMAIL = os.environ.get("FROM_EMAIL") or CONTACT_EMAIL or "site@localhost"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "0") == "1"
EMAIL_TIMEOUT = 20
POST_OFFICE: dict[str, Any] = {
    # A local site has no mail server: its mails are printed where `run.py` runs.
    "BACKENDS": {
        "default": os.environ.get("MAIL_BACKEND")
        or f"django.core.mail.backends.{'smtp' if PRODUCTION else 'console'}.EmailBackend"
    },
    "DEFAULT_PRIORITY": "medium",
    "LOG_LEVEL": 1,
    "MAX_RETRIES": 8,
    "RETRY_INTERVAL": datetime.timedelta(minutes=15),
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": ALLOWED_HOSTS[0].lstrip("."),
}

# Accounts ----------------------------------------------------------------------------------------

# One table of counters for all workers: a counter per process would multiply every limit.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "counters",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_pages"
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignIn",
    "request_login_code": "accounts.forms.RequestCode",
    "signup": "accounts.forms.SignUp",
    "add_email": "accounts.forms.ChangeAddress",
    "confirm_login_code": "accounts.forms.ConfirmSignIn",
    "confirm_email_verification_code": "accounts.forms.ConfirmAddress",
    "reauthenticate": "accounts.forms.Password",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
# A form to change the address would be there for new people only, and so give the others away.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# By address only. A limit by e-mail address is one that a stranger can use up for its owner: how
# many mails one address gets a day is counted in accounts/devices.py and accounts/adapter.py.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip", "confirm_email": None}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
SOCIALACCOUNT_ADAPTER = "accounts.adapter.ElsewhereAdapter"
MFA_ADAPTER = "accounts.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondStep",
    "reauthenticate": "accounts.forms.SecondStepAgain",
    "activate_totp": "accounts.forms.StartApp",
    "add_webauthn": "accounts.forms.AddPasskey",
    "signup_webauthn": "accounts.forms.FirstPasskey",
    "edit_webauthn": "accounts.forms.RenamePasskey",
}
MFA_TOTP_ISSUER = "CoP Directory"
MFA_TOTP_TOLERANCE = 1  # a code typed slowly, or a phone whose clock is half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("BEHIND_PROXY") == "1" else 0

# Sign-in with an account elsewhere: only what the environment configures is offered.
SOCIALACCOUNT_PROVIDERS: dict[str, dict] = {}
_ELSEWHERE = []
if os.environ.get("GOOGLE_CLIENT_ID"):
    SOCIALACCOUNT_PROVIDERS["google"] = {
        "APPS": [
            {
                "client_id": os.environ["GOOGLE_CLIENT_ID"],
                "secret": _required("GOOGLE_SECRET", "it belongs to GOOGLE_CLIENT_ID."),
            }
        ],
        "SCOPE": ["email"],
        "OAUTH_PKCE_ENABLED": True,
    }
    _ELSEWHERE.append("https://accounts.google.com")
if os.environ.get("MICROSOFT_CLIENT_ID"):
    SOCIALACCOUNT_PROVIDERS["microsoft"] = {
        "APPS": [
            {
                "client_id": os.environ["MICROSOFT_CLIENT_ID"],
                "secret": _required("MICROSOFT_SECRET", "it belongs to MICROSOFT_CLIENT_ID."),
                "settings": {"tenant": os.environ.get("MICROSOFT_TENANT", "organizations")},
            }
        ],
    }
    _ELSEWHERE.append("https://login.microsoftonline.com")
if os.environ.get("OIDC_URL"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("OIDC_NAME", "OpenID Connect"),
                "client_id": _required("OIDC_CLIENT_ID", "it belongs to OIDC_URL."),
                "secret": _required("OIDC_SECRET", "it belongs to OIDC_URL."),
                "settings": {"server_url": os.environ["OIDC_URL"]},
            }
        ],
        "OAUTH_PKCE_ENABLED": True,
    }
    _ELSEWHERE.append("https://" + os.environ["OIDC_URL"].split("/")[2])
# Browsers apply form-action to where a form is redirected as well.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += _ELSEWHERE

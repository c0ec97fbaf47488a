"""Django's settings, all from one typed object."""

from django.utils.csp import CSP

from torget.project.database import database
from torget.project.environment import environment

_env = environment()

SECRET_KEY = _env.key()
DEBUG = _env.debug
ALLOWED_HOSTS = _env.hosts
CSRF_TRUSTED_ORIGINS = _env.origins
TORGET = _env

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "torget.web",
    "torget.journal",
    "torget.organisation",
    "torget.channels",
    "torget.records",
    "torget.records.byhand",
    "torget.moderation",
    "torget.publishing",
    "torget.desk",
    "torget.project",
    "django.forms",  # last: the widgets of torget.web come before its own
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "torget.web.middleware.ToldErrors",
]
ROOT_URLCONF = "torget.project.urls"
WSGI_APPLICATION = "torget.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "torget.web.context.frame",
            ],
            "builtins": ["django.templatetags.static", "torget.web.templatetags.torget"],
        },
    }
]

# No ATOMIC_REQUESTS: on SQLite IMMEDIATE takes the write lock, also for a page that only reads.
DATABASES = {"default": database(_env.database_url, _env.data)}

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/logga-in/"

LANGUAGE_CODE = "sv"
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = _env.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "torget.web.assets.Storage"},
}
WHITENOISE_USE_FINDERS = True  # works before torget.web.assets.collect() has run
FORM_RENDERER = "torget.web.forms.Renderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# The menu asks these, by name, so that web need not know the modules above it.
TORGET_PERMISSIONS = "torget.organisation.permissions.today"  # (person) -> set of permissions
TORGET_WAITING = {  # URL name -> (person) -> rows that wait there, or how many
    "byhand:tasks": "torget.channels.selectors.steps_waiting",
    "moderation:queue": "torget.moderation.selectors.waiting_for",
}

# What a person last saw of a message: asked by channels, which lies below records.
TORGET_LAST_SEEN = "torget.records.byhand.seen.last_seen"  # (channel, remote id) -> Found

# A picture that is handed in stays in memory: unencrypted it never lies in a file.
FILE_UPLOAD_HANDLERS = ["torget.web.uploads.InMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 40_000_000  # of a whole form; what is larger is refused

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # the design system draws its small signs so
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _env.https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

"""All mail leaves through the outbox (`notifications`); this says by which road."""

from config import env

DEFAULT_FROM_EMAIL = env.MAIL_FROM
SERVER_EMAIL = env.MAIL_FROM
MAIL_DOMAIN = env.MAIL_DOMAIN
INCOMING_MAIL_SECRET = env.INCOMING_MAIL_SECRET

if env.ANYMAIL_BACKEND:
    EMAIL_BACKEND = env.ANYMAIL_BACKEND
elif env.EMAIL_URL:
    globals().update(env.env.email_url_config(env.EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = env.VAR_DIR / "mail"
EMAIL_TIMEOUT = 20

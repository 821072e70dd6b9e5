"""Cache, sessions and live updates: in process by default, Redis or Valkey by `REDIS_URL`."""

from config import env

REDIS_URL = env.REDIS_URL

if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "config.cache.PatientRedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "pl"},
    }
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}},
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60

DUE_WORK_IN_PROCESS = env.DUE_WORK_IN_PROCESS

# Pages for visitors are kept in front of everything (config/front), and what many pages need in each process
# (live/kept.py), but not while templates are being written.
KEEP_PAGES = not env.DEBUG

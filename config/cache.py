"""A Redis cache that treats an unreachable Redis as a miss, so pages stay up."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import TimeoutError as TooSlow

log = logging.getLogger(__name__)


class PatientRedisCache(RedisCache):
    """Reads answer `default` and writes are dropped while Redis is away; sessions still come from the database."""


def _patient(name: str, answer: Any) -> Any:
    def call(self: PatientRedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(RedisCache, name)(self, *args, **kwargs)
        except (Unreachable, TooSlow) as error:
            log.warning("Redis is unreachable, going on without the cache: %s", error)
            if name == "get":
                return kwargs.get("default", args[1] if len(args) > 1 else None)
            return answer

    return call


ANSWERS: dict[str, Any] = {
    "get": None,
    "get_many": {},
    "set": None,
    "set_many": [],
    "add": True,
    "touch": False,
    "delete": False,
    "delete_many": None,
    "has_key": False,
    "incr": 1,
}
"""What each call says while Redis is away."""

for _name, _answer in ANSWERS.items():
    setattr(PatientRedisCache, _name, _patient(_name, _answer))

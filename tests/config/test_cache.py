"""Without Redis the cache misses; it never raises."""

from config.cache import PatientRedisCache


def test_an_unreachable_redis_is_a_miss() -> None:
    cache = PatientRedisCache("redis://127.0.0.1:9/0", {})
    cache.set("key", 1)
    assert cache.get("key") is None
    assert cache.get("key", "default") == "default"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.delete("key") is False

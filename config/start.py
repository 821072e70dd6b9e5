"""What every start has in common: is the port free, are database and Redis there?"""

import socket

import redis
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.utils import Error


def port_is_free(host: str, port: int) -> None:
    """Stop with a sentence when something already listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} is in use ({error.strerror}). Stop what runs there, or choose another: "
                f"`make demo PORT={port + 1}`."
            ) from error


def surroundings_answer() -> None:
    """Stop with a sentence that names which of database and Redis does not answer, and how to put it right."""
    place = settings.DATABASES["default"]
    try:
        connection.ensure_connection()
    except Error as error:
        where = (
            f"{place.get('HOST') or 'localhost'}:{place.get('PORT') or 5432}" if place.get("HOST") else place["NAME"]
        )
        raise CommandError(
            f"The database at {where} does not answer: {str(error).splitlines()[0]}. Start it, or correct DATABASE_URL."
        ) from error
    if settings.REDIS_URL:
        try:
            redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3).ping()
        except redis.RedisError as error:
            raise CommandError(
                f"Redis does not answer: {error}. Start it, correct REDIS_URL, or remove it to run in one process."
            ) from error

"""What the production start runs."""

from config.management.commands.serve import Command
from config.settings.database import DATABASE_POOL


def test_sockets_run_on_the_light_protocol_without_compression() -> None:
    command = Command.commands(2)["sockets"]
    options = dict(zip(command[1:-1:2], command[2:-1:2], strict=True))
    assert (options["--ws"], options["--ws-per-message-deflate"]) == ("websockets-sansio", "false")


def test_pages_at_once_are_fewer_than_connections() -> None:
    command = Command.commands(2)["pages"]
    assert int(command[command.index("--blocking-threads") + 1]) < DATABASE_POOL

"""Settings in small files, each about one thing; `config/env.py` reads the surroundings."""

from config.settings.accounts import *  # noqa: F403
from config.settings.apps import *  # noqa: F403
from config.settings.database import *  # noqa: F403
from config.settings.files import *  # noqa: F403
from config.settings.live import *  # noqa: F403
from config.settings.logs import *  # noqa: F403
from config.settings.mail import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.wagtail import *  # noqa: F403
from config.settings.web import *  # noqa: F403

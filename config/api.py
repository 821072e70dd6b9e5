"""`/api/v1/`: the floors' routers under one description."""

from ninja import NinjaAPI

from community.api import router as groups
from forum.api import router as topics
from meetups.api import router as meetups

api = NinjaAPI(
    title="Pilot Light",
    version="1",
    description="Groups, meetups and topics, to read. What is not public is not here.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/groups", groups)
api.add_router("/topics", topics)
api.add_router("", meetups)

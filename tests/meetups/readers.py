"""Three readers of calendars that other people wrote; each answers {uid: (start, end)} in UTC."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

Instants = dict[str, tuple[datetime, datetime]]
SCRIPT = Path(__file__).parent / "ical" / "instants.mjs"


def by_icalendar(body: bytes) -> Instants:
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    return {str(each["UID"]): (each["DTSTART"].dt.astimezone(UTC), each["DTEND"].dt.astimezone(UTC)) for each in events}


def by_ical(body: bytes) -> Instants:
    events = IcsCalendarStream.calendar_from_ics(body.decode()).events
    return {str(each.uid): (each.dtstart.astimezone(UTC), each.dtend.astimezone(UTC)) for each in events}


class IcalJs:
    """ical.js (Thunderbird's reader), installed by npm into a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, *bodies: bytes) -> list[Instants]:
        files = [self.folder / f"{number}.ics" for number in range(len(bodies))]
        for file, body in zip(files, bodies, strict=True):
            file.write_bytes(body)
        told = subprocess.run(
            ["node", SCRIPT, self.folder, *files], check=True, capture_output=True, text=True, timeout=60
        )
        return [
            {uid: (datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)) for uid, start, end in events}
            for events in json.loads(told.stdout)
        ]


@pytest.fixture(scope="session")
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> IcalJs:
    if shutil.which("npm") is None:
        if os.environ.get("CI"):
            pytest.fail("CI reads every calendar with ical.js too: install npm.")
        pytest.skip("no npm here")
    folder = tmp_path_factory.mktemp("icaljs")
    (folder / "package.json").write_text('{"private": true}')
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", "ical.js@2.2"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        pytest.fail(f"npm could not install ical.js: {done.stderr[-500:]}")
    return IcalJs(folder)

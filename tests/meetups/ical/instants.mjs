// Reads calendars as ical.js does: `node instants.mjs <folder of ical.js> <file>…` prints [[uid, start, end], …] a file.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(`${folder}/node_modules/ical.js/dist/ical.js`));

const read = (file) => {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const instant = (time) => time.toUnixTime();
  const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
  const found = events.map((event) => [event.uid, instant(event.startDate), instant(event.endDate)]);
  ICAL.TimezoneService.reset();
  return found;
};
console.log(JSON.stringify(files.map(read)));

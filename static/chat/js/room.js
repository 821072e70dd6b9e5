// A room on an open page: live messages, words that are never lost, and a line that says when it is down.
import { live } from "../../live/js/live.js";
import { echo, failed, waits } from "./echo.js";
import { Here } from "./here.js";
import { mark, Marks } from "./marks.js";
import { arrange, merge, trim } from "./merge.js";
import { Outbox } from "./outbox.js";
import { PictureBox } from "./picture.js";

const room = document.getElementById("room");
const log = room.querySelector(".chat-log");
const form = room.querySelector(".chat-write");
const field = form?.elements.body;
const state = document.getElementById("chat-state");
const jump = room.querySelector(".chat-jump");
const blocked = new Set(room.dataset.blocked.split(" ").filter(Boolean));
const reader = { me: room.dataset.me, handle: room.dataset.handle, blocked, starred: new Set(room.dataset.starred.split(" ")) };
const outbox = new Outbox(room.dataset.stream, reader.me);
const POLL_MS = 10_000;
const NEAR_PX = 80;

let lines = log.querySelector(".chat-lines");
const isNewest = () => "newest" in lines.dataset;
// The log is laid out from its foot: 0 is the newest line.
const isAtFoot = () => Math.abs(log.scrollTop) < NEAR_PX;

function show(frame) {
  if (frame.type === "member.here") return here.hear(frame);
  if (frame.type === "questions.changed") return;
  if (frame.type === "room.changed") return notice("Those who look after this room have changed how it goes. Reload to see it.");
  if (!isNewest()) return;
  const stays = isAtFoot();
  const line = merge(lines, frame, reader);
  if (!line) return;
  outbox.drop(frame.key);
  here.said(frame.author);
  if (stays) trim(lines);
  arrange(lines, room.dataset.zone);
  if (stays || frame.author === Number(reader.me)) log.scrollTop = 0;
  else if (frame.type === "message.added") jump.hidden = false;
  markRead();
}

async function drawAfresh() {
  const answer = await fetch(`${room.dataset.here}?part=log`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return false;
  log.innerHTML = await answer.text();
  lines = log.querySelector(".chat-lines");
  for (const entry of outbox.waiting) echo(lines, entry, reader.me);
  markAll();
  arrange(lines, room.dataset.zone);
  stream.restart(Number(lines.dataset.seq));
  return true;
}

function markAll() {
  for (const line of lines.querySelectorAll(".said[data-number]")) mark(line, reader);
}

// What has been seen is told at most every two seconds.
let reading = 0;
function markRead() {
  if (reading || document.visibilityState !== "visible" || !isAtFoot()) return;
  reading = setTimeout(() => {
    reading = 0;
    const last = [...lines.querySelectorAll(".said[data-number]")].at(-1);
    if (last) stream.send("read", { seq: Number(last.dataset.number) }).catch(() => {});
  }, 2000);
}

// Sending: one after the other, each with a key of its own, so that a retry is the same message.
let isSending = false;
async function sendWaiting() {
  if (isSending) return;
  isSending = true;
  try {
    const tried = new Set();
    for (;;) {
      const entry = outbox.waiting.find(({ key }) => !tried.has(key));
      if (!entry || !(await sendOne(entry))) break;
      tried.add(entry.key);
    }
  } finally {
    isSending = false;
  }
}

async function sendOne(entry) {
  const line = echo(lines, entry, reader.me);
  if (line.classList.contains("said-failed")) return true;
  waits(line, "Sending…");
  try {
    const { message } = await stream.send("say", { body: entry.body, key: entry.key, answers: entry.answers ?? null });
    outbox.drop(entry.key);
    stream.hear(message);
    line.remove();
    return true;
  } catch (refusal) {
    if (refusal.code === "lost" || refusal.code === "not-joined") waits(line, "Kept here, sent when the line is back.");
    else if (refusal.retry_after) {
      waits(line, refusal.text);
      setTimeout(sendWaiting, refusal.retry_after * 1000 + 100);
    } else {
      failed(line, refusal.text, {
        again: () => (waits(line, "Sending…"), sendWaiting()),
        change: () => (takeBack(entry), line.remove()),
        drop: () => (outbox.drop(entry.key), line.remove()),
      });
      return true;
    }
    return false;
  }
}

function takeBack(entry) {
  outbox.drop(entry.key);
  field.value = field.value ? `${entry.body}\n${field.value}` : entry.body;
  outbox.draft = field.value;
  field.focus();
}

async function sayWithPicture() {
  const typed = field.value;
  if (!(await picture.send())) return;
  if (field.value === typed) field.value = "";
  outbox.draft = field.value;
  marks.answer(null);
  log.scrollTop = 0;
}

function say() {
  const body = field.value.trim();
  if (!body && !picture.isThere) return;
  if (!isNewest()) return form.submit();
  if (picture.isThere) return sayWithPicture();
  const entry = { key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`, body, answers: marks.answers, at: new Date().toISOString() };
  outbox.add(entry);
  marks.answer(null);
  echo(lines, entry, reader.me);
  arrange(lines, room.dataset.zone);
  field.value = "";
  log.scrollTop = 0;
  sendWaiting();
}

const SAYINGS = {
  open: () => "",
  connecting: ({ tries }) => (tries ? "Connecting again…" : ""),
  lost: ({ seconds }) => `The line is down. Keep writing: it stays here and is sent when the line is back. Trying again in ${seconds} second${seconds === 1 ? "" : "s"}.`,
  offline: () => "You are offline. Keep writing: it stays here and is sent when you are back, and you will miss nothing.",
  ended: () => "You have been signed out. What you wrote is kept here; sign in again to go on.",
  left: () => "This room is no longer yours to follow. What you wrote is kept here.",
};

function tell(name, detail = {}) {
  const text = SAYINGS[name](detail);
  if (state.textContent !== text) state.textContent = text;
  room.dataset.line = name;
}

function notice(text) {
  state.textContent = text;
  setTimeout(() => state.textContent === text && (state.textContent = ""), 10_000);
}

live.addEventListener("status", ({ detail }) => {
  const isSomebodyElse = detail.state === "open" && String(detail.member ?? "") !== reader.me;
  tell(isSomebodyElse ? "ended" : detail.state, detail);
});

const stream = live.join(room.dataset.stream, {
  after: Number(lines.dataset.seq),
  onFrame: show,
  onAfresh: drawAfresh,
  onJoined: () => {
    here.say();
    sendWaiting();
  },
  onLeft: () => tell(room.dataset.line === "ended" ? "ended" : "left"),
});

// Where no socket comes through, what came after is asked by ordinary requests.
setInterval(async () => {
  if (live.state !== "lost" || !isNewest()) return;
  const after = stream.clock.seq;
  const answer = await fetch(`${room.dataset.after}?seq=${after}`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { frames, upto, afresh } = await answer.json();
  if (afresh) drawAfresh();
  else stream.catchUp({ after, upto, frames });
}, POLL_MS);

const here = new Here(document.getElementById("chat-here"), stream, reader.me);
const picture = form ? new PictureBox(form, field) : null;
const marks = new Marks(log, form, stream, reader);
marks.onRefused = ({ text }) => notice(text);
markAll();

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    say();
  });
  field.addEventListener("input", () => {
    outbox.draft = field.value;
    here.writes();
  });
  field.value ||= outbox.draft;
  for (const entry of outbox.waiting) echo(lines, entry, reader.me);
}

jump.addEventListener("click", (event) => {
  if (!isNewest()) return;
  event.preventDefault();
  log.scrollTop = 0;
  jump.hidden = true;
  markRead();
});
log.addEventListener("scroll", () => {
  if (isNewest() && isAtFoot()) jump.hidden = true;
  else if (isNewest() && Math.abs(log.scrollTop) > log.clientHeight) jump.hidden = false;
  if (isAtFoot()) markRead();
}, { passive: true });

// Earlier pages are put above, without leaving.
log.addEventListener("click", async (event) => {
  const link = event.target.closest(".chat-earlier");
  if (!link) return;
  event.preventDefault();
  const answer = await fetch(`${link.href}&part=log`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  link.replaceWith(...holder.content.querySelector(".chat-lines").children);
  markAll();
  arrange(lines, room.dataset.zone);
});
markRead();

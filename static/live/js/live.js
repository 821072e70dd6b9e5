// The one socket of this tab (docs/reference/live-protocol.md): connects, keeps alive, comes back, and asks for what it missed.
//   const room = live.join("room:7", { after: 12, onFrame, onAfresh, onJoined, onLeft });
//   await room.send("say", { body, key });          throws { code, text, retry_after }
//   live.addEventListener("status", (event) => event.detail)    { state, seconds, member }
import { Clock } from "./clock.js";

const BEAT_MS = 25_000;
const ANSWER_MS = 10_000;
const GAP_MS = 300;
const AGAIN_MS = 3000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const CODES = { sessionEnded: 4001, tooMany: 4029 };

export const LOST = { code: "lost", text: "The line went down before the answer came.", retry_after: null };

class Stream {
  constructor(live, name, { after = null, ...handlers }) {
    Object.assign(this, { live, name, handlers, isJoined: false, gapTimer: 0, isAsking: false });
    this.clock = after === null ? null : new Clock(after);
  }

  // Another part of the page listens to the same stream: what is heard is for both.
  hearAlso(handlers) {
    for (const [name, also] of Object.entries(handlers)) {
      const first = this.handlers[name];
      this.handlers[name] = first ? (frame) => (first(frame), also(frame)) : also;
    }
    if (this.isJoined) handlers.onJoined?.();
    return this;
  }

  send(type, fields) {
    return this.live.ask({ type, stream: this.name, ...fields });
  }

  // The page was drawn anew from the rows, which were at `after`.
  restart(after) {
    this.clock = new Clock(after);
    return this.ask();
  }

  leave() {
    this.live.streams.delete(this.name);
    if (this.isJoined) this.live.ask({ type: "leave", stream: this.name }).catch(() => {});
  }

  hear(frame) {
    if (frame.type === "left") {
      this.live.streams.delete(this.name);
      this.handlers.onLeft?.(frame);
      return;
    }
    if (frame.type === "missed") return this.catchUp(frame);
    if (frame.type === "resync") return this.ask();
    this.handlers.onFrame?.(frame);
    if (this.clock && Number.isInteger(frame.seq) && this.clock.hear(frame.seq)) this.#mindTheGap();
  }

  // All that changed after a number, read from the rows by whoever noticed that it was missing here.
  catchUp({ after, upto, frames }) {
    for (const frame of frames) this.handlers.onFrame?.(frame);
    if (!this.clock) return;
    if (this.clock.seq >= after) this.clock.covered(upto);
    else if (this.clock.hear(upto)) this.#mindTheGap();
  }

  // Join, and join again: both answer all that happened after what was heard.
  async ask() {
    if (this.isAsking) return;
    this.isAsking = true;
    const clock = this.clock;
    try {
      const answer = await this.live.ask({ type: "join", stream: this.name, after: clock?.ask() ?? null });
      if (clock !== this.clock) return;
      this.isJoined = true;
      if (answer.afresh) return await this.#startAfresh();
      for (const frame of answer.frames ?? []) this.handlers.onFrame?.(frame);
      clock?.answered((answer.frames ?? []).map((frame) => frame.seq));
      this.handlers.onJoined?.();
    } catch (refusal) {
      if (refusal.code === "no-such-stream") this.hear({ type: "left", stream: this.name });
      else if (refusal.retry_after) setTimeout(() => this.ask(), refusal.retry_after * 1000);
      else if (refusal.code !== "lost") throw refusal;
    } finally {
      this.isAsking = false;
      if (clock !== this.clock) this.ask();
      else if (this.isJoined && this.clock?.hasGap) this.#mindTheGap();
    }
  }

  // Too much was missed: the page draws itself anew and calls `restart`. Until it has, nothing counts as heard.
  async #startAfresh() {
    const isDrawn = await this.handlers.onAfresh?.();
    if (isDrawn === false) setTimeout(() => this.ask(), AGAIN_MS);
  }

  #mindTheGap() {
    if (this.gapTimer || !this.isJoined) return;
    this.gapTimer = setTimeout(() => {
      this.gapTimer = 0;
      if (this.clock.hasGap) this.ask();
    }, GAP_MS);
  }
}

class Live extends EventTarget {
  streams = new Map();
  state = "closed";
  #socket = null;
  #tries = 0;
  #refs = 0;
  #waiting = new Map();
  #timer = 0;
  #beat = 0;

  constructor() {
    super();
    addEventListener("online", () => this.#connectNow());
    addEventListener("offline", () => this.#drop(true));
    addEventListener("pageshow", (event) => event.persisted && this.#connectNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.state === "open" ? this.#ping() : this.#connectNow();
    });
  }

  join(name, options) {
    if (this.streams.has(name)) return this.streams.get(name).hearAlso(options);
    const stream = new Stream(this, name, options);
    this.streams.set(name, stream);
    if (this.state === "open") stream.ask();
    else if (this.state === "closed") this.#connect();
    return stream;
  }

  // Send a frame and wait for the one that answers it.
  ask(frame) {
    if (this.state !== "open") return Promise.reject(LOST);
    const ref = String(++this.#refs);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#waiting.has(ref) && this.#drop(), ANSWER_MS);
      this.#waiting.set(ref, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ ...frame, ref }));
    });
  }

  #status(state, more = {}) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("status", { detail: { state, ...more } }));
  }

  #connect() {
    clearTimeout(this.#timer);
    if (this.state === "connecting" || this.state === "open") return;
    if (!navigator.onLine) return this.#status("offline");
    this.#status("connecting", { tries: this.#tries });
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`);
    this.#socket = socket;
    socket.addEventListener("message", (event) => socket === this.#socket && this.#hear(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => socket === this.#socket && this.#closed(event.code));
    this.#timer = setTimeout(() => this.#drop(), ANSWER_MS);
  }

  #connectNow() {
    if (this.state === "open" || this.state === "connecting" || !this.streams.size) return;
    this.#tries = 0;
    this.#connect();
  }

  #hear(frame) {
    if (frame.type === "hello") {
      clearTimeout(this.#timer);
      this.#tries = 0;
      this.#status("open", { member: frame.member });
      this.#beat = setInterval(() => this.#ping(), BEAT_MS);
      for (const stream of this.streams.values()) stream.ask();
      return;
    }
    if (frame.type === "resync" && !frame.stream) {
      for (const stream of this.streams.values()) stream.ask();
      return;
    }
    const waiting = frame.ref && this.#waiting.get(frame.ref);
    if (waiting) {
      clearTimeout(waiting.timer);
      this.#waiting.delete(frame.ref);
      frame.type === "refused" ? waiting.reject(frame) : waiting.resolve(frame);
      return;
    }
    this.streams.get(frame.stream)?.hear(frame);
  }

  #ping() {
    this.ask({ type: "ping" }).catch(() => {});
  }

  // Do not wait for a line that is gone to notice it.
  #drop(isOffline = false) {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#closed(0, isOffline);
  }

  #closed(code, isOffline = false) {
    clearInterval(this.#beat);
    clearTimeout(this.#timer);
    this.#socket = null;
    for (const stream of this.streams.values()) stream.isJoined = false;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(LOST);
    }
    this.#waiting.clear();
    if (isOffline || !navigator.onLine) return this.#status("offline");
    const longest = code === CODES.tooMany ? 2 * LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries);
    const wait = longest * (0.5 + Math.random() / 2);
    this.#tries += 1;
    this.#status(code === CODES.sessionEnded ? "ended" : "lost", { seconds: Math.ceil(wait / 1000), tries: this.#tries });
    this.#timer = setTimeout(() => this.#connect(), wait);
  }
}

// However often the module is loaded, a tab has one socket.
export const live = (window.pilotlightLive ??= new Live());

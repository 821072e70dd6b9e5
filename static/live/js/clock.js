// How far a page has heard a stream that counts: frames may come late, twice or not at all, and the clock says what is missing.
// The rule, free of sockets and timers, so that it can be tried with thousands of unlucky orders.
export class Clock {
  constructor(seq) {
    this.seq = seq; // everything up to here was heard
    this.early = new Set(); // heard ahead of a gap
    this.asked = seq;
  }

  // A frame came; it may be shown at once, whatever the order. Answers whether something before it is missing.
  hear(seq) {
    if (seq > this.seq) this.early.add(seq);
    this.#close();
    return this.hasGap;
  }

  get hasGap() {
    return this.early.size > 0;
  }

  // "What came after?" is asked now: the answer will hold everything numbered up to the newest frame heard so far,
  // save what a later change has replaced.
  ask() {
    this.asked = Math.max(this.seq, ...this.early);
    return this.seq;
  }

  // The whole answer came, with the numbers of its frames.
  answered(seqs) {
    this.covered(Math.max(this.asked, ...seqs));
  }

  // Everything up to a number is known to have been heard.
  covered(seq) {
    this.seq = Math.max(this.seq, seq);
    for (const seq of this.early) if (seq <= this.seq) this.early.delete(seq);
    this.#close();
  }

  #close() {
    while (this.early.delete(this.seq + 1)) this.seq += 1;
  }
}

// The authors' streams (docs/format.md section 11, step 7): every key's submissions in order, without gaps; what
// was seen; what was voided; and that a retired key's stream ended where its retirement says.

import { toHex } from "./bytes.js";
import { shown } from "./values.js";

const ZEROS = "0".repeat(64);

export class Streams {
  constructor(report) {
    this.report = report;
    this.keys = new Map(); // key → {count, last, seen, doubtful}
    this.digests = new Map(); // submission digest → entry
    this.voided = new Map(); // digest → entry that voids it
    this.unread = 0; // entries whose authors are not known
  }

  // An entry that could not be read: any stream may have gone on in it.
  skip() {
    this.unread++;
  }

  // `rootAt(size)`: the tree's root then, null where it cannot be reckoned.
  take(value, digest, rootAt) {
    const { index } = value;
    const { author, seen, events } = value.submission;
    const stream = this.keys.get(author.key) ?? { count: 0, last: ZEROS, seen: 0, unread: 0 };
    this.judgePlace(index, author, stream);
    if (seen !== undefined) this.judgeSeen(index, seen, stream, rootAt);
    for (const { type, data } of events) if (type === "key_retired") this.judgeRetired(index, data);
    if (author.voids !== undefined) this.noteVoid(index, author.voids);
    if (!this.digests.has(digest)) this.digests.set(digest, index);
    this.keys.set(author.key, { ...stream, count: author.sequence + 1, last: digest, unread: this.unread });
  }

  judgePlace(index, author, stream) {
    if (author.sequence === stream.count && author.previous === stream.last) return;
    if (stream.unread < this.unread && author.sequence > stream.count) {
      this.report.leave("author_streams", "entries that could not be read may hold what a stream lacks");
      return;
    }
    const [what, expected, actual] = author.sequence !== stream.count
      ? ["the author's submissions are not numbered without gaps", String(stream.count), String(author.sequence)]
      : ["previous is not the hash of the author's submission before", stream.last, author.previous];
    this.report.object("author_streams", index, what, { expected, actual });
  }

  judgeSeen(index, seen, stream, rootAt) {
    if (seen.size > index || seen.size < stream.seen) {
      this.report.object("author_streams", index, "what its author had seen is out of order",
        { expected: `${stream.seen} to ${index}`, actual: String(seen.size) });
      return;
    }
    stream.seen = seen.size;
    const root = rootAt(seen.size);
    if (root === null) this.report.leave("author_streams", "the root that an author saw cannot be reckoned without the entries before it");
    else if (toHex(root) !== seen.root) {
      this.report.object("author_streams", index, "the log never had the root that its author saw",
        { expected: toHex(root), actual: seen.root });
    }
  }

  judgeRetired(index, data) {
    const stream = this.keys.get(data.key) ?? { count: 0, last: ZEROS, unread: 0 };
    const agrees = data.last_hash === stream.last && (stream.count === 0 || data.last_sequence === stream.count - 1);
    if (agrees) return;
    if (stream.unread < this.unread) this.report.leave("author_streams", "a retired key may have signed entries that could not be read");
    else this.report.object("author_streams", index, "the retirement of a key names another last submission",
      { expected: stream.last, actual: shown(data.last_hash) });
  }

  noteVoid(index, digest) {
    if (this.voided.has(digest)) this.report.object("author_streams", index, "it voids what another entry voids already");
    else this.voided.set(digest, index);
  }

  finish() {
    for (const [digest, index] of this.voided) {
      if (this.digests.has(digest)) {
        this.report.object("author_streams", index, `it voids a submission that stands in entry ${this.digests.get(digest)}`);
      }
    }
  }
}

// What rests on keys that were revoked as compromised (docs/format.md section 11, after the steps).

export class Taint {
  constructor() {
    this.signed = new Map(); // key → [[entry, recorded_at]]
  }

  take(value) {
    const { key } = value.submission.author;
    if (!this.signed.has(key)) this.signed.set(key, []);
    this.signed.get(key).push([value.index, value.recorded_at]);
  }

  // [{key, since, entries, resting}] of every revocation that names a time.
  listed(register) {
    return register.revoked.filter(({ since }) => since !== undefined).map(({ key, since }) => {
      const entries = (this.signed.get(key) ?? []).filter(([, at]) => at >= since).map(([index]) => index);
      return { key, since, entries, resting: restingOn(register, new Set(entries)) };
    });
  }
}

function restingOn(register, entries) {
  const isIn = (address) => entries.has(Number(address.split(".")[0]));
  const resting = [];
  for (const { id, type, voices } of register.waiting.values()) {
    if (isIn(id)) resting.push(`${type.name} ${id}`);
    else if (voices.some(isIn)) resting.push(`${type.name} ${id}, by its endorsement`);
  }
  for (const [key, { registered }] of register.keys) if (entries.has(registered)) resting.push(`the registration of key ${key}`);
  return resting;
}

// Planned entries, documents and positions on the phase board (docs/folds.md section 3).

import { at } from "./fold_values.js";

function version(fold, data, name) {
  const found = fold.board.documents.get(data.document)?.get(name);
  if (found === undefined) fold.unplaced();
  return found;
}

export const PLAN = {
  planned_entry_declared(fold, data) {
    const { planned_entries: entries } = fold.board;
    if (entries.has(data.planned_entry)) return fold.unplaced();
    return entries.set(data.planned_entry, { amendments: [], category: data.category, declared: fold.mark, dmc: data.dmc, groups: data.groups,
      release: data.release, required_kinds: data.required_kinds, smso: data.smso, target_date: data.target_date });
  },
  planned_entry_amended(fold, data) {
    const entry = fold.board.planned_entries.get(data.planned_entry);
    if (entry === undefined) return fold.unplaced();
    entry.amendments.push(fold.id);
    for (const name of ["groups", "required_kinds", "target_date"]) if (data[name] !== undefined) entry[name] = data[name];
    return undefined;
  },
  planned_entry_withdrawn(fold, data) {
    const entry = fold.board.planned_entries.get(data.planned_entry);
    if (entry === undefined) return fold.unplaced();
    if (entry.withdrawn !== undefined) return undefined;
    entry.withdrawn = fold.mark;
    entry.withdrawal_reason = data.reason;
    for (const phase of fold.board.phases.values()) {
      const within = phase.entries.get(data.planned_entry);
      if (within !== undefined && within.state !== "COMPLETED") within.state = "WITHDRAWN";
    }
    return undefined;
  },
  document_registered(fold, data) {
    const versions = at(fold.board.documents, data.document, () => new Map());
    if (versions.has(data.version)) return fold.unplaced();
    return versions.set(data.version, { covers: data.covers, digest: data.digest, presented: [], published: [], registered: fold.mark,
      title: data.title, type: data.document_type });
  },
  document_presented(fold, data) {
    version(fold, data, data.version)?.presented.push({ date: data.date, mark: fold.mark, meeting: data.meeting });
  },
  document_published(fold, data) {
    version(fold, data, data.version)?.published.push({ date: data.date, mark: fold.mark, url: data.url });
  },
  document_superseded(fold, data) {
    const found = version(fold, data, data.old_version);
    if (found !== undefined) found.superseded = { mark: fold.mark, new_version: data.new_version, reason: data.reason };
  },
  tag_position_recorded(fold, data) {
    const key = data.version === undefined ? { about: data.about } : { about: data.about, version: data.version };
    const position = fold.board.positions.at(key, () => ({ times: 0 }));
    Object.assign(position, { conditions: data.conditions, dissents: data.dissent.length, mark: fold.mark, meeting: data.meeting,
      minutes: data.minutes, position: data.position, seen_size: fold.seenSize });
    position.times++;
  },
};

// The rules of annex B that concern one event alone, by their sentences. Each says whether the data keep to it.

import { aSubject, aTime } from "./values.js";
import { fromBase64, compareText, toUtf8 } from "./bytes.js";
import { sha256Hex } from "./sha256.js";
import { isObject } from "./canonical.js";
import { textOf } from "./entry.js";
import { valuesOf } from "./annex.js";
import { refusalOf } from "./refused.js";

const some = (name) => (data) => data[name].length > 0;
const holds = (check) => refusalOf(check) === null;
const isDate = (text) => holds(() => aTime(`${text}T00:00:00.000000Z`));
const dates = (name) => (data) => valuesOf(data, name).every(isDate);
const isSubject = (data) => holds(() => aSubject(data.about));
const rising = (list, compare) => list.every((value, i) => i === 0 || compare(list[i - 1], value) < 0);
const byText = (list, name) => rising(list.map((element) => element[name]), compareText);
const byNumber = (list) => rising(list, (a, b) => a - b);
const percent = (value) => value === undefined || value <= 100;

function keyIds(data) {
  if (Array.isArray(data)) return data.every(keyIds);
  if (!isObject(data)) return true;
  if (data.public_key !== undefined && sha256Hex(fromBase64(data.public_key)) !== data.key) return false;
  return Object.values(data).every(keyIds);
}

function addsUp({ counts }) {
  return counts.cases === counts.passed + counts.failed + counts.errors + counts.skipped;
}

const STANDINGS = ["blocked", "error", "failed", "not_completed", "not_run", "passed", "running", "skipped", "stale", "waived"];
const sumOf = (count) => STANDINGS.reduce((sum, standing) => sum + count[standing], 0);

const severities = (data) => [data.severity, data.from_severity, data.to_severity].every(
  (severity) => severity === undefined || (severity >= 1 && severity <= 5));

const ONE_EVENT = {
  "a key id is the SHA-256 of the DER public key": keyIds,
  "root keys are listed in ascending order of their ids, each once": (d) => byText(d.roots, "key"),
  "the root threshold lies between 1 and the number of root parties":
    (d) => d.root_threshold >= 1 && d.root_threshold <= new Set(d.roots.map((root) => root.party)).size,
  "the next log key must be another key than the log key": (d) => d.next_log_key !== d.log_key.key,
  "a party needs a name": some("name"),
  "valid_to must lie after valid_from": (d) => d.valid_from < d.valid_to,
  "a DMC names at least one device model": some("device_models"),
  "a planned entry requires at least one kind of test": (d) => d.required_kinds === undefined || d.required_kinds.length > 0,
  "a version cannot supersede itself": (d) => (d.old_version ?? null) !== (d.new_version ?? null),
  "about is a subject, like phase/MOC-MDS-SIT-01": isSubject,
  "about is a subject, like run/R-0007": isSubject,
  "a phase is planned for at least one planned entry": some("planned_entries"),
  "a scope has at least one item": (d) => d.item_count > 0,
  "an environment has at least one component": some("components"),
  "a decision names the planned entries it is about": some("planned_entries"),
  "the step names the planned entries it is about": some("planned_entries"),
  "a cut-off names the planned entries it is about": some("planned_entries"),
  "attempts count from 1": (d) => d.attempt >= 1,
  "a run cannot end before it started": (d) => d.started_at <= d.ended_at,
  "the counts of an import add up to its results": (d) => addsUp(d) && d.counts.cases === d.result_count,
  "a gap ends where it begins, or later": (d) => d.from_counter <= d.to_counter,
  "digest_sha512 is 128 lower-case hexadecimal digits": (d) => /^[0-9a-f]{128}$/.test(d.digest_sha512),
  "say why the evidence is not there": some("reason"),
  "an erasure names its legal basis": some("legal_basis"),
  "a change of severity changes it": (d) => d.from_severity !== d.to_severity,
  "a fix names its build": some("build"),
  "an issue cannot be a duplicate of itself": (d) => d.issue !== d.of,
  "a retest is one run or one imported result": (d) => (d.run === undefined) !== (d.result === undefined),
  "a clause's status names its source": some("source"),
  "a DMC is proposed for at least one kind of test": some("kinds"),
  "a DMC is selected for at least one kind of test": some("kinds"),
  "a consultation names whom it asks": some("audiences"),
  "a consultation closes after it opens": (d) => d.opens_at < d.closes_at,
  "a response says something, publicly or not":
    (d) => d.summary !== undefined || d.document !== undefined || d.confidential !== undefined,
  "a DMC cannot be substituted by itself": (d) => d.old_dmc !== d.new_dmc,
  "an appeal needs its grounds": some("grounds"),
  "an impact assessment names the changes that it is about": some("changes"),
  "a regression cycle counts for at least one kind of test": some("kinds"),
  "a regression cycle has at least one item": (d) => d.item_count > 0,
  "a regression cycle names the changes that it answers": some("triggers"),
  "a completion report names its phases and planned entries": (d) => d.phases.length > 0 && d.planned_entries.length > 0,
  "an audit report names the phases that it is about": some("phases"),
  "an attestation states at least one digest": some("digests"),
  "a cosignature names its witness": some("witness"),
  "an anchor says where it can be found": some("reference"),
  "a correction names its field and its reason": (d) => d.field !== "" && d.reason !== "",
  "policies names at least one policy": (d) => d.policies === undefined || Object.keys(d.policies).length > 0,
  "criteria names at least one criterion": (d) => d.criteria === undefined || d.criteria.length > 0,
  "item_count and root go together": (d) => (d.item_count === undefined) === (d.root === undefined),
  "counts are of planned entries that the evaluation is about, in ascending order, each once": (d) => d.counts === undefined ||
    (byText(d.counts, "planned_entry") && d.counts.every((count) => d.planned_entries.includes(count.planned_entry))),
  "the counts of a planned entry add up to its items":
    (d) => d.counts === undefined || d.counts.every((count) => sumOf(count) === count.items),
  "a correction changes something": (d) => d.old_value !== d.new_value,
  "an attestation of the clock names its source": some("source"),
  "severity lies between 1 and 5": (d) => severities(d) && (d.body === undefined || levelsOf(d.body).every((s) => s >= 1 && s <= 5)),
};

for (const what of ["a revocation", "a clock reset", "a dissent", "an amendment", "a change of scope", "this step",
  "an invalidation", "a waiver", "a change of severity", "a change of the affected entries", "a reopening",
  "a supersession", "a removal", "a de-selection", "a determination", "an impact assessment",
  "a change of a work-off item"]) {
  ONE_EVENT[`${what} needs a reason`] = some("reason");
}
for (const [name, like] of [["target_date", "2019-11-22"], ["date", "2019-10-09"], ["date", "2019-11-22"],
  ["due", "2019-11-29"], ["effective_on", "2019-08-29"], ["date_first_added", "2019-11-22"],
  ["target", "2019-12-20"], ["expires_on", "2019-12-20"]]) {
  ONE_EVENT[`${name} is a date like ${like}`] = dates(name);
}

// Every severity that a policy's body names.
function levelsOf(body) {
  const lists = [body.entry?.open_severities_barred, body.severity_taxonomy?.severities_not_deferred,
    body.threshold?.work_off_severities, body.import_mapping?.severities.map((s) => s.to),
    body.threshold && [body.threshold.untriaged_counts_as]];
  const limits = (body.threshold?.parts ?? []).flatMap((part) => part.limits.flatMap((limit) => limit.severities));
  return [...lists.flatMap((list) => list ?? []), ...limits];
}

const criteria = (body) => [body.entry, body.exit].filter((kind) => kind !== undefined).map((kind) => kind.criteria);
const parts = (body) => body.threshold?.parts ?? [];
const limits = (body) => parts(body).flatMap((part) => part.limits);
const eachTwoLimits = (body, check) => parts(body).every((part) =>
  part.limits.every((one) => part.limits.every((other) => one === other || check(one, other))));
const routes = (body) => body.dmc_selection?.substitution_routes ?? [];
const approvals = (body) => body.approval?.rules ?? [];
const quorums = (body) => body.approval?.quorums ?? [];

const OF_A_POLICY = {
  "body: a policy is of exactly one kind": (b) => Object.keys(b).length === 1,
  "quorums are listed by body, each once":
    (b) => byNumber(quorums(b).map((quorum) => ["TAG", "PANEL", "SOS"].indexOf(quorum.body))),
  "roles: a quorum names the roles of its members": (b) => quorums(b).every((quorum) => quorum.roles.length > 0),
  "endorsing_parties exceeds present_parties":
    (b) => quorums(b).every((quorum) => quorum.endorsing_parties <= quorum.present_parties),
  "an approval rule asks for a body, for roles, or for independence":
    (b) => approvals(b).every((rule) => rule.body !== undefined || rule.roles.length > 0 || rule.independent),
  "positions: a rule that asks for a body says which of its positions are a yes":
    (b) => approvals(b).every((rule) => rule.body === undefined || rule.positions.length > 0),
  "from and until are dates, in this order":
    (b) => b.calendar === undefined || (isDate(b.calendar.from) && isDate(b.calendar.until) && b.calendar.from <= b.calendar.until),
  "holidays are listed by date, each once": (b) => b.calendar === undefined || byText(b.calendar.holidays, "date"),
  "a holiday is a date between from and until": (b) => (b.calendar?.holidays ?? []).every(
    ({ date }) => isDate(date) && b.calendar.from <= date && date <= b.calendar.until),
  "substitution_routes are listed in ascending order, each once": (b) => byText(routes(b), "route"),
  'route: "default" is the default route': (b) => routes(b).every((route) => route.route !== "default"),
  "steps: a route has at least one step": (b) => routes(b).every((route) => route.steps.length > 0),
  "criteria: a policy names at least one criterion": (b) => criteria(b).every((list) => list.length > 0),
  "criteria are listed in ascending order, each once": (b) => criteria(b).every((list) => byText(list, "criterion")),
  "executed_percent_min lies between 0 and 100": (b) => percent(b.exit?.executed_percent_min),
  "passed_percent_min lies between 0 and 100": (b) => percent(b.exit?.passed_percent_min),
  "passed_percent_min exceeds executed_percent_min: what is not executed cannot pass":
    (b) => !(b.exit?.passed_percent_min > (b.exit?.executed_percent_min ?? Infinity)),
  'severities are listed in ascending order of "from", each once':
    (b) => b.import_mapping === undefined || byText(b.import_mapping.severities, "from"),
  "levels: every severity from 1 to 5, in this order": (b) => b.severity_taxonomy === undefined ||
    b.severity_taxonomy.levels.map((level) => level.severity).join() === "1,2,3,4,5",
  "parts: a threshold policy has at least one part": (b) => b.threshold === undefined || parts(b).length > 0,
  "parts are listed in ascending order of their names, each once": (b) => byText(parts(b), "part"),
  "limits: a part has at least one limit": (b) => parts(b).every((part) => part.limits.length > 0),
  "severities: a limit names at least one severity": (b) => limits(b).every((limit) => limit.severities.length > 0),
  "severities are listed in ascending order, each once": (b) =>
    [b.entry?.open_severities_barred, b.severity_taxonomy?.severities_not_deferred, b.threshold?.work_off_severities,
      ...limits(b).map((limit) => limit.severities)].every((list) => list === undefined || byNumber(list)),
  "max: a limit on some severities exceeds the limit on more of them": (b) => eachTwoLimits(b, (wide, narrow) =>
    !narrow.severities.every((s) => wide.severities.includes(s)) || narrow.severities.join() === wide.severities.join() ||
    narrow.max <= wide.max),
  "severities: two limits of a part are on the same severities":
    (b) => eachTwoLimits(b, (one, other) => one.severities.join() !== other.severities.join()),
  "open_states: at least one state counts as open": (b) => b.threshold === undefined || b.threshold.open_states.length > 0,
};

const MATTERS = ["combined_completion", "completion", "deferral", "dmc_selection", "document", "entry", "epcl_entry",
  "exit", "policy_activation", "scope_change", "severity_downgrade", "waiver"];
OF_A_POLICY["rules are listed by matter"] = (b) => byNumber(approvals(b).map((rule) => MATTERS.indexOf(rule.matter)));

export const SENTENCES = {
  ...ONE_EVENT,
  "versions count from 1": (d) => d.version >= 1,
  "digest is the SHA-256 of the body's canonical form": (d, entry) => sha256Hex(toUtf8(textOf(entry, d.body))) === d.digest,
};
for (const [sentence, check] of Object.entries(OF_A_POLICY)) SENTENCES[sentence] = (data) => check(data.body);

// Random logs: everything that phases, scopes, runs, imports and Testing Issues can be told of, in any order, by the
// right people and by others. Much of it makes no sense, and must be folded alike all the same.

import { begin, canonical } from "./teller.mjs";
import { Tree, leafHash } from "../../cli/verifiers/page/tree.js";

const byBytes = (list) => [...new Set(list)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
const ordered = (words, list) => words.filter((word) => list.includes(word));
const KINDS = ["MT", "SIT", "SRVT", "REGRESSION"];
const OUTCOMES = ["passed", "failed", "blocked", "error", "not_completed", "skipped"];
const PHASES = ["P-1", "P-2", "P-3"];
const ENTRIES = ["E1", "E2", "E3", "E4"];
const ISSUES = ["T-1", "T-2", "T-3", "T-4"];
const RUNS = ["R-1", "R-2", "R-3", "R-4", "R-5"];
const IMPORTS = ["I-1", "I-2", "I-3"];
const ITEMS = ["X-1", "X-2", "X-3"];
const SCOPES = ["S-1", "S-2"];
const BUILDS = ["b1", "b2", ""];
const ENVIRONMENTS = ["N-1", "N-2"];

class Narrator {
  constructor(random) {
    this.random = random;
    this.teller = begin();
    this.parts = new Map(); // import → results told
    this.listed = new Map(SCOPES.map((scope) => [scope, new Tree()])); // what was listed, whether or not it counts
    this.minutes = this.teller.file("minutes\n");
  }

  pick(list) {
    return this.random.pick(list);
  }

  // One of them, or a value that leaves the member out.
  maybe(list) {
    return this.random.below(2) === 0 ? undefined : this.pick(list);
  }

  some(list) {
    return byBytes(this.random.some(list));
  }

  address() {
    const all = [...this.teller.digests.keys()];
    return this.random.below(8) === 0 ? `${all.length + 7}.0` : this.pick(all);
  }

  setUp() {
    const { teller } = this;
    teller.say("dcc-rm", [
      ["release_declared", "release/RE1", { cohorts: [], release: "RE1", title: "One" }],
      ["release_declared", "release/RE2", { cohorts: [], release: "RE2", title: "Two" }],
      ...["G1", "G2"].map((group) => ["group_declared", `group/${group}`, { group, releases: ["RE1"], smso: "smso" }]),
      ...["M1", "M2"].map((model) => ["device_model_registered", `device_model/${model}`, { device_model: model, device_type: "ESME", firmware_version: model,
        hardware_version: "1", manufacturer: "Maker", model: "One" }]),
      ["dmc_defined", "dmc/D1", { comms_provider: "CSP", device_models: ["M1"], dmc: "D1" }],
      ["dmc_defined", "dmc/D2", { comms_provider: "CSP", device_models: ["M2"], dmc: "D2" }],
      ...ENTRIES.slice(0, 3).map((entry, i) => ["planned_entry_declared", `planned_entry/${entry}`, { category: ["ACTIVE", "DORMANT", "MIXED"][i], dmc: i < 2 ? "D1" : "D2",
        groups: this.some(["G1", "G2"]), planned_entry: entry, release: "RE1", required_kinds: ["SIT"], smso: "smso" }]),
    ]);
    for (const phase of PHASES.slice(0, 2)) teller.say("dcc-tm", [this.phasePlanned(phase)]);
  }

  phasePlanned(phase = this.pick(PHASES)) {
    return ["phase_planned", `phase/${phase}`, { groups: this.some(["G1", "G2"]), kind: this.pick(KINDS), name: "A phase \u2028 \u{1f600}", phase,
      planned_entries: this.some(ENTRIES.slice(0, 3)).length > 0 ? this.some(ENTRIES.slice(0, 3)).concat([]) : ["E1"], stage: this.pick(["A", "B"]) }];
  }

  item() {
    return { group: this.maybe(["G1", "G2"]), item: this.pick(ITEMS), planned_entry: this.pick(ENTRIES.slice(0, 3)), test_case: this.pick(["C-1", "C-2"]) };
  }

  // [author, [event…], needs to have seen]
  next() {
    return this[this.pick(TELLING)]();
  }

  step() {
    const phase = this.pick(PHASES);
    const entries = this.some(ENTRIES.slice(0, 3));
    const planned_entries = entries.length > 0 ? entries : ["E1"];
    const said = (type, data) => ["dcc-tm", [[type, `phase/${phase}`, { phase, ...data }]], true];
    return this.pick([
      () => said("entry_decided", { outcome: this.pick(["enter", "enter_with_conditions", "reject"]), planned_entries, reason: this.maybe(["so"]) }),
      () => said("phase_started", { planned_entries }),
      () => said("phase_started", { planned_entries }),
      () => said("phase_completed", { planned_entries }),
      () => said("exit_cutoff_declared", { cutoff_size: this.random.below(this.teller.entries.length), planned_entries }),
      () => said("exit_decided", { basis: [], outcome: this.pick(["exit", "exit_with_conditions", "continue"]), planned_entries }),
      () => said("phase_suspended", { reason: "rain" }),
      () => said("phase_resumed", { reason: "sun" }),
      () => said("phase_aborted", { reason: "snow" }),
      () => said("entry_criterion_evidenced", { criterion: this.pick(["K-1", "K-2"]), evidence: this.random.below(2) ? [this.minutes] : [],
        planned_entry: this.maybe(ENTRIES), status: this.pick(["met", "not_met", "waived"]) }),
      () => said("execution_waived", { approval: this.maybe([this.address()]), item: this.pick(ITEMS), planned_entry: this.pick(ENTRIES), reason: "so" }),
      () => ["dcc-tm", [this.phasePlanned()]],
    ])();
  }

  scope() {
    const [scope, phase] = [this.pick(SCOPES), this.pick(PHASES)];
    const items = Array.from({ length: this.random.below(3) }, () => this.item());
    const tree = this.listed.get(scope);
    const list = () => {
      for (const item of items) tree.add(leafHash(Buffer.from(canonical(item))));
      return ["dcc-tm", [["scope_items_listed", `scope/${scope}`, { items, phase, scope }]]];
    };
    const root = this.random.below(3) === 0 ? "ab".repeat(32) : Buffer.from(tree.root(tree.size)).toString("hex");
    return this.pick([
      list,
      list,
      () => ["dcc-tm", [["scope_baselined", `scope/${scope}`, { item_count: tree.size, phase, root, scope, version: "1" }]]],
      () => ["dcc-tm", [["scope_changed", `scope/${scope}`, { added: items, approval: this.maybe([this.address()]), phase, reason: "so", removed: this.some(ITEMS), scope, version: "2" }]]],
    ])();
  }

  builds() {
    const environment = this.pick(ENVIRONMENTS);
    const components = this.some(["alpha", "beta"]).map((name) => ({ build: this.pick(BUILDS), name }));
    return this.pick([
      () => ["sp-tl", [["environment_baselined", `environment/${environment}`, { components: components.length > 0 ? components : [{ build: "b1", name: "alpha" }], environment,
        phases: this.some(PHASES) }]]],
      () => ["sp-tl", [["build_deployed", `environment/${environment}`, { component: this.pick(["alpha", "beta"]), environment, from_build: this.pick(BUILDS),
        phases: this.some(PHASES), to_build: this.pick(BUILDS) }]]],
    ])();
  }

  runs() {
    const run = this.pick(RUNS);
    const at = this.teller.time();
    return this.pick([
      () => ["harness", [["run_started", `run/${run}`, { attempt: 1 + this.random.below(2), builds: this.random.some(BUILDS), counts_for: ordered(KINDS, this.random.some(KINDS)), devices: [],
        environment: this.maybe(ENVIRONMENTS), item: this.maybe(ITEMS), phase: this.pick(PHASES), planned_entry: this.pick(ENTRIES), run, test_case: "C-1",
        tool: this.random.below(2) ? { name: this.pick(["tool", "other"]), run_counter: this.random.below(9) } : undefined }]]],
      () => ["harness", [["run_finished", `run/${run}`, { ended_at: at, evidence: [], outcome: this.pick(OUTCOMES), run, started_at: at }]]],
      () => ["harness", [["run_finished", `run/${run}`, { ended_at: at, evidence: [this.minutes], outcome: this.pick(OUTCOMES), run, started_at: at }]]],
      () => ["dcc-tm", [["run_invalidated", `run/${run}`, { reason: "so", replaced_by: this.maybe(RUNS), run }]]],
      () => ["sp-tl", [["gap_declared", "phase/P-1", { from_counter: 2, phase: "P-1", reason: "so", source: this.pick(["tool", "junit"]), to_counter: 4 }]]],
    ])();
  }

  imports() {
    const name = this.pick(IMPORTS);
    const [count, at] = [this.parts.get(name) ?? 0, this.teller.time(this.random.below(100))];
    const results = Array.from({ length: 1 + this.random.below(4) }, (_, i) => ["result_imported", `import/${name}`, {
      attempts: this.random.below(3) === 0 ? [{ outcome: this.pick(OUTCOMES) }, { message: "m", outcome: this.pick(OUTCOMES) }] : undefined,
      counter: this.random.below(2) ? this.random.below(12) : undefined, evidence: this.minutes, import: name, item: this.maybe(ITEMS), name: `case ${i}`, ordinal: count + i,
      outcome: this.pick(OUTCOMES), position: { column: 1, line: 1, offset: 0 }, started_at: this.maybe([at]) }]);
    const zero = { cases: count, errors: 0, failed: 0, passed: count, skipped: 0 };
    return this.pick([
      () => ["harness", [["import_started", `import/${name}`, { build: this.maybe(BUILDS), dialect: this.pick(["junit", ""]), evidence: this.minutes, file_name: "f.xml", format: "xml", import: name,
        kind: this.pick(KINDS), mapping: "m", parser: "p", phase: this.pick(PHASES), planned_entry: this.pick(ENTRIES), repeat: 1, result_count: 5 }]]],
      () => {
        this.parts.set(name, count + results.length);
        return ["harness", results];
      },
      () => {
        this.parts.set(name, count + results.length);
        return ["harness", results];
      },
      () => ["harness", [["import_finished", `import/${name}`, { counts: zero, declared: zero, elements: zero, import: name, readings: [], repairs: [], result_count: count,
        warnings: [{ code: "w", count: 1, text: "t" }] }, 1]]],
      () => ["harness", [["import_finished", `import/${name}`, { counts: zero, declared: { errors: 0, skipped: this.maybe([3]) }, elements: zero, import: name, readings: [], repairs: [],
        result_count: count, warnings: [] }, 2]]],
      () => ["harness", [["import_refused", `evidence/${this.minutes}`, { evidence: this.minutes, file_name: "f.xml", format: "xml", phase: this.maybe(PHASES), reason: "so" }]]],
    ])();
  }

  issues() {
    const issue = this.pick(ISSUES);
    const severity = () => 1 + this.random.below(5);
    const said = (author, type, data) => [author, [[type, `issue/${issue}`, { issue, ...data }]], true];
    return this.pick([
      () => said("sp-tl", "issue_raised", { external_key: this.maybe(["EXT"]), groups: this.some(["G1", "G2"]), kind: this.pick(["preventing_execution", "unexpected_outcome"]), phase: this.pick(PHASES),
        planned_entries: this.some(ENTRIES), results: [], runs: this.some(RUNS), title: "Title \"q\" \\ \n\u0001" }),
      () => said("dcc-im", "issue_triaged", { attribution: this.pick(["dcc_systems", "smso_systems", "device", "unknown"]), owner: this.pick(["sp", "dcc"]), planned_entries: this.some(ENTRIES),
        priority: this.random.below(4), rationale: "so", severity: severity() }),
      () => said("dcc-im", "issue_severity_changed", { approval: this.maybe([this.address()]), from_severity: severity(), reason: "so", to_severity: severity() }),
      () => said("dcc-im", "issue_scope_changed", { added: this.some(ENTRIES), reason: "so", removed: this.some(ENTRIES) }),
      () => said("dcc-im", "issue_assigned", { owner: "sp" }),
      () => said("sp-tl", "issue_analysed", { finding: "" }),
      () => said("sp-tl", "issue_fix_delivered", { build: "b2" }),
      () => said("dcc-im", "issue_workaround_agreed", { agreed_with: "smso", description: "d" }),
      () => said("dcc-im", "issue_deferred", { approval: this.maybe([this.address()]), reason: "r", target: this.maybe(["t"]), work_off_item: this.maybe(["w"]) }),
      () => said("dcc-im", "issue_rejected", { rationale: "r" }),
      () => said("dcc-im", "issue_duplicated", { of: this.pick(ISSUES) }),
      () => said("dcc-im", "retest_recorded", { passed: this.random.below(2) === 0, run: this.maybe(RUNS), result: this.maybe([this.address()]) }),
      () => said("dcc-im", "issue_closed", { closure: this.pick(["retest_passed", "no_fix_accepted", "rejected", "duplicate"]), reason: this.maybe(["r"]), runs: this.some(RUNS) }),
      () => said("sp-tl", "issue_reopened", { reason: "r" }),
      () => said("tag-sec", "issue_disputed", { reason: "r" }),
      () => said("smso-tl", "issue_referred", { reason: "r", to: this.pick(["dcc", "panel", "authority"]) }),
      () => said("dcc-reg", "dispute_determined", { by: "dcc", determination: "d" }),
    ])();
  }

  plan() {
    const entry = this.pick(ENTRIES);
    const document = this.pick(["DOC-1", "DOC-2"]);
    const version = this.pick(["1", "2"]);
    const about = (type, data, author = "dcc-tm") => [author, [[type, `document/${document}`, { document, ...data }]], true];
    return this.pick([
      () => ["dcc-rm", [["planned_entry_amended", `planned_entry/${entry}`, { groups: this.maybe([["G1"], []]), planned_entry: entry, reason: "so",
        required_kinds: this.maybe([["MT"], ["SIT", "REGRESSION"]]), target_date: this.maybe(["2019-12-01"]) }]]],
      () => ["dcc-rm", [["planned_entry_withdrawn", `planned_entry/${entry}`, { explanation: "so", planned_entry: entry, reason: this.pick(["deselected", "other"]) }]]],
      () => about("document_registered", { classification: "open", covers: [{ category: "ACTIVE", dmc: "D1", kind: "SIT", smso: "smso" }], digest: this.minutes,
        document_type: "OTHER", obligations: [], title: "t", version }),
      () => about("document_presented", { date: "2019-11-01", meeting: "M", version }, "tag-sec"),
      () => about("document_published", { date: "2019-11-02", url: "u", version }),
      () => about("document_superseded", { new_version: "2", old_version: "1", reason: "r" }),
      () => ["tag-sec", [["tag_position_recorded", "phase/P-1", { about: "phase/P-1", conditions: [{ due: "2019-12-01", text: "t" }], dissent: ["d"], meeting: "M", minutes: this.minutes,
        position: this.pick(["endorsed", "noted"]), version: this.maybe(["1", "2"]) }]], true],
      () => ["dcc-tm", [["regression_scope_baselined", "regression/RG-1", { item_count: 1, kinds: ["SIT"], regression: "RG-1", root: "cd".repeat(32) }]]],
      () => ["dcc-tm", [["regression_completed", "regression/RG-1", { regression: "RG-1", summary: "s" }]]],
    ])();
  }

  // Endorsements of what waits, and of what does not.
  voice() {
    const target = this.address();
    const digest = this.teller.digests.get(target) ?? "ef".repeat(32);
    return [this.pick(["sp-tl", "smso-tl", "tag-sec", "root", "dcc-reg"]), [["decision_endorsed", `decision/${target}`, { digest, target }]], true];
  }

  waiting() {
    const types = ["scope_baselined", "run_invalidated"];
    const target = this.pick([...this.teller.digests.keys()].filter((address) => types.includes(this.typeOf(address))).concat("4.0"));
    return [this.pick(["sp-tl", "tag-sec"]), [["decision_endorsed", `decision/${target}`, { digest: this.teller.digests.get(target), target }]], true];
  }

  typeOf(address) {
    const [entry, position] = address.split(".").map(Number);
    return JSON.parse(this.teller.entries[entry]).submission.events[position].type;
  }
}

const TELLING = ["step", "step", "step", "scope", "builds", "runs", "runs", "imports", "imports", "issues", "issues", "issues", "plan", "voice", "waiting"];
const PEOPLE = ["dcc-rm", "dcc-tm", "dcc-im", "sp-tl", "harness", "smso-tl", "tag-sec", "root", "nobody"];

// A log of `count` random submissions. `digestsOf(entry)` is called with each entry and gives the digests of the states
// after it, which the log attests now and then.
export function tell(random, count, digestsOf) {
  const narrator = new Narrator(random);
  narrator.setUp();
  const { teller } = narrator;
  let taken = 0;
  const digests = () => {
    let last = null;
    for (; taken < teller.entries.length; taken++) last = digestsOf(teller.entries[taken], taken + 1 === teller.entries.length);
    return last;
  };
  for (let i = 0; i < count; i++) {
    const [author, events, seen] = narrator.next();
    const who = random.below(25) === 0 ? narrator.pick(PEOPLE) : author;
    teller.say(who, events, { seen: seen === true && random.below(30) > 0 });
    if (i % 10 === 9 || i + 1 === count) {
      const size = teller.entries.length;
      const stated = [...digests()].map(([name, { digest, version }]) => ({ digest, name, version })).sort((a, b) => (a.name < b.name ? -1 : 1));
      teller.say("root", [["states_attested", "log/states", { digests: stated, engine: { name: "page", version: "1" }, size }]], { seen: true });
    }
  }
  return teller;
}

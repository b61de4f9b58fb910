// The answer on the page. Text reaches the page as text only.

import { CLAIM_WORDS, VERDICT_WORDS, summaryOf } from "./claims_text.js";
import { wordsOf } from "./words.js";
import { toHex } from "./bytes.js";

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function table(attributes, caption, heads, rows) {
  const head = element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text))));
  const made = element("table", attributes, element("caption", {}, caption), head, element("tbody", {}, ...rows));
  return element("div", { class: "scroll" }, made);
}

const row = (cells, attributes = {}) => element("tr", attributes, ...cells.map((text) => element("td", {}, text)));

const showSummary = (places, outcome, text) =>
  places.outcome.replaceChildren(element("p", { class: `summary ${outcome}`, id: "summary" }, text));

// `places`: the elements for the one sentence, which is read out, and for everything else.
export function showProblem(places, message) {
  showSummary(places, "incomplete", message);
}

export function showReport(places, name, { report, kind, run }, given) {
  const answers = identityFirst(report.answers());
  const outcome = report.outcome();
  const place = places.result;
  place.replaceChildren(...aboutLog(name, kind, run, given), claimsTable(answers));
  const left = answers.filter(({ verdict }) => verdict === "not_checked" || verdict === "assumed");
  place.append(...notChecked(left));
  const besides = run?.besides?.() ?? {};
  if (besides.verdicts?.length > 0) place.append(...verdicts(besides.verdicts));
  if (besides.tainted?.length > 0) place.append(...tainted(besides.tainted));
  showSummary(places, outcome, summaryOf(outcome, answers));
}

// Which log it is comes first: everything else is said about that one.
const identityFirst = (answers) => [...answers.filter(({ claim }) => claim === "identity"), ...answers.filter(({ claim }) => claim !== "identity")];

const KINDS = { published: "a published log", bundle: "a bundle of a whole log", partial: "a bundle of some entries of a log" };

// What the reader brought along, without which a log is only one that agrees with itself.
function comparedWith({ identity, pin, witnesses }) {
  const brought = [];
  if (identity) brought.push("a name of the log");
  if (pin) brought.push("a pin");
  if (witnesses.length > 0) brought.push(`${witnesses.length} ${witnesses.length === 1 ? "witness" : "witnesses"}`);
  return brought.length > 0 ? `Compared with what you gave: ${brought.join(", ")}` : "Compared with nothing that you gave from outside";
}

function aboutLog(name, kind, run, given) {
  const lines = [`${name}: ${KINDS[kind]}`, `Checked on ${new Date(1000 * given.now).toISOString().slice(0, 16).replace("T", " ")} UTC, by the clock of this computer`, comparedWith(given)];
  if (run?.origin) lines.push(`Name of the log: ${run.origin}`);
  if (kind === "partial" && run?.said) lines.push(`It says that it is about: ${run.said.about}`, `Entries here: ${run.indexes.length} of the ${run.size} that the log had`);
  else if (run?.size !== undefined) lines.push(`Entries: ${run.size}${run.events === undefined ? "" : `, events read: ${run.events}`}`);
  const list = element("ul", { id: "about" }, ...lines.map((line) => element("li", {}, line)));
  if (!run?.logId) return [list];
  list.append(element("li", {}, "Its twelve words: ", element("strong", { id: "words" }, wordsOf(run.logId))));
  list.append(element("li", {}, "Its log id: ", element("span", { class: "hash" }, toHex(run.logId))));
  return [list];
}

function claimsTable(answers) {
  const rows = answers.map(({ claim, verdict, entry, message, expected, actual }) => {
    const found = element("td", {}, entry === undefined ? message : `Entry ${entry}: ${message}`);
    if (expected !== undefined) found.append(element("br"), "Expected: ", element("span", { class: "hash" }, expected), element("br"), "Found: ", element("span", { class: "hash" }, actual));
    return element("tr", { class: verdict, "data-claim": claim }, element("td", { class: "answer" }, VERDICT_WORDS[verdict]),
      element("th", { scope: "row" }, CLAIM_WORDS[claim]), found);
  });
  return table({ class: "claims", id: "claims" }, "Every claim, and what was found", ["Answer", "Claim", "What was found"], rows);
}

function notChecked(left) {
  const lines = left.map(({ claim, verdict, message }) =>
    element("li", {}, element("strong", {}, CLAIM_WORDS[claim]), verdict === "assumed" ? " – assumed: " : " – not checked: ", message));
  lines.push(element("li", {}, "Timestamps by authorities (RFC 3161), where there are any: this page looks at none; the program does."));
  return [element("h3", {}, "What was not checked, or assumed"), element("ul", { id: "left" }, ...lines)];
}

const policyOf = ({ policy, version }) => (policy === undefined ? "none is in force" : `${policy} version ${version}`);

const figuresOf = ({ limits }) => limits.map(({ part, severities, count, max, met }) =>
  `${part}: severity ${severities.join(" or ")}: ${count} open, at most ${max}${met ? "" : " – exceeded"}`).join("; ");

function verdicts(list) {
  const rows = list.map((answer) => row([answer.phase, answer.planned_entry, policyOf(answer), answer.verdict, figuresOf(answer)]));
  return [element("h3", {}, "Thresholds, reckoned anew from the entries"),
    table({ id: "verdicts" }, "Which limits on open Testing Issues are kept", ["Phase", "Planned entry", "Policy", "Verdict", "Figures"], rows)];
}

function tainted(list) {
  const lines = list.map(({ key, since, entries, resting }) => element("li", {},
    `Key ${key} is compromised since ${since}. It signed the entries ${entries.join(", ") || "none"}. What rests on them: ${resting.join(", ") || "nothing else"}.`));
  return [element("h3", {}, "What compromised keys signed"), element("ul", { id: "tainted" }, ...lines)];
}

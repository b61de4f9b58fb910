// The page: takes files, shows progress, and answers. Everything that came from outside is shown as text.

import { verifyTree, NotReadable } from "./verify.js";
import { BlobTree, Unreadable } from "./file_tree.js";
import { openZip } from "./zip.js";
import { readIdentity } from "./words.js";
import { readWitnesses } from "./checkpoints.js";
import { Refused } from "./refused.js";
import { filesOfDrop, filesOfFolder } from "./dropped.js";
import { STEP_WORDS } from "./claims_text.js";
import { showReport, showProblem } from "./show.js";

const byId = (id) => document.getElementById(id);
const BETWEEN_PAUSES = 40; // milliseconds: the page answers to keys and shows progress in between

class Stopped extends Error {}

let chosen = null; // {name, open: () → tree}
let stopping = false;
let running = false;

function clearResult() {
  byId("outcome").replaceChildren();
  byId("result").replaceChildren();
  byId("result-title").hidden = true;
}

function choose(name, open) {
  if (running) return; // what is being checked would be shown under another name
  chosen = { name, open };
  clearResult(); // it was about something else
  byId("chosen").textContent = `Chosen: ${name}`;
}

function stepper() {
  let last = performance.now();
  return async (what, done, total) => {
    const now = performance.now();
    if (now - last < BETWEEN_PAUSES) return;
    const percent = total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;
    byId("progress").setAttribute("aria-valuenow", String(percent));
    byId("progress").setAttribute("aria-valuetext", `${STEP_WORDS[what] ?? what}: ${percent} %`);
    byId("bar").style.setProperty("width", `${percent}%`);
    byId("doing").textContent = `${STEP_WORDS[what] ?? what}: ${done} of ${total}`;
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (stopping) throw new Stopped("stopped");
    last = performance.now();
  };
}

// What was typed and kept; throws Refused with the field that is wrong.
async function given() {
  const pin = byId("pin").files[0];
  const needed = byId("needed").value.trim();
  const witnesses = readWitnesses(byId("witnesses").value);
  if (needed !== "" && !(/^[0-9]{1,3}$/.test(needed) && Number(needed) >= 1)) throw new Refused("how many must have cosigned: not a number from 1 on");
  return {
    identity: readIdentity(byId("identity").value),
    pin: pin === undefined ? null : new Uint8Array(await pin.arrayBuffer()),
    witnesses,
    needed: needed === "" ? undefined : Number(needed),
    now: Math.floor(Date.now() / 1000),
  };
}

function setRunning(is) {
  running = is;
  stopping = false;
  for (const id of ["check", "zip", "folder", "pin"]) byId(id).disabled = is;
  byId("cancel").disabled = !is;
  byId("progress").hidden = !is;
  byId("progress").setAttribute("aria-valuenow", "0");
  byId("bar").style.setProperty("width", "0");
}

async function check() {
  if (running) return;
  const places = { outcome: byId("outcome"), result: byId("result") };
  clearResult();
  setRunning(true);
  const started = performance.now();
  try {
    if (chosen === null) throw new Refused("Choose a zip file or a folder first.");
    const { name, open } = chosen;
    const asked = await given();
    const found = await verifyTree(await open(), asked, stepper());
    showReport(places, name, found, asked);
  } catch (error) {
    showProblem(places, wordsOf(error));
  } finally {
    setRunning(false);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  byId("doing").textContent = `Ended after ${seconds} seconds.`;
  byId("result-title").hidden = false;
  byId("result-title").focus();
}

function wordsOf(error) {
  if (error instanceof Stopped) return "You stopped the check. It says nothing about the log.";
  if (error instanceof Refused) return error.message;
  if (error instanceof NotReadable || error instanceof Unreadable) return `This could not be read: ${error.message}. That says nothing about the log.`;
  return `This page met a fault of its own and says nothing about the log: ${error.message}`;
}

function takeFiles(files) {
  if (files.length === 1 && files[0].path === files[0].file.name) {
    const [{ file }] = files;
    choose(file.name, () => openZip(file));
  } else if (files.length > 0) {
    choose(`${files[0].path.split("/")[0]} (${files.length} files)`, async () => new BlobTree(new Map(files.map(({ path, file }) => [path, file]))));
  }
}

function start() {
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  byId("cancel").addEventListener("click", () => (stopping = true));
  byId("zip").addEventListener("change", () => takeFiles([...byId("zip").files].map((file) => ({ path: file.name, file }))));
  byId("folder").addEventListener("change", () => takeFiles(filesOfFolder(byId("folder").files)));
  const dragging = (is) => (event) => {
    event.preventDefault();
    document.body.classList.toggle("dragging", is);
  };
  document.addEventListener("dragover", dragging(true));
  document.addEventListener("dragleave", dragging(false));
  document.addEventListener("drop", async (event) => {
    dragging(false)(event);
    try {
      takeFiles(await filesOfDrop(event.dataTransfer));
    } catch (error) {
      byId("chosen").textContent = `What was dropped could not be read: ${error.message}`;
    }
    byId("check").focus();
  });
}

start();

// Shows the report in one of two frames: a new one is loaded and scrolled out of sight, then the two change places,
// so that the reader sees neither a blank page nor a jump.

import WORDS from "./words.js";

const HEADINGS = "h1, h2, h3, h4, h5, h6, figure[id]";
const $ = (id) => document.getElementById(id);
const say = (code, given = {}) => WORDS[code].replace(/{(\w+)}/g, (_, name) => given[name]);
const stage = (name) => WORDS[`stage-${name}`] ?? name;

document.documentElement.lang = WORDS.lang;
document.title = $("title").textContent = say("title");
document.querySelectorAll("iframe").forEach((frame) => (frame.title = say("report")));
$("nothing").textContent = say("making");
$("errors").setAttribute("aria-label", say("errors"));
$("alone").textContent = say("alone");

let [front, back] = document.querySelectorAll("iframe");
let shown = "", wanted = "", loading = false, changed = [], next = 0;
let place = JSON.parse(sessionStorage.getItem("place"));

// ---- the reader's place: the last heading or figure at or above the top edge, and how far from it

function placeIn(frame) {
  const marks = [...(frame.contentDocument?.querySelectorAll(HEADINGS) ?? [])];
  if (!marks.length) return null;
  const at = Math.max(0, marks.findLastIndex((mark) => mark.getBoundingClientRect().top <= 8));
  const mark = marks[at];
  return { at, id: mark.id, text: mark.textContent, top: mark.getBoundingClientRect().top, y: frame.contentWindow.scrollY };
}

function goTo(frame, place) {
  if (!place || place.y === 0) return;
  const document = frame.contentDocument;
  const marks = [...document.querySelectorAll(HEADINGS)];
  const mark = (place.id && document.getElementById(place.id)) || marks.find((one) => one.textContent === place.text) || marks[place.at];
  const by = mark ? mark.getBoundingClientRect().top - place.top : place.y;
  frame.contentWindow.scrollBy({ top: by, behavior: "instant" });
}

// ---- one report after another

function loaded(frame, address) {
  return new Promise((done) => {
    frame.addEventListener("load", done, { once: true });
    frame.contentWindow.location.replace(address); // leaves no step in the browser's history
  });
}

async function show() {
  if (loading) return;
  loading = true;
  while (shown !== wanted) {
    const version = wanted;
    await loaded(back, `report.html?${version}`);
    await back.contentDocument.fonts?.ready;
    const before = shown ? front.contentDocument : null;
    const focused = document.activeElement === front;
    goTo(back, shown ? placeIn(front) : place);
    exchange();
    if (focused) front.contentWindow.focus();
    shown = version;
    $("nothing").hidden = true;
    document.title = front.contentDocument.title;
    mark(before);
    front.contentDocument.addEventListener("click", sayCell);
  }
  loading = false;
}

function exchange() {
  [front, back] = [back, front];
  front.classList.remove("waiting");
  back.classList.add("waiting");
  for (const [frame, away] of [[front, false], [back, true]]) {
    frame.toggleAttribute("aria-hidden", away);
    frame.tabIndex = away ? -1 : 0;
  }
}

// ---- figures that are not as they were

function mark(before) {
  const key = (fact) => `${fact.dataset.source}|${fact.textContent}`;
  const facts = (document) => [...document.querySelectorAll("data.fact")];
  const known = new Set(before ? facts(before).map(key) : []);
  changed = before ? facts(front.contentDocument).filter((fact) => !known.has(key(fact))) : [];
  next = 0;
  $("changed").hidden = !changed.length;
  $("changed").textContent = say("changed", { number: changed.length });
  changed.forEach(flash);
}

function flash(fact) {
  fact.animate([{ backgroundColor: "#ffd84d", color: "#000" }, { backgroundColor: "#ffd84d", color: "#000" }, {}], 2500);
}

$("changed").addEventListener("click", () => {
  const fact = changed[next++ % changed.length];
  fact.scrollIntoView({ block: "center", behavior: "instant" });
  flash(fact);
});

// ---- which cell made a paragraph; in JupyterLab the way there, too

const folder = new URLSearchParams(location.search).get("notebooks");
let files = new Map(), cell = null;

function sayCell(event) {
  const [, section, number] = event.target.closest("[data-cell]")?.dataset.cell.match(/^(.+)-(\d+)/) ?? [];
  cell = files.has(section) ? { notebook: `${folder}/${files.get(section)}`, cell: Number(number) } : null;
  $("made").hidden = !cell;
  $("made").disabled = folder === null || parent === window;
  if (cell) $("made").textContent = say("made", { file: files.get(section), number });
}

$("made").addEventListener("click", () => parent.postMessage({ halfyear: cell }, location.origin));

// ---- what the builds say

function element(name, text, ...children) {
  const made = document.createElement(name);
  made.append(...(text ? [text] : []), ...children);
  return made;
}

function sentence(state) {
  const after = state.after.length ? say("after", { files: state.after.join(", ") }) : "";
  if (state.building !== null) return say("building", { after, stage: stage(state.building) });
  if (state.errors.length) return say("not-built", { after, number: state.errors.length });
  if (!state.built) return "";
  const { sections, seconds, warnings } = state.built;
  const ran = Map.groupBy(sections.filter((one) => one.why !== null), (one) => one.why);
  const what = [...ran].map(([why, some]) => say("ran", { sections: some.map((one) => one.title).join("、"), why }));
  const fresh = sections.filter((one) => one.why === null).length;
  return [
    say("built", { seconds: seconds.toFixed(2), after }),
    ...what,
    ...(fresh ? [say("fresh", { number: fresh })] : []),
    ...(warnings.length ? [say("warnings", { number: warnings.length })] : []),
  ].join(" · ");
}

function detail(built) {
  const row = (name, seconds, text) => element("tr", "", element("th", name), element("td", seconds === null ? "" : say("seconds", { seconds: seconds.toFixed(2) })), element("td", text));
  const sections = built.sections.map((one) => row(one.title, one.seconds, one.why === null ? say("is-fresh") : one.why));
  const stages = Object.entries(built.stages).map(([name, seconds]) => row(stage(name), seconds, ""));
  return [element("table", "", ...sections, ...stages), ...grouped(built.warnings, (one) => [labelled("p", one, one.text)])];
}

function errors(state) {
  const lead = state.report ? [element("p", say("last-good"))] : [];
  return [...lead, ...grouped(state.errors, fault)];
}

// What is said of one ledger, under its name; they come in order, the newest first.
function grouped(said, shown) {
  const groups = Map.groupBy(said, (one) => one.group ?? "");
  return [...groups].flatMap(([group, some]) => [...(group ? [element("h2", say("group", { group, number: some.length }))] : []), ...some.flatMap((one) => shown(one, group ? "h3" : "h2"))]);
}

function labelled(name, one, text) {
  return element(name, "", ...(one.new ? [element("mark", say("new"))] : []), text);
}

// The first line says where and what; the lines after it quote and advise.
function fault(one, heading) {
  const text = one.text.includes(one.place) ? one.text : `${one.place}: ${one.text}`;
  const [first, ...rest] = text.split("\n");
  return [labelled(heading, one, first), ...(rest.length ? [element("pre", rest.join("\n"))] : [])];
}

function tell(state) {
  document.body.dataset.state = state.building !== null ? "building" : state.errors.length ? "failed" : "current";
  $("state").textContent = sentence(state);
  if (state.building === null) {
    $("errors").hidden = !state.errors.length;
    $("errors").replaceChildren(...errors(state));
    if (state.built) $("more").replaceChildren(...detail(state.built));
    if (!state.report) $("nothing").textContent = say("none");
  }
  files = new Map(state.built?.sections.map((one) => [one.name, one.file]));
  wanted = state.report || shown;
  show();
}

const news = new EventSource("news");
news.onmessage = (message) => tell(JSON.parse(message.data));
news.onerror = () => {
  document.body.dataset.state = "ended";
  $("state").textContent = say("ended");
};
addEventListener("pagehide", () => sessionStorage.setItem("place", JSON.stringify(shown ? placeIn(front) : place)));

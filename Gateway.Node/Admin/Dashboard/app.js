// The page: which view is open, whether the gateway answers, and the figures on top.

import { link, post } from "./api.js";
import { h, set, text } from "./dom.js";
import { clock, count, plural, rate, span } from "./format.js";
import { Actions } from "./actions.js";
import { Login } from "./dialogs.js";
import { EventsView } from "./events.js";
import { ExplainView } from "./explain.js";
import { Feed } from "./feed.js";
import { GatewaysView } from "./gateways.js";
import { Model, sessionsOf, stateOf } from "./model.js";
import { Overview } from "./overview.js";
import { SessionsView } from "./sessions.js";

const root = document.documentElement;
const at = id => document.getElementById(id);
const model = new Model();
const feed = new Feed(model);
const actions = new Actions(() => feed.refresh());
const login = new Login();
const views = {
  overview: new Overview(model, actions),
  gateways: new GatewaysView(model, actions),
  sessions: new SessionsView(model, actions),
  events: new EventsView(model),
  explain: new ExplainView(model),
};
let view = null;
let silentSince = null;

for (const [name, each] of Object.entries(views)) at("tabs").append(h("a", { href: `#${name}` }, each.title));

function open() {
  const [name, terms] = location.hash.slice(1).split("?");
  const next = views[name] ?? views.overview;
  if (next !== view) {
    view?.leave?.();
    at("main").replaceChildren(next.element);
    view = next;
  }
  for (const tab of at("tabs").children) set(tab, "aria-current", views[tab.hash.slice(1)] === view ? "page" : null);
  view.enter?.(new URLSearchParams(terms));
  view.draw();
  title();
}

function title() {
  const down = model.drawn.filter(member => !["up", "draining", "outside"].includes(stateOf(member))).length;
  document.title = `${down ? `(${down} down) ` : ""}${view.title} · socks64${model.own ? ` ${model.own}` : ""}`;
}

// The figures: made once, and then only their words change.
const figures = ["Gateways", "Sessions", "To clients", "To destinations", "Setup, median", "Failed"].map(name => {
  const value = h("span");
  const extra = h("small");
  at("figures").append(h("div", {}, h("dt", {}, name), h("dd", {}, value, " ", extra)));
  return (words, more = "", level = "") => {
    text(value, words);
    text(extra, more);
    set(value, "class", level);
  };
});

function drawFigures() {
  const [gateways, sessions, received, sent, setup, failed] = figures;
  const members = model.drawn;
  const states = members.map(stateOf);
  const well = states.filter(state => state === "up" || state === "draining").length;
  const present = states.filter(state => state !== "gone" && state !== "outside").length;
  const draining = states.filter(state => state === "draining").length;
  gateways(`${well} of ${present}`, draining ? `${draining} draining` : "up", well < present ? "bad" : "");
  sessions(count(model.clientSessions), `of clients; ${count(members.filter(member => ["up", "draining"].includes(stateOf(member))).reduce((sum, member) => sum + sessionsOf(member), 0))} with hops`);
  const rates = model.history.rates(null);
  received(rate(rates?.received), "of all gateways");
  sent(rate(rates?.sent), "of all gateways");
  const lately = model.history.lately();
  const medians = [lately?.chain && ["chain", lately.chain.median], lately?.direct && ["direct", lately.direct.median]].filter(Boolean);
  setup(medians.length ? span(medians[0][1]) : "–", medians.length === 2 ? `chain; direct ${span(medians[1][1])}` : medians[0]?.[0] ?? "none set up lately");
  failed(lately ? count(lately.failed) : "–", lately ? `last minute; ${plural(lately.accepted, "session")} began` : "", lately?.failed ? "warn" : "");
  text(at("seen-from"), model.own ? `seen from ${model.own}` : "");
}

function draw() {
  drawFigures();
  view.draw();
  title();
}

function linkIs(state, words) {
  at("link").dataset.state = state;
  text(at("link"), words);
}

link.addEventListener("answered", () => {
  silentSince = null;
  root.classList.remove("stale");
  at("gone").hidden = true;
  linkIs("live", "live");
});

link.addEventListener("silent", () => {
  silentSince ??= new Date();
  root.classList.add("stale");
  linkIs("gone", "no answer");
  text(at("gone"), `No answer from ${model.own ?? "the gateway"} at ${location.host} since ${clock(silentSince)}. What is shown is of then. It is asked again every second, and the page goes on by itself.`);
  at("gone").hidden = false;
});

link.addEventListener("locked", () => {
  root.classList.add("locked");
  linkIs("", "locked");
  login.ask(() => {
    root.classList.remove("locked");
    sessionStorage.setItem("socks64.login", "yes");
    at("logout").hidden = false;
    feed.start();
    view.enter?.(new URLSearchParams());
  });
});

at("logout").addEventListener("click", async () => {
  await post("logout");
  sessionStorage.removeItem("socks64.login");
  location.reload();
});

const themes = { auto: "light", light: "dark", dark: "auto" };
const drawTheme = () => {
  text(at("theme"), `Theme: ${root.dataset.choice}`);
  set(at("theme"), "aria-label", `Theme: ${root.dataset.choice}. Change to ${themes[root.dataset.choice]}`);
};
at("theme").addEventListener("click", () => {
  dispatchEvent(new CustomEvent("socks64-theme", { detail: themes[root.dataset.choice] }));
  drawTheme();
});

addEventListener("hashchange", open);
model.addEventListener("change", draw);
// Ages and the marks of time go on where nothing else changes.
setInterval(draw, 1000);
drawTheme();
at("logout").hidden = sessionStorage.getItem("socks64.login") !== "yes";
linkIs("", "asking");
open();
drawFigures();
feed.start();

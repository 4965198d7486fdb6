// The live map: gateways, the legs between them, what flows and what fails.

import { h, s, set, text, Keyed } from "../dom.js";
import { family, long, plural, rate, span } from "../format.js";
import { sessionsOf, stateOf } from "../model.js";
import { shownState } from "../words.js";
import { steer } from "./steer.js";
import { tip } from "./tip.js";
import { glyphs } from "./glyphs.js";
import { layOut } from "./layout.js";

/** Below it a leg's rate is not written on the map. */
const WorthALabel = 50;

export class ClusterMap {
  #model;
  #choose;
  #chosen = null;
  #svg = s("svg", { role: "group", "aria-label": "Map of the cluster. Arrow keys move between gateways and legs, Enter shows details." });
  #legs = s("g");
  #labels = s("g", { "aria-hidden": "true" });
  #ends = s("g", { "aria-hidden": "true" });
  #nodes = s("g");
  #redraw;

  /** choose({ kind: "node" | "leg", key }) is called when something is picked. */
  constructor(model, choose) {
    [this.#model, this.#choose] = [model, choose];
    this.#svg.append(this.#legs, this.#ends, this.#nodes, this.#labels);
    this.element = h("div", { class: "map" }, this.#svg);
    this.legKeys = new Keyed(this.#legs, leg => this.#makeLeg(leg), (element, leg) => this.#updateLeg(element, leg));
    this.labelKeys = new Keyed(this.#labels, () => s("text", { class: "label" }), (element, leg) => this.#updateLabel(element, leg));
    this.nodeKeys = new Keyed(this.#nodes, member => this.#makeNode(member), (element, member) => this.#updateNode(element, member));
    this.endKeys = new Keyed(this.#ends, () => s("g", { class: "end" }, s("rect", { rx: 16 }), s("text")), (element, end) => updateEnd(element, end));
    // Not at the drawing itself: Chromium lets the Tab key stop at an svg that listens for focus.
    steer(this.element, () => [...this.#svg.querySelectorAll("[data-key]")], element => this.#pick(element));
    this.#redraw = new ResizeObserver(() => this.draw());
    this.#redraw.observe(this.element);
  }

  set chosen(chosen) {
    this.#chosen = chosen;
    this.draw();
  }

  draw() {
    const width = this.element.clientWidth - 12;
    if (width < 50) return;
    const members = this.#model.drawn;
    this.legs = this.#model.legs;
    this.place = layOut(members, this.#model.chains, this.legs, width);
    for (const [name, box] of this.place.nodes) {
      const member = this.#model.find(name);
      if (member) member.column = box.column;
    }
    set(this.#svg, "width", this.place.width);
    set(this.#svg, "height", this.place.height);
    set(this.#svg, "viewBox", `0 0 ${this.place.width} ${this.place.height}`);
    const legs = [...this.legs.values()].filter(leg => this.place.legs.has(leg.key));
    this.legKeys.show(legs, leg => leg.key);
    this.labelKeys.show(legs.filter(leg => !this.#model.followed && leg.up + leg.down >= WorthALabel && this.place.legs.get(leg.key).label), leg => leg.key);
    this.nodeKeys.show(members.filter(member => this.place.nodes.has(member.name)).sort((a, b) => this.#order(a) - this.#order(b)), member => member.name);
    // Not before they are in the document: only there is a name as long as it is.
    for (const node of this.#nodes.children) fit(node.querySelector(".name"), node.dataset.key, this.place.nodes.get(node.dataset.key).w - 38);
    this.endKeys.show([{ words: "clients", box: this.place.ends.clients }, { words: "destinations", box: this.place.ends.destinations }], end => end.words);
    // One stop for the Tab key, wherever the arrows left it.
    const all = [...this.#svg.querySelectorAll("[data-key]")];
    if (all.length > 0 && !all.some(each => each.getAttribute("tabindex") === "0")) this.#nodes.firstElementChild?.setAttribute("tabindex", "0");
  }

  #order(member) {
    const box = this.place.nodes.get(member.name);
    return box.column * 10_000 + box.y + box.x / 10_000;
  }

  #pick(element) {
    this.#choose({ kind: element.dataset.kind, key: element.dataset.key });
  }

  #isLost(name) {
    const member = this.#model.find(name);
    return member && !["up", "draining", "outside"].includes(stateOf(member));
  }

  #isChosen(kind, key) {
    return this.#chosen?.kind === kind && this.#chosen.key === key;
  }

  #interactive(element, describe) {
    element.addEventListener("click", () => this.#pick(element));
    tip(element, describe);
    return element;
  }

  #makeLeg(leg) {
    return this.#interactive(
      s("g", { role: "button", tabindex: -1, "data-kind": "leg", "data-key": leg.key },
        s("path", { class: "hit" }), s("path", { class: "line" }),
        s("g", { class: "cut", "aria-hidden": "true" }, s("circle", { r: 8 }), s("path", { d: "M-3 -3L3 3M3 -3L-3 3" }))),
      () => describeLeg(this.legs.get(leg.key) ?? leg));
  }

  #updateLeg(element, leg) {
    const { path, cross } = this.place.legs.get(leg.key);
    const flow = leg.up + leg.down;
    const [hit, line, cut] = element.children;
    const { followed } = this.#model;
    set(element, "class", ["leg", leg.family, followed && (followed.legs.has(leg.key) ? "followed" : "dim"), flow > 0 && "flowing", leg.ejected && "out", [leg.from, leg.to].some(name => this.#isLost(name)) && "lost", (leg.from === null || leg.to === null) && "edge-leg",
      this.#isChosen("leg", leg.key) && "chosen"].filter(Boolean).join(" "));
    set(element, "aria-label", describeLeg(leg).join(", "));
    set(hit, "d", path);
    set(line, "d", path);
    set(line, "stroke-width", leg.ejected ? 2 : width(flow));
    set(cut, "visibility", leg.ejected ? null : "hidden");
    set(cut, "transform", `translate(${cross[0].toFixed(1)} ${cross[1].toFixed(1)})`);
  }

  #updateLabel(element, leg) {
    const [x, y] = this.place.legs.get(leg.key).label;
    set(element, "x", x.toFixed(1));
    set(element, "y", (y + 4).toFixed(1));
    text(element, rate(leg.up + leg.down));
  }

  #makeNode(member) {
    return this.#interactive(
      s("g", { role: "button", tabindex: -1, "data-kind": "node", "data-key": member.name },
        s("rect", { class: "box", rx: 5 }), s("path", { class: "band" }), s("path", { class: "glyph" }),
        s("text", { class: "name", x: 14, y: 19 }), s("text", { class: "says first", x: 14, y: 35 }), s("text", { class: "says", x: 14, y: 50 })),
      () => describeNode(this.#model, this.#model.find(member.name) ?? member));
  }

  #updateNode(element, member) {
    const { x, y, w, h: height } = this.place.nodes.get(member.name);
    const state = stateOf(member);
    const shown = shownState(this.#model, member);
    const [box, band, glyph, , first, second] = element.children;
    set(element, "transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    set(element, "class", ["node", shown, member.name === this.#model.own && "own", this.#isChosen("node", member.name) && "chosen"].filter(Boolean).join(" "));
    set(element, "aria-description", describeNode(this.#model, member).join(", "));
    set(element, "data-state", state);
    set(box, "width", w);
    set(box, "height", height);
    set(band, "d", `M5 0.5h1v${height - 1}h-1a4.5 4.5 0 0 1-4.5-4.5v-${height - 10}a4.5 4.5 0 0 1 4.5-4.5z`);
    set(glyph, "d", glyphs[shown]);
    set(glyph, "transform", `translate(${w - 21} 7)`);
    const since = long(Date.now() - member.since);
    text(first, sayState(shown, member, since, w < 120));
    const rates = state === "up" || state === "draining" ? this.#model.history.rates(member.name) : null;
    const through = state === "outside" ? [...this.legs.values()].filter(leg => leg.to === member.name).reduce((sum, leg) => sum + leg.up + leg.down, 0) : rates && rates.sent + rates.received;
    text(second, through === null ? "" : rate(through));
  }
}

function updateEnd(element, { words, box }) {
  const [rect, label] = element.children;
  for (const [name, value] of [["x", box.x], ["y", box.y], ["width", box.w], ["height", box.h], ["rx", box.h / 2]]) set(rect, name, value);
  set(label, "x", box.x + box.w / 2);
  set(label, "y", box.y + box.h / 2 + 4);
  text(label, words);
}

/** Names of a fleet differ at the end, seldom in the middle. */
const shortened = (name, room) => name.length <= room ? name : `${name.slice(0, Math.ceil(room / 2) - 1)}…${name.slice(-Math.floor(room / 2))}`;

/** As much of a name as there is room for, in pixels. */
function fit(element, name, room) {
  const asked = `${name} ${room}`;
  if (element.fitted === asked) return;
  element.fitted = asked;
  for (let letters = name.length; ; letters--) {
    text(element, shortened(name, letters));
    if (letters <= 4 || element.getComputedTextLength() <= room) return;
  }
}

function sayState(shown, member, since, isShort) {
  const sessions = isShort ? plural(sessionsOf(member), "sess.", "sess.") : plural(sessionsOf(member), "session");
  switch (shown) {
    case "unreachable": return isShort ? "unreachable" : `unreachable ${since}`;
    case "silent": return isShort ? "silent" : `silent ${since}`;
    case "gone": return isShort ? "gone" : `gone ${since} ago`;
    case "warned": return "not ready";
    case "missing": return isShort ? "missing" : "missing seed node";
    case "outside": return isShort ? "outside" : "outside the cluster";
    case "draining": case "ejected": return isShort || member.isOutside ? shown : `${shown} · ${plural(sessionsOf(member), "sess.", "sess.")}`;
    default: return sessions;
  }
}

/** From a hair for nothing to 5 for 1 GB/s; each step of ten adds as much. */
const width = perSecond => perSecond < 1 ? 1.3 : Math.min(5, 1.5 + Math.max(0, Math.log10(perSecond) - 2) * .5).toFixed(2);

function describeNode(model, member) {
  const state = stateOf(member);
  const by = model.ejectedBy(member.name);
  const since = long(Date.now() - member.since);
  const words = {
    up: member.node && !member.node.ready ? `up, not ready: ${member.node.reasons.join("; ")}` : "up",
    draining: "draining: takes no new clients",
    silent: `member, but ${member.error}, for ${since}`,
    unreachable: `unreachable for ${since}: the cluster does not hear of it`,
    gone: `gone: left the cluster ${since} ago`,
    missing: "missing: a seed node of the settings, and no member of the cluster is there",
    outside: "a server of the settings outside the cluster",
  }[state];
  return [`${member.isOutside ? "Server" : member.isMissing ? "Seed node" : "Gateway"} ${member.name}`, words, ...(by.length > 0 ? [`ejected: out of the chains of ${by.join(", ")}`] : []), ...(["gone", "missing", "outside"].includes(state) ? [] : [plural(sessionsOf(member), "session"), member.roles.length ? `roles ${member.roles.join(", ")}` : "no roles"])];
}

function describeLeg(leg) {
  const ends = `${leg.from ?? "clients"} → ${leg.to ?? "destinations"} over ${family(leg.family)}`;
  const health = leg.ejected ? [`out of use: ${plural(leg.failures, "failure")} in a row${leg.againMs ? `, tried again in ${span(leg.againMs)}` : ""}`] : [];
  const flow = leg.sessions > 0 || leg.up + leg.down > 0 ? [`${plural(leg.sessions, "session")}, ${rate(leg.up)} out, ${rate(leg.down)} back`] : ["idle"];
  return [ends, ...health, ...flow, ...(leg.latencyMs ? [`answers in ${span(leg.latencyMs)}`] : []), ...(leg.chains.size ? [`used by ${[...leg.chains].join(", ")}`] : [])];
}

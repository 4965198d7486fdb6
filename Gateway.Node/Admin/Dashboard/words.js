// How states, ways and hops are written wherever they appear.

import { h, s } from "./dom.js";
import { family, familyOf, plural, span } from "./format.js";
import { stateOf } from "./model.js";
import { glyphs } from "./map/glyphs.js";

const levels = { up: "good", draining: "note", ejected: "note", warned: "warn", silent: "bad", unreachable: "bad", gone: "bad", missing: "bad", outside: "muted" };
const names = { up: "up", draining: "draining", ejected: "up, ejected", warned: "up, not ready", silent: "does not answer", unreachable: "unreachable", gone: "gone", missing: "missing", outside: "outside the cluster" };

/** What is drawn: of a gateway that is up, what an operator has done with it or what is wrong with it. */
export function shownState(model, member) {
  const state = stateOf(member);
  return state !== "up" && state !== "outside" ? state : model.ejectedBy(member.name).length > 0 ? "ejected" : member.node && !member.node.ready ? "warned" : state;
}

export const glyph = state => s("svg", { viewBox: "0 0 14 14", width: 14, height: 14, class: levels[state], "aria-hidden": "true", fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round" },
  s("path", { d: glyphs[state] }));

export const state = (model, member) => {
  const shown = shownState(model, member);
  return h("span", { class: "state" }, glyph(shown), names[shown]);
};

export const familyMark = name => h("span", { class: `fam ${name ?? ""}` }, name === "ipv4" ? "v4" : name === "ipv6" ? "v6" : "");

/** e1 ─ r1 ┄ x1: the gateways of a session, with the families between. */
export function way(node, session) {
  const parts = [];
  const leg = name => h("span", { class: `leg ${name ?? ""}`, role: "img", "aria-label": `over ${family(name)} to`, title: family(name) });
  if (session.member) parts.push(h("span", { class: "muted" }, session.member), leg(familyOf(session.client)));
  parts.push(h("span", {}, node));
  for (const hop of session.hops ?? []) parts.push(leg(hop.family), h("span", {}, hop.name));
  if (session.ways?.length > 1) parts.push(h("span", { class: "muted" }, ` and ${session.ways.length - 1} more`));
  return h("span", { class: "way" }, parts);
}

/** A chain as it stands, hop by hop. */
export function chainLines(chain) {
  return h("ol", { class: "list" }, chain.hops.map((hop, index) => {
    const usable = hop.legs.filter(leg => !leg.ejected).length;
    const level = hop.candidates.length === 0 || usable === 0 ? "bad" : usable < hop.legs.length ? "warn" : "good";
    return h("li", {}, h("span", { class: `mark ${level}`, "aria-hidden": "true" }, index + 1),
      h("div", {},
        h("p", {}, `${hop.pool}, over ${/^ipv[46]$/.test(hop.over) ? family(hop.over) : hop.over === "any" ? "any family" : hop.over}, ${hop.pick}`),
        h("p", { class: "where" }, hop.candidates.length === 0 ? "no candidate" : `${hop.candidates.join(", ")}: ${usable} of ${plural(hop.legs.length, "leg")} in use`),
        hop.ejected?.length > 0 ? h("p", { class: "note" }, `${hop.ejected.join(", ")}: ejected`) : null,
        hop.legs.filter(leg => leg.ejected).map(leg => h("p", { class: "bad" }, `${leg.from} → ${leg.to} (${family(leg.family)}) is out of use, ${plural(leg.failures, "failure")}${leg.again_ms ? `, again in ${span(leg.again_ms)}` : ""}`))));
  }));
}

const marks = {
  "member-up": ["+", "good"], "member-reachable": ["✓", "good"], "member-undrained": ["✓", "good"], "undrained": ["✓", "good"], "leg-restored": ["✓", "good"], "server-restored": ["✓", "good"], "chain-restored": ["✓", "good"], "reloaded": ["✓", "good"],
  "member-unreachable": ["×", "bad"], "member-gone": ["–", "bad"], "leg-ejected": ["×", "bad"], "chain-broken": ["×", "bad"], "reload-refused": ["!", "bad"],
  "member-draining": ["Ⅱ", "note"], "draining": ["Ⅱ", "note"], "server-ejected": ["▲", "note"], "session-failed": ["!", "warn"], "association-broken": ["!", "warn"], "session-closed": ["–", "muted"],
};

/** All that there are: the stream of events tells each kind apart. */
export const eventKinds = Object.keys(marks);

export const eventMark = kind => {
  const [sign, level] = marks[kind] ?? ["·", "muted"];
  return h("span", { class: `mark ${level}`, "aria-hidden": "true" }, sign);
};

// What was picked on the map, in full.

import { h } from "./dom.js";
import { count, family, long, octets, plural, rate, span } from "./format.js";
import { mayServe, sessionsOf, stateOf } from "./model.js";
import { familyMark, state } from "./words.js";

export class Detail {
  #model;
  #actions;
  #close;
  #body = h("div", { class: "body" });
  #title = h("h2");
  #shown = "";

  constructor(model, actions, close) {
    [this.#model, this.#actions, this.#close] = [model, actions, close];
    this.element = h("section", { class: "panel", "aria-label": "Details", tabindex: -1, hidden: true },
      h("header", {}, this.#title, h("button", { class: "quiet small spring", type: "button", "aria-label": "Close details", onclick: close }, "✕")), this.#body);
    this.element.addEventListener("keydown", event => event.key === "Escape" && close());
  }

  show(chosen) {
    this.element.hidden = !chosen;
    if (!chosen) return;
    const member = chosen.kind === "node" && this.#model.find(chosen.key);
    const leg = chosen.kind === "leg" && this.#model.legs.get(chosen.key);
    const [title, ...parts] = member ? this.#node(member) : leg ? this.#leg(leg) : ["Gone", h("p", { class: "muted" }, "It is not on the map any more.")];
    // Buttons keep the keyboard over a redraw: only what is new is put in.
    const key = JSON.stringify([title, parts.map(part => part.outerHTML)]);
    if (key === this.#shown) return;
    this.#shown = key;
    const focused = this.#body.contains(document.activeElement) ? document.activeElement.textContent : null;
    this.#title.textContent = title;
    this.#body.replaceChildren(...parts);
    if (focused) [...this.#body.querySelectorAll("a, button")].find(each => each.textContent === focused)?.focus();
  }

  #node(member) {
    const node = member.node;
    const name = member.name;
    const rates = this.#model.history.rates(name);
    const isHere = stateOf(member) === "up" || stateOf(member) === "draining";
    const live = node ? Object.entries(node.sessions).filter(([, number]) => number > 0) : [];
    const failed = node ? Object.entries(node.failures).filter(([, number]) => number > 0).sort((a, b) => b[1] - a[1]) : [];
    const legs = [...this.#model.legs.values()].filter(leg => leg.ejected && (leg.from === name || leg.to === name));
    const isDraining = member.draining || node?.draining;
    const ejectedBy = this.#model.ejectedBy(name);
    const isMember = !member.isOutside && !member.isMissing;
    const chains = isMember ? [] : [...new Set(this.#model.chains.filter(chain => chain.hops.some(hop => mayServe(hop, member))).map(chain => chain.name))];
    return [
      member.isOutside ? `Server ${name}` : member.isMissing ? `Seed node ${name}` : `Gateway ${name}`,
      pairs([
        ["State", h("span", {}, state(this.#model, member), h("span", { class: "muted" }, ` for ${long(Date.now() - member.since)}`))],
        ejectedBy.length > 0 && ["Ejected", h("span", { class: "note" }, `out of the chains of ${ejectedBy.join(", ")}`)],
        member.error && ["Error", h("span", { class: "bad" }, member.error)],
        ...(isHere ? (node?.reasons ?? []).map(reason => ["Not ready", h("span", { class: "warn" }, reason)]) : []),
        isMember && ["Roles", member.roles.join(", ") || "none"],
        member.isMissing && ["Why", "The settings name it as a seed node, and no member of the cluster is there."],
        chains.length > 0 && ["Chains", chains.join(", ")],
        node && ["Listens", node.listeners.join(", ") || "nowhere"],
        member.endpoints.length > 0 && ["For members", member.endpoints.join(", ")],
        member.address && ["Cluster", member.address],
        node && ["Version", `${node.version}, up ${long(Date.now() - Date.parse(node.started))}`],
      ]),
      isMember && section("Sessions", pairs([
        ["Live", isHere ? count(sessionsOf(member)) : "–"],
        ...live.map(([phase, number]) => [` ${phase}`, count(number)]),
        node && ["Since start", count(node.accepted)],
        node && ["ADDRESS IDs", count(node.address_ids)],
      ])),
      node && section("Relayed", pairs([
        ["To destinations", `${isHere && rates ? rate(rates.sent) : "–"} · ${octets(node.sent)} in all`],
        ["To clients", `${isHere && rates ? rate(rates.received) : "–"} · ${octets(node.received)} in all`],
      ])),
      failed.length > 0 && section("Failed since start", pairs(failed.map(([reason, number]) => [reason, count(number)]))),
      legs.length > 0 && section("Legs out of use", h("ul", {}, legs.map(leg => h("li", { class: "bad" }, `${leg.from} → ${leg.to}, ${family(leg.family)}`)))),
      h("div", { class: "acts" },
        isHere && !isDraining && h("button", { type: "button", onclick: () => this.#actions.drain(name) }, "Drain"),
        isHere && isDraining && h("button", { type: "button", class: "main", onclick: () => this.#actions.undrain(name) }, "Undrain"),
        ejectedBy.length > 0 ? h("button", { type: "button", class: "main", onclick: () => this.#actions.restore(name) }, "Restore")
          : (isHere || member.isOutside) && h("button", { type: "button", onclick: () => this.#actions.eject(name) }, "Eject"),
        !member.isMissing && h("a", { href: `#sessions?hop=${encodeURIComponent(name)}` }, "Sessions through it"),
        isMember && h("a", { href: `#sessions?node=${encodeURIComponent(name)}` }, "Sessions at it")),
    ].filter(Boolean);
  }

  #leg(leg) {
    return [
      `${leg.from ?? "Clients"} → ${leg.to ?? "destinations"}`,
      pairs([
        ["Family", h("span", {}, familyMark(leg.family), ` ${family(leg.family)}`)],
        ["State", leg.ejected ? h("span", { class: "bad" }, "out of use") : h("span", {}, leg.from === null || leg.to === null ? "seen in sessions" : "in use")],
        leg.ejected && ["Why", `${plural(leg.failures, "failure")} in a row`],
        leg.ejected && ["Tried again", leg.againMs ? `in ${span(leg.againMs)}` : "with the next probe or session"],
        leg.latencyMs !== null && ["Answers in", span(leg.latencyMs)],
        leg.chains.size > 0 && ["Chains", [...leg.chains].join(", ")],
        ["Sessions", `${count(leg.sessions)} live`],
        ["Out", rate(leg.up)],
        ["Back", rate(leg.down)],
      ]),
    ];
  }
}

const pairs = rows => h("dl", { class: "pairs" }, rows.filter(Boolean).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));

const section = (title, ...content) => h("div", { class: "section" }, h("h3", {}, title), content);

// The first view: the map, what needs attention, how much flows and how fast sessions come about.

import { h, s, text, Keyed } from "./dom.js";
import { rate, span } from "./format.js";
import { Detail } from "./detail.js";
import { chooseNodes, EventList } from "./events.js";
import { ClusterMap } from "./map/map.js";
import { Plot } from "./plots.js";
import { stateOf } from "./model.js";
import { glyph } from "./words.js";

const Latest = 12;

/** Failed sessions among them: a flood of these must not hide what happens to gateways. */
const LatestFailed = 4;

export class Overview {
  title = "Overview";
  #model;
  #map;
  #detail;
  #chosen = null;

  /** In the legend only while the map shows such a one. */
  #rare = new Map([["missing", explained("missing", "missing")], ["outside", explained("outside", "outside the cluster")]]);
  #events = new EventList("Nothing has happened yet.");
  #troubles = h("ul", { class: "list" });
  #well = h("p", { class: "empty" });
  #followedName = h("span", { class: "muted" });
  #followed = h("div", { class: "spring row" }, this.#followedName, h("button", { class: "small", type: "button", onclick: () => this.#model.follow(null) }, "Show all"));
  #whose = h("select", { class: "small", "aria-label": "Whose figures the plots show" });

  constructor(model, actions) {
    this.#model = model;
    this.#map = new ClusterMap(model, chosen => this.choose(chosen));
    this.#detail = new Detail(model, actions, () => this.choose(null));
    this.troubles = new Keyed(this.#troubles, trouble => this.#makeTrouble(trouble), () => {});
    this.throughput = new Plot("Throughput", [
      { name: "to clients", style: "a", of: point => point.received },
      { name: "to destinations", style: "b", of: point => point.sent },
    ], rate, 1000);
    this.setups = new Plot("Setup time", [
      { name: "chain p50", style: "a", of: point => point.chain?.median ?? null },
      { name: "p95", style: "a faint", of: point => point.chain?.high ?? null },
      { name: "direct p50", style: "b", of: point => point.direct?.median ?? null },
      { name: "p95", style: "b faint", of: point => point.direct?.high ?? null },
    ], span, 1);
    this.throughput.tools.append(this.#whose);
    this.#whose.addEventListener("input", () => this.draw());
    this.element = h("div", { class: "overview" },
      h("div", { class: "column" },
        h("section", { class: "panel", "aria-label": "Map" }, h("header", {}, h("h2", {}, "Cluster and chains"), this.#followed), this.#map.element, legend([...this.#rare.values()])),
        h("div", { class: "plots" }, this.throughput.element, this.setups.element)),
      h("div", { class: "column" },
        this.#detail.element,
        h("section", { class: "panel", "aria-label": "Needs attention" }, h("header", {}, h("h2", {}, "Needs attention")), this.#troubles, this.#well),
        h("section", { class: "panel", "aria-label": "Latest events" },
          h("header", {}, h("h2", {}, "Latest events"), h("a", { class: "spring", href: "#events" }, "All")), this.#events.whole)));
  }

  choose(chosen) {
    const was = this.#chosen;
    this.#chosen = chosen && was?.kind === chosen.kind && was.key === chosen.key ? null : chosen;
    this.#map.chosen = this.#chosen;
    this.#detail.show(this.#chosen);
    if (this.#chosen && matchMedia("(max-width: 1060px)").matches) this.#detail.element.scrollIntoView({ block: "nearest" });
    if (!this.#chosen && was) document.querySelector(`.map [data-key="${CSS.escape(was.key)}"]`)?.focus();
  }

  draw() {
    this.#map.draw();
    const { followed } = this.#model;
    this.#followed.hidden = !followed;
    text(this.#followedName, followed ? `The way of session ${followed.id} at ${followed.node}` : "");
    this.#detail.show(this.#chosen);
    const troubles = this.#model.troubles;
    this.troubles.show(troubles, trouble => `${trouble.level} ${trouble.subject} ${trouble.words}`);
    this.#well.hidden = troubles.length > 0;
    this.#well.textContent = this.#model.own === null ? "Asking…" : this.#model.chains.length > 0 ? "Nothing. All gateways are up, and every chain has a way." : "Nothing. All gateways are up.";
    for (const [state, element] of this.#rare) element.hidden = !this.#model.drawn.some(member => stateOf(member) === state);
    this.#events.show(latest(this.#model.news));
    chooseNodes(this.#whose, this.#model, "all gateways");
    const name = this.#whose.value || null;
    this.throughput.draw(this.#model.history.throughput(name));
    this.setups.draw(this.#model.history.setups(name));
  }

  #makeTrouble({ level, subject, words, name, leg }) {
    const sign = { bad: "×", warn: "!", note: "Ⅱ" }[level];
    const target = name ? { kind: "node", key: name } : leg ? { kind: "leg", key: leg } : null;
    return h("li", {}, h("span", { class: `mark ${level}`, "aria-hidden": "true" }, sign), h("p", {},
      target ? h("button", { class: "link-like", type: "button", onclick: () => this.choose(target) }, subject) : h("strong", {}, subject), ` ${words}`));
  }
}

function latest(news) {
  let failed = 0;
  return news.filter(event => event.kind !== "session-failed" || ++failed <= LatestFailed).slice(0, Latest);
}

const explained = (state, words) => h("span", {}, glyph(state), words);

function legend(rare) {
  const line = style => s("svg", { width: 30, height: 8, "aria-hidden": "true" }, s("path", { class: style, d: "M0 4h30" }));
  return h("div", { class: "legend" },
    h("span", {}, line("v4"), "IPv4"), h("span", {}, line("v6"), "IPv6"), h("span", {}, line("dead"), "out of use"),
    [["up", "up"], ["draining", "draining"], ["ejected", "ejected"], ["warned", "not ready"], ["unreachable", "unreachable"], ["gone", "gone"]].map(([state, words]) => explained(state, words)), rare,
    h("span", {}, "thicker: more flows, both ways together"));
}

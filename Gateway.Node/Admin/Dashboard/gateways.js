// Every gateway in one line, and every chain below.

import { h } from "./dom.js";
import { count, long, octets, rate } from "./format.js";
import { sessionsOf, stateOf } from "./model.js";
import { chainLines, state } from "./words.js";

export class GatewaysView {
  title = "Gateways";
  #model;
  #actions;
  #body = h("tbody");
  #chains = h("div", { class: "chains" });
  #shown = "";

  constructor(model, actions) {
    [this.#model, this.#actions] = [model, actions];
    const heads = ["Gateway", "State", "Roles", "Listens", "Live", "Since start", "Failed", "Up", "To destinations", "To clients"];
    const numbers = new Set(["Live", "Since start", "Failed", "To destinations", "To clients", "Up"]);
    this.element = h("div", { class: "column" },
      h("section", { class: "panel", "aria-label": "Gateways" }, h("div", { class: "scroll" }, h("table", { class: "cards" },
        h("thead", {}, h("tr", {}, heads.map(name => h("th", { scope: "col", class: numbers.has(name) ? "n" : null }, name)), h("th", {}, ""))), this.#body))),
      this.#chains);
  }

  draw() {
    const members = this.#model.drawn.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
    const focused = this.element.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    this.#body.replaceChildren(...members.map(member => this.#row(member)));
    if (focused) [...this.#body.querySelectorAll("button")].find(each => each.getAttribute("aria-label") === focused)?.focus();
    const key = JSON.stringify(this.#model.chains);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#chains.replaceChildren(...this.#model.chains.map(chain => h("section", { class: "panel", "aria-label": `Chain ${chain.name} from ${chain.node}` },
      h("header", {}, h("h2", {}, `Chain ${chain.name}`), h("span", { class: "muted" }, `from ${chain.node}, to destinations over ${chain.destination_over === "any" ? "any family" : chain.destination_over}`),
        h("span", { class: `pill spring ${chain.live ? "good" : "bad"}` }, chain.live ? "a way stands" : chain.why)),
      chainLines(chain))));
    if (this.#model.chains.length === 0) this.#chains.replaceChildren(h("p", { class: "panel empty" }, "The settings declare no chain."));
  }

  #row(member) {
    const node = member.node;
    const isHere = ["up", "draining"].includes(stateOf(member));
    const mayBeEjected = isHere || stateOf(member) === "outside";
    const isDraining = member.draining || node?.draining;
    const rates = isHere ? this.#model.history.rates(member.name) : null;
    const failed = node ? Object.values(node.failures).reduce((sum, each) => sum + each, 0) : null;
    const cell = (label, content, kind = null) => h("td", { "data-label": label, class: kind }, content);
    const ejectedBy = this.#model.ejectedBy(member.name);
    const act = (verb, action) => h("button", { type: "button", class: "small", "aria-label": `${verb} ${member.name}`, onclick: () => action.call(this.#actions, member.name) }, verb);
    return h("tr", {},
      cell("Gateway", h("strong", {}, member.name)),
      cell("State", h("span", {}, state(this.#model, member), member.error ? h("span", { class: "bad" }, ` ${member.error}`) : null,
        ejectedBy.length > 0 ? h("p", { class: "note" }, `out of the chains of ${ejectedBy.join(", ")}`) : null,
        isHere && node && !isDraining ? node.reasons.map(reason => h("p", { class: "warn" }, reason)) : null)),
      cell("Roles", member.roles.join(", ")),
      cell("Listens", node ? node.listeners.join(", ") : "", "mono"),
      cell("Live", isHere ? count(sessionsOf(member)) : "–", "n half"),
      cell("Since start", node ? count(node.accepted) : "–", "n half"),
      cell("Failed", failed === null ? "–" : count(failed), "n half"),
      cell("Up", node && isHere ? long(Date.now() - Date.parse(node.started)) : "–", "n half"),
      cell("To destinations", rates ? h("span", {}, rate(rates.sent), h("span", { class: "muted" }, ` · ${octets(node.sent)}`)) : "–", "n"),
      cell("To clients", rates ? h("span", {}, rate(rates.received), h("span", { class: "muted" }, ` · ${octets(node.received)}`)) : "–", "n"),
      h("td", { class: "n" }, h("div", { class: "row end" },
        isHere ? isDraining ? act("Undrain", this.#actions.undrain) : act("Drain", this.#actions.drain) : null,
        ejectedBy.length > 0 ? act("Restore", this.#actions.restore) : mayBeEjected ? act("Eject", this.#actions.eject) : null)));
  }
}

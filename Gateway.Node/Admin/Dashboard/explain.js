// What a gateway would do with a request, and why; the routes that it decides by.

import { get, Refusal, Silence } from "./api.js";
import { h, text } from "./dom.js";
import { chooseNodes } from "./events.js";
import { chainLines } from "./words.js";

const commands = ["connect", "bind", "udp-associate", "address-associate"];

export class ExplainView {
  title = "Explain";
  #model;
  #answer = h("div", { class: "body", "aria-live": "polite" });
  #routes = h("tbody");
  #routesOf = h("h2", {}, "Routes");
  #problem = h("p", { class: "empty" });
  #destination = h("input", { name: "destination", required: true, placeholder: "example.com:443 or [2001:db8::1]:80", autocapitalize: "off", spellcheck: "false" });
  #from = h("input", { placeholder: "127.0.0.1" });
  #user = h("input", { placeholder: "nobody" });
  #command = h("select", {}, commands.map(name => h("option", { value: name }, name)));
  #node = h("select");
  #matched = null;
  #known = [];

  constructor(model) {
    this.#model = model;
    this.#node.addEventListener("input", () => this.#askRoutes());
    const field = (words, input, wide) => h("label", { class: wide ? "field wide" : "field" }, h("span", {}, words), input);
    this.element = h("div", { class: "column" },
      h("section", { class: "panel", "aria-label": "Explain a request" },
        h("header", {}, h("form", { class: "filters", onsubmit: event => this.#ask(event) },
          field("Destination", this.#destination, true), field("From client", this.#from), field("User", this.#user), field("Command", this.#command),
          field("At gateway", this.#node), h("button", { class: "main" }, "Explain"))),
        this.#answer),
      h("section", { class: "panel", "aria-label": "Routes" },
        h("header", {}, this.#routesOf, h("span", { class: "muted" }, "the first that matches decides")),
        h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, ["Number", "Route", "For"].map((name, index) => h("th", { scope: "col", class: index === 0 ? "n tight" : null }, name)))), this.#routes)),
        this.#problem));
    this.#answer.append(h("p", { class: "muted" }, "Type a destination as a client would ask for it. Nothing is connected."));
  }

  enter(terms) {
    chooseNodes(this.#node, this.#model, "this one");
    if (terms.get("destination")) this.#destination.value = terms.get("destination");
    this.#askRoutes();
    this.#destination.focus({ preventScroll: true });
  }

  draw() {
    chooseNodes(this.#node, this.#model, "this one");
  }

  async #ask(event) {
    event.preventDefault();
    try {
      const { nodes: [answer] } = await get("api/explain", { destination: this.#destination.value.trim(), from: this.#from.value.trim(), user: this.#user.value.trim(),
        command: this.#command.value, node: this.#node.value });
      if (answer.error) {
        this.#answer.replaceChildren(h("p", { class: "wrong" }, `${answer.node}: ${answer.error}`));
        return;
      }
      this.#matched = answer.route ?? null;
      this.#answer.replaceChildren(
        h("p", {}, h("span", { class: `pill ${answer.allowed ? "good" : "bad"}` }, answer.allowed ? "allowed" : `refused, reply ${answer.reply}`), " ",
          h("strong", { class: "mono" }, answer.destination), answer.allowed ? [" via ", h("strong", {}, answer.via)] : null, h("span", { class: "muted" }, ` at ${answer.node}`)),
        h("p", { class: "section" }, answer.why),
        ...(answer.chain ? [h("div", { class: "section" }, h("h3", {}, `Chain ${answer.chain.name}: ${answer.chain.live ? "a way stands" : answer.chain.why}`), chainLines(answer.chain))] : []));
      this.#drawRoutes();
    } catch (failure) {
      this.#fail(failure, words => this.#answer.replaceChildren(h("p", { class: "wrong" }, words)));
    }
  }

  async #askRoutes() {
    try {
      const { nodes: [answer] } = await get("api/routes", { node: this.#node.value });
      this.#known = answer.routes;
      this.#matched = null;
      text(this.#routesOf, `Routes of ${answer.node}`);
      text(this.#problem, answer.error ?? "The settings declare no route.");
      this.#drawRoutes();
    } catch (failure) {
      this.#fail(failure, words => text(this.#problem, words));
    }
  }

  #drawRoutes() {
    this.#problem.hidden = this.#known.length > 0;
    this.#routes.replaceChildren(...this.#known.map(route => h("tr", { class: route.number === this.#matched ? "match" : null },
      h("td", { class: "n" }, String(route.number)),
      h("td", { class: "mono" }, route.text, route.number === this.#matched ? h("strong", {}, "  ← decides") : null),
      h("td", { class: "nowrap" }, route.transit ? "clients and members" : "clients"))));
  }

  #fail(failure, tell) {
    if (!(failure instanceof Refusal || failure instanceof Silence)) throw failure;
    tell(failure.message);
  }
}

// What happened, newest first.

import { h, set, text, Keyed } from "./dom.js";
import { moment, plural } from "./format.js";
import { eventMark } from "./words.js";

/** A list of events; the same on the overview and on the page of its own. */
export class EventList {
  constructor(empty) {
    this.element = h("ul", { class: "list events" });
    this.empty = h("p", { class: "empty" }, empty);
    this.items = new Keyed(this.element, makeItem, (element, event) => text(element.querySelector(".where"), `${event.kind} · seen by ${event.nodes.join(", ")}`));
    this.whole = h("div", {}, this.element, this.empty);
  }

  show(events) {
    this.items.show(events, event => `${event.node} ${event.number} ${event.time}`);
    this.empty.hidden = events.length > 0;
  }
}

function makeItem(event) {
  return h("li", { "data-kind": event.kind }, eventMark(event.kind), h("div", {},
    h("time", { datetime: event.time }, moment(new Date(event.time))),
    h("p", {}, h("strong", {}, event.subject), ` ${event.message}`),
    h("p", { class: "where" })));
}

const groups = {
  members: /^(member|draining|undrained)/,
  "legs and chains": /^(leg|chain|server)/,
  sessions: /^(session|association)/,
  settings: /^reload/,
};

export class EventsView {
  title = "Events";
  #model;
  #list = new EventList("No event matches.");
  #group = h("select", {}, h("option", { value: "" }, "all"), Object.keys(groups).map(name => h("option", { value: name }, name)));
  #node = h("select");
  #words = h("input", { type: "search", placeholder: "part of the text" });
  #number = h("span", { class: "muted spring num", role: "status" });

  constructor(model) {
    this.#model = model;
    for (const input of [this.#group, this.#node, this.#words]) input.addEventListener("input", () => this.draw());
    this.element = h("section", { class: "panel", "aria-label": "Events" },
      h("header", {}, h("div", { class: "filters" },
        h("label", { class: "field" }, h("span", {}, "About"), this.#group),
        h("label", { class: "field" }, h("span", {}, "Seen by"), this.#node),
        h("label", { class: "field wide" }, h("span", {}, "Text"), this.#words)), this.#number),
      this.#list.whole);
  }

  draw() {
    chooseNodes(this.#node, this.#model, "all gateways");
    const words = this.#words.value.trim().toLowerCase();
    const shown = this.#model.news.filter(event =>
      (!this.#group.value || groups[this.#group.value].test(event.kind))
      && (!this.#node.value || event.nodes.includes(this.#node.value))
      && (!words || `${event.subject} ${event.message} ${event.kind}`.toLowerCase().includes(words)));
    this.#number.textContent = plural(shown.length, "event");
    this.#list.show(shown);
  }
}

/** Fills a select with the gateways there are, and keeps what is chosen. */
export function chooseNodes(select, model, all) {
  const names = model.present.map(member => member.name).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const key = names.join("\n");
  if (select.dataset.names === key) return;
  const chosen = select.value;
  set(select, "data-names", key);
  select.replaceChildren(h("option", { value: "" }, all), ...names.map(name => h("option", { value: name }, name)));
  if (names.includes(chosen)) select.value = chosen;
}

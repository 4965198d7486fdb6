// Live sessions of every gateway: found where they live, in pages, with the way each one takes.

import { get, Refusal, Silence } from "./api.js";
import { h, Keyed, set, text } from "./dom.js";
import { count, long, moment, octets, plural, span } from "./format.js";
import { chooseNodes } from "./events.js";
import { SessionPath } from "./session-path.js";
import { way } from "./words.js";

const Period = 2000;
/** Of a page: a phone shows few of them at once. */
const Rows = matchMedia("(max-width: 760px)").matches ? 40 : 100;

const columns = [
  { key: "node", name: "At", of: row => row.node },
  { key: "id", name: "Session", of: row => row.id, isNumber: true },
  { key: "client", name: "Client", of: row => row.origin ?? row.client },
  { key: "user", name: "User", of: row => row.user ?? "" },
  { key: "destination", name: "Destination", of: row => row.destination ?? "" },
  { key: "via", name: "Route", of: row => row.via ?? "" },
  { key: "state", name: "State", of: row => row.state },
  { key: "age", name: "Age", of: row => -Date.parse(row.started), isNumber: true },
  { key: "setup", name: "Setup", of: row => row.setup_ms ?? -1, isNumber: true },
  { key: "sent", name: "Out", of: row => row.sent, isNumber: true },
  { key: "received", name: "Back", of: row => row.received, isNumber: true },
];

const states = ["handshake", "connecting", "awaiting-peer", "relaying", "associated", "answered", "closing"];

export class SessionsView {
  title = "Sessions";
  #model;
  #actions;
  #rows = [];
  #matched = 0;
  #next = new Map();
  #pages = [new Map()];
  #sort = { key: "id", isDown: true };
  #timer = null;
  #asked = 0;
  #body = h("tbody");
  #drawn = new Keyed(this.#body, () => h("tr"), (element, row) => this.#show(element, row));
  #empty = h("p", { class: "empty" }, "Asking…");
  #foot = h("span", { class: "num", role: "status" });
  #problem = h("span", { class: "bad" });
  #previous = h("button", { type: "button", class: "small", onclick: () => this.#turn(-1) }, "‹ Previous");
  #following = h("button", { type: "button", class: "small", onclick: () => this.#turn(1) }, "Next ›");
  #fields = {
    text: h("input", { type: "search", placeholder: "address, name, user, gateway" }),
    node: h("select"),
    via: h("select", {}, h("option", { value: "" }, "any")),
    state: h("select", {}, h("option", { value: "" }, "any"), states.map(state => h("option", { value: state }, state))),
    hop: h("input", { type: "search", placeholder: "gateway" }),
  };

  constructor(model, actions) {
    [this.#model, this.#actions] = [model, actions];
    this.path = new SessionPath(model, actions, () => this.ask());
    const field = (name, words, wide) => h("label", { class: wide ? "field wide" : "field" }, h("span", {}, words), this.#fields[name]);
    for (const input of Object.values(this.#fields)) input.addEventListener("input", () => this.#filtered());
    this.heads = columns.map(column => h("th", { class: column.isNumber ? "n" : null, scope: "col" }, h("button", { type: "button", onclick: () => this.#sortBy(column.key) }, column.name)));
    this.element = h("div", { class: "column" }, this.path.element, h("section", { class: "panel", "aria-label": "Sessions" },
      h("header", {}, h("div", { class: "filters" },
        field("text", "Text", true), field("node", "At gateway"), field("via", "Route"), field("state", "State"), field("hop", "Through"))),
      h("div", { class: "scroll" }, h("table", { class: "cards" }, h("thead", {}, h("tr", {}, this.heads, h("th", { scope: "col" }, h("span", {}, "")))), this.#body)),
      this.#empty,
      h("div", { class: "foot" }, this.#foot, this.#problem, h("span", { class: "spring" }), this.#previous, this.#following)));
  }

  /** The view opens; terms come from the address. */
  enter(terms) {
    chooseNodes(this.#fields.node, this.#model, "all");
    this.#offerRoutes();
    if ([...terms].length > 0) {
      for (const [name, input] of Object.entries(this.#fields)) input.value = terms.get(name) ?? "";
      this.#pages = [new Map()];
    }
    this.#showSort();
    this.ask();
  }

  leave() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#asked++;
  }

  draw() {
    chooseNodes(this.#fields.node, this.#model, "all");
    this.#offerRoutes();
  }

  async ask() {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const from = this.#pages.at(-1);
    const names = this.#fields.node.value ? [this.#fields.node.value] : from.size > 0 ? [...from.keys()] : this.#model.present.map(member => member.name);
    const query = { ...Object.fromEntries(Object.entries(this.#fields).filter(([name]) => name !== "node").map(([name, input]) => [name, input.value.trim()])),
      limit: Math.max(10, Math.floor(Rows / Math.max(1, names.length))) };
    try {
      const answers = from.size > 0 || names.length === 1
        ? (await Promise.all(names.map(node => get("api/sessions", { ...query, node, after: from.get(node) })))).flatMap(answer => answer.nodes)
        : (await get("api/sessions", { ...query, node: "*" })).nodes;
      if (asked === this.#asked) this.#take(answers);
      await this.path.refresh();
    } catch (failure) {
      if (!(failure instanceof Refusal || failure instanceof Silence)) throw failure;
      if (asked === this.#asked) text(this.#problem, failure.message);
    } finally {
      if (asked === this.#asked) this.#timer = setTimeout(() => this.ask(), Period);
    }
  }

  #take(answers) {
    const failed = answers.filter(answer => answer.error);
    text(this.#problem, failed.map(answer => `${answer.node}: ${answer.error}`).join("; "));
    this.#rows = answers.flatMap(answer => answer.sessions.map(session => ({ node: answer.node, ...session })));
    this.#matched = answers.reduce((sum, answer) => sum + answer.matched, 0);
    this.#next = new Map(answers.filter(answer => answer.next).map(answer => [answer.node, answer.next]));
    this.#drawRows();
  }

  #drawRows() {
    const column = columns.find(each => each.key === this.#sort.key);
    const order = (a, b) => {
      const [x, y] = [column.of(a), column.of(b)];
      return (typeof x === "number" ? x - y : String(x).localeCompare(String(y), "en", { numeric: true })) || a.node.localeCompare(b.node) || a.id - b.id;
    };
    const rows = this.#rows.sort((a, b) => this.#sort.isDown ? -order(a, b) : order(a, b));
    this.#drawn.show(rows, row => `${row.node} ${row.id}`);
    this.#empty.hidden = rows.length > 0;
    text(this.#empty, Object.values(this.#fields).some(input => input.value) ? "No live session matches." : "There is no live session.");
    const page = this.#pages.length;
    const isAll = page === 1 && this.#next.size === 0;
    text(this.#foot, isAll ? plural(this.#matched, "session") : `${plural(this.#matched, "session")} · page ${page}, ${count(rows.length)} shown · sorted within the page`);
    this.#previous.disabled = page === 1;
    this.#following.disabled = this.#next.size === 0;
  }

  /** Most of a row stays as it is from one answer to the next. */
  #show(element, row) {
    const shape = JSON.stringify([row.client, row.origin, row.user, row.command, row.destination, row.via, row.member, row.started, row.hops?.map(hop => [hop.name, hop.family]), row.ways?.length]);
    if (element.shape !== shape) element.replaceChildren(...this.#cells(row));
    element.shape = shape;
    set(element, "aria-selected", this.path.isShown(row) ? "true" : null);
    const [state, age, setup, sent, received] = [6, 7, 8, 9, 10].map(index => element.children[index]);
    text(state, row.state);
    text(age.firstChild, long(Date.now() - Date.parse(row.started)));
    text(setup, span(row.setup_ms));
    text(sent, octets(row.sent));
    text(received, octets(row.received));
  }

  #cells(row) {
    const cell = (label, content, options = {}) => h("td", { "data-label": label, ...options }, content);
    const client = row.origin && row.origin !== row.client ? [row.origin, h("span", { class: "muted" }, ` by ${row.member}`)] : row.client;
    return [
      cell("At", row.node, { class: "nowrap half" }),
      cell("Session", h("button", { type: "button", class: "link-like", "aria-label": `Follow session ${row.id} at ${row.node}`, onclick: () => this.#follow(row) }, String(row.id)), { class: "n half" }),
      cell("Client", client, { class: "mono" }),
      cell("User", row.user ?? "", { class: row.user ? null : "none" }),
      cell("Destination", h("span", {}, row.command && row.command !== "connect" ? h("span", { class: "pill" }, row.command) : null, " ", row.destination ?? "–"), { class: "mono" }),
      cell("Route", h("span", { class: "route" }, row.via ? h("span", { class: "muted" }, row.via) : null, row.hops || row.member ? way(row.node, row) : null)),
      cell("State", "", { class: "half" }),
      cell("Age", h("span", { title: moment(new Date(row.started)) }), { class: "n half" }),
      cell("Setup", "", { class: "n half" }),
      cell("Out", "", { class: "n half" }),
      cell("Back", "", { class: "n half" }),
      h("td", { class: "n half" }, h("button", { type: "button", class: "small", "aria-label": `Close session ${row.id} at ${row.node}`, onclick: () => this.#close(row) }, "Close")),
    ];
  }

  #follow(row) {
    this.path.show(row);
    this.#drawRows();
  }

  async #close(row) {
    if (await this.#actions.closeSession(row.node, row)) this.ask();
  }

  #filtered() {
    this.#pages = [new Map()];
    clearTimeout(this.#timer);
    this.#asked++;
    this.#timer = setTimeout(() => this.ask(), 150);
  }

  #turn(by) {
    if (by > 0) this.#pages.push(this.#next);
    else this.#pages.pop();
    this.ask();
  }

  #sortBy(key) {
    this.#sort = { key, isDown: this.#sort.key === key ? !this.#sort.isDown : Boolean(columns.find(each => each.key === key).isNumber) };
    this.#showSort();
    this.#drawRows();
  }

  #showSort() {
    columns.forEach((column, index) => set(this.heads[index], "aria-sort", column.key === this.#sort.key ? (this.#sort.isDown ? "descending" : "ascending") : null));
  }

  #offerRoutes() {
    const select = this.#fields.via;
    const names = ["direct", ...new Set(this.#model.chains.map(chain => chain.name))];
    if (select.dataset.names === names.join("\n")) return;
    const chosen = select.value;
    select.dataset.names = names.join("\n");
    select.replaceChildren(h("option", { value: "" }, "any"), ...names.map(name => h("option", { value: name }, name)));
    if (names.includes(chosen)) select.value = chosen;
  }
}

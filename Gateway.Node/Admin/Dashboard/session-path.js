// One session, followed through every gateway that it passes.

import { get, Refusal, Silence } from "./api.js";
import { h, text } from "./dom.js";
import { family, familyOf, long, moment, octets, span } from "./format.js";
import { legKey } from "./model.js";
import { familyMark } from "./words.js";

export class SessionPath {
  #model;
  #actions;
  #closed;
  #shown = null;
  #everywhere = null;
  #body = h("div", { class: "body" });
  #title = h("h2");
  #ended = h("span", { class: "pill", role: "status" });
  #end = h("button", { class: "small", type: "button", onclick: () => this.#close() }, "Close session");

  constructor(model, actions, closed) {
    [this.#model, this.#actions, this.#closed] = [model, actions, closed];
    this.element = h("section", { class: "panel", "aria-label": "The session followed", tabindex: -1, hidden: true },
      h("header", {}, this.#title, this.#ended, h("a", { class: "spring", href: "#overview", onclick: () => this.#model.follow(this.#shown, this.#legs()) }, "Show on the map"), this.#end,
        h("button", { class: "quiet small", type: "button", "aria-label": "Follow no more", onclick: () => this.#hide() }, "✕")), this.#body);
    this.element.addEventListener("keydown", event => event.key === "Escape" && this.#hide());
  }

  isShown(row) {
    return this.#shown?.node === row.node && this.#shown.id === row.id;
  }

  show(row) {
    [this.#shown, this.#everywhere] = [row, null];
    this.element.hidden = false;
    this.#title.textContent = `Session ${row.id} at ${row.node}`;
    this.#hasEnded(false);
    this.#draw();
    this.element.focus();
    return this.refresh();
  }

  /** Asks every gateway that it passes what became of it. */
  async refresh() {
    const row = this.#shown;
    if (!row) return;
    try {
      const { nodes } = await get("api/sessions", row.trace ? { node: "*", trace: row.trace } : { node: row.node, after: row.id - 1, limit: 1 });
      if (!this.isShown(row)) return;
      const everywhere = nodes.flatMap(node => node.sessions.map(session => ({ node: node.node, ...session }))).filter(each => row.trace || each.id === row.id);
      const still = everywhere.find(each => each.node === row.node && each.id === row.id);
      this.#hasEnded(!still && nodes.some(node => node.node === row.node && !node.error));
      if (still) [this.#shown, this.#everywhere] = [still, everywhere];
      this.#draw();
    } catch (failure) {
      if (!(failure instanceof Refusal || failure instanceof Silence)) throw failure;
    }
  }

  #hasEnded(isSo) {
    this.#ended.hidden = !isSo;
    text(this.#ended, isSo ? "has ended; what is shown is of its last moment" : "");
    this.#end.hidden = isSo;
  }

  /** As the gateway sees it where the client came in. */
  get #first() {
    return this.#everywhere?.find(each => !each.member) ?? this.#shown;
  }

  /** The address of the destination is known where it was connected to. */
  get #peer() {
    const last = this.#first.hops?.at(-1);
    return last ? this.#everywhere?.find(each => each.node === last.name)?.peer : this.#first.peer;
  }

  /** Keys of the legs that it takes, from the client to the destination. */
  #legs() {
    const first = this.#first;
    let from = first.node;
    const legs = [{ to: from, family: familyOf(first.client) }];
    for (const hop of first.hops ?? []) {
      legs.push({ from, to: hop.name, family: hop.family });
      from = hop.name;
    }
    return [...legs, { from, family: familyOf(this.#peer) }].map(legKey);
  }

  #draw() {
    const first = this.#first;
    const stages = [];
    // next: the family of the leg that leads on; undefined behind the last stage.
    const stage = (name, facts, next) => stages.push(h("li", {},
      h("span", { class: "track" }, next === undefined ? null : h("span", { class: `out ${next ?? ""}`, role: "img", "aria-label": `then over ${family(next)}` }), next ? familyMark(next) : null),
      h("p", {}, h("strong", {}, name)), facts.filter(Boolean).map(fact => h("p", { class: "where" }, fact))));
    const at = name => this.#everywhere?.find(each => each.node === name);
    const here = session => session && `session ${session.id} there: ${session.state}, ${octets(session.sent)} out, ${octets(session.received)} back`;
    const hops = first.hops ?? [];
    const peer = this.#peer;
    const last = familyOf(peer);
    stage(first.origin ?? first.client, [first.user && `logged in as ${first.user}`, first.member && `came through ${first.member}`], familyOf(first.client));
    stage(first.node, [here(first), first.route === undefined ? null : `route ${first.route}: ${first.via}`], hops.length > 0 ? hops[0].family : last);
    hops.forEach((hop, index) => stage(hop.name, [`${hop.address}, answered after ${span(hop.ms)}`, here(at(hop.name))], index + 1 < hops.length ? hops[index + 1].family : last));
    stage(first.destination ?? "no destination yet", [peer && peer !== first.destination && `reached at ${peer}`]);
    this.#body.replaceChildren(
      h("p", { class: "muted" }, `${first.command ?? "no request yet"} since ${moment(new Date(first.started))} (${long(Date.now() - Date.parse(first.started))})`,
        first.setup_ms === undefined ? "" : `, set up in ${span(first.setup_ms)}`, first.trace ? [", trace ", h("code", {}, first.trace)] : ""),
      h("ol", { class: "stages" }, stages),
      ...(first.ways ? [h("p", {}, "Ways of its datagrams"), h("ul", { class: "list" }, first.ways.map(each => h("li", {},
        `${each.via}${each.hops ? `: ${each.hops.map(hop => hop.name).join(" → ")}` : ""}, ${octets(each.sent)} out, ${octets(each.received)} back${each.stands ? "" : ", lost"}`)))] : []));
  }

  async #close() {
    if (await this.#actions.closeSession(this.#shown.node, this.#shown)) {
      this.#hide();
      this.#closed();
    }
  }

  #hide() {
    const { node, id } = this.#shown;
    this.#shown = null;
    this.element.hidden = true;
    document.querySelector(`[data-focus="s ${CSS.escape(`${node} ${id}`)}"]`)?.focus();
    this.#closed();
  }
}

// One session, followed through every gateway that it passes.

import { get, Refusal, Silence } from "./api.js";
import { h } from "./dom.js";
import { family, familyOf, long, moment, octets, span } from "./format.js";
import { familyMark } from "./words.js";

export class SessionPath {
  #actions;
  #closed;
  #shown = null;
  #body = h("div", { class: "body" });
  #title = h("h2");

  constructor(model, actions, closed) {
    [this.#actions, this.#closed] = [actions, closed];
    this.element = h("section", { class: "panel", "aria-label": "The session followed", tabindex: -1, hidden: true },
      h("header", {}, this.#title, h("button", { class: "small spring", type: "button", onclick: () => this.#close() }, "Close session"),
        h("button", { class: "quiet small", type: "button", "aria-label": "Follow no more", onclick: () => this.#hide() }, "✕")), this.#body);
    this.element.addEventListener("keydown", event => event.key === "Escape" && this.#hide());
  }

  isShown(row) {
    return this.#shown?.node === row.node && this.#shown.id === row.id;
  }

  async show(row) {
    this.#shown = row;
    this.element.hidden = false;
    this.#title.textContent = `Session ${row.id} at ${row.node}`;
    this.#draw(row, null);
    this.element.focus();
    if (!row.trace) return;
    try {
      const { nodes } = await get("api/sessions", { node: "*", trace: row.trace });
      const everywhere = nodes.flatMap(node => node.sessions.map(session => ({ node: node.node, ...session })));
      if (this.isShown(row)) this.#draw(everywhere.find(each => !each.member) ?? row, everywhere);
    } catch (failure) {
      if (!(failure instanceof Refusal || failure instanceof Silence)) throw failure;
    }
  }

  /** first: as the gateway sees it where the client came in; everywhere: at all gateways, null where that is not known. */
  #draw(first, everywhere) {
    const stages = [];
    // next: the family of the leg that leads on; undefined behind the last stage.
    const stage = (name, facts, next) => stages.push(h("li", {},
      h("span", { class: "track" }, next === undefined ? null : h("span", { class: `out ${next ?? ""}`, role: "img", "aria-label": `then over ${family(next)}` }), next ? familyMark(next) : null),
      h("p", {}, h("strong", {}, name)), facts.filter(Boolean).map(fact => h("p", { class: "where" }, fact))));
    const at = name => everywhere?.find(each => each.node === name);
    const here = session => session && `session ${session.id} there: ${session.state}, ${octets(session.sent)} out, ${octets(session.received)} back`;
    const hops = first.hops ?? [];
    const last = familyOf(first.peer);
    stage(first.origin ?? first.client, [first.user && `logged in as ${first.user}`, first.member && `came through ${first.member}`], familyOf(first.client));
    stage(first.node, [here(first), first.route === undefined ? null : `route ${first.route}: ${first.via}`], hops.length > 0 ? hops[0].family : last);
    hops.forEach((hop, index) => stage(hop.name, [`${hop.address}, answered after ${span(hop.ms)}`, here(at(hop.name))], index + 1 < hops.length ? hops[index + 1].family : last));
    stage(first.destination ?? "no destination yet", [first.peer && `reached at ${first.peer}`]);
    this.#body.replaceChildren(
      h("p", { class: "muted" }, `${first.command ?? "no request yet"} since ${moment(new Date(first.started))} (${long(Date.now() - Date.parse(first.started))})`,
        first.setup_ms === undefined ? "" : `, set up in ${span(first.setup_ms)}`, first.trace ? [", trace ", h("code", {}, first.trace)] : ""),
      h("ol", { class: "stages" }, stages));
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

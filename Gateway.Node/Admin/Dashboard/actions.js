// What the operator can do. Always a POST, always with a question before.

import { post } from "./api.js";
import { confirm, say } from "./dialogs.js";

export class Actions {
  #refresh;

  constructor(refresh) {
    this.#refresh = refresh;
  }

  async drain(node) {
    if (await confirm(`Drain ${node}?`, `${node} takes no new clients; its live sessions go on. The other gateways pick it no more.`, "Drain"))
      await this.#do("api/drain", { node });
  }

  async undrain(node) {
    if (await confirm(`End the draining of ${node}?`, `${node} takes new clients again, at the addresses of before.`, "Undrain")) await this.#do("api/undrain", { node });
  }

  async eject(name) {
    if (await confirm(`Eject ${name}?`, `The chains of all gateways avoid ${name}, until it is restored. What goes through it already goes on, and its own clients are served.`, "Eject"))
      await this.#do(`api/gateways/${encodeURIComponent(name)}/eject`, { node: "*" });
  }

  async restore(name) {
    if (await confirm(`Restore ${name}?`, `${name} may serve in the chains of all gateways again.`, "Restore")) await this.#do(`api/gateways/${encodeURIComponent(name)}/restore`, { node: "*" });
  }

  async closeSession(node, session) {
    const words = `${session.client} → ${session.destination ?? "no destination yet"}. The connection ends at once, for both sides.`;
    return await confirm(`Close session ${session.id} at ${node}?`, words, "Close session", true) && await this.#do(`api/sessions/${session.id}/close`, { node });
  }

  /** True when it was done everywhere. */
  async #do(path, query) {
    try {
      const answer = await post(path, query);
      for (const node of answer.nodes) say(`${node.node}: ${node.done}`);
      return true;
    } catch (failure) {
      say(`Not done: ${failure.message}`, true);
      return false;
    } finally {
      this.#refresh();
    }
  }
}

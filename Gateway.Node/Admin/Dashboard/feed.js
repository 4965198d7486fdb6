// Keeps the model true: polls, and the stream of events between.

import { get, link, Refusal, Silence } from "./api.js";
import { eventKinds } from "./words.js";

const Again = 1000;

/** Asks again and again; the next time counts from the answer, so a slow gateway is not asked twice at once. */
class Poll {
  #timer = null;
  #isAsking = false;
  #isWanted = false;

  constructor(period, ask) {
    [this.period, this.ask] = [period, ask];
  }

  /** At once; when it is asking already, once more behind that. */
  async now() {
    if (this.#isAsking) {
      this.#isWanted = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#isAsking = true;
    let period = this.period;
    try {
      await this.ask();
    } catch (failure) {
      if (!(failure instanceof Refusal || failure instanceof Silence)) throw failure;
      period = Math.max(period, Again);
    } finally {
      this.#isAsking = false;
      this.#timer = setTimeout(() => this.now(), this.#isWanted ? 0 : period);
      this.#isWanted = false;
    }
  }

  stop() {
    clearTimeout(this.#timer);
  }
}

export class Feed {
  #model;
  #source = null;
  #reopen = null;
  #isLocked = false;

  /** The id of the last event: how far the page is with each gateway. */
  #last = "";

  constructor(model) {
    this.#model = model;
    this.cluster = new Poll(1000, async () => model.takeCluster(await get("api/cluster")));
    this.pulse = new Poll(500, async () => model.takePulse((await get("api/pulse")).nodes));
    this.gateways = new Poll(2000, async () => model.takeGateways((await get("api/gateways", { node: "*" })).nodes));
    // One after the other: a browser opens six connections to a gateway at most, and the cluster must never wait for one.
    this.rest = new Poll(2000, async () => {
      model.takeFlows((await get("api/flows", { node: "*" })).nodes);
      model.takeChains((await get("api/chains", { node: "*" })).nodes);
    });
    this.polls = [this.cluster, this.pulse, this.gateways, this.rest];
    link.addEventListener("locked", () => this.#lock());
  }

  start() {
    this.#isLocked = false;
    for (const poll of this.polls) poll.now();
    this.#follow();
  }

  /** Something was done: look at once what became of it. */
  refresh() {
    for (const poll of this.polls) poll.now();
  }

  #lock() {
    this.#isLocked = true;
    for (const poll of this.polls) setTimeout(() => this.#isLocked && poll.stop());
    this.#source?.close();
    clearTimeout(this.#reopen);
  }

  /** Those of all gateways, as they happen. Opened by hand and not by the browser, which gives up after a refusal. */
  #follow() {
    if (this.#isLocked) return;
    this.#source?.close();
    clearTimeout(this.#reopen);
    const source = this.#source = new EventSource(`api/events?node=*&after=${encodeURIComponent(this.#last)}`);
    source.onerror = () => {
      source.close();
      if (this.#source === source) this.#reopen = setTimeout(() => this.#follow(), Again);
    };
    for (const kind of eventKinds)
      source.addEventListener(kind, news => {
        this.#last = news.lastEventId;
        this.#take(JSON.parse(news.data));
      });
  }

  #take(event) {
    this.#model.takeEvents([event]);
    if (/^(member|leg|draining|undrained)/.test(event.kind)) {
      this.cluster.now();
      this.rest.now();
    }
  }
}

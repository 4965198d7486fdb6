// What is known of the cluster, put together from what its gateways tell. Says "change" at most once a frame.

import { History } from "./history.js";

/** A gateway that has left stays on the map for so long. */
const Remembered = 60_000;

const MostEvents = 500;

/** How a pool is named that members are in by their role. */
const Role = "role ";

/** Gateways that see the same thing tell of it within so many milliseconds. */
const Together = 15_000;

export class Model extends EventTarget {
  own = null;
  joined = false;
  members = new Map();
  chains = [];
  ejected = [];
  flows = new Map();
  events = [];
  history = new History();

  /** What is on the map and no member: servers that chains use, and seeds of the settings where nobody is; by name. */
  outside = new Map();

  /** The session whose way is shown on the map: { node, id, legs: keys }, or null. */
  followed = null;

  #missing = [];
  #isTold = false;
  #flowsAt = null;

  get others() {
    return [...this.members.values()].filter(member => member.name !== this.own && !member.goneAt);
  }

  get present() {
    return [...this.members.values()].filter(member => !member.goneAt);
  }

  /** All that stands on the map. */
  get drawn() {
    return [...this.members.values(), ...this.outside.values()];
  }

  find(name) {
    return this.members.get(name) ?? this.outside.get(name);
  }

  takeCluster(cluster) {
    [this.own, this.joined, this.ejected] = [cluster.node, cluster.joined, cluster.ejected];
    const now = Date.now();
    for (const told of cluster.members) {
      const known = this.members.get(told.name);
      const member = { node: null, error: null, ...known, ...told, goneAt: null, address: told.address ?? null };
      const since = stateOf(member) === (known ? stateOf(known) : null) ? known.since : now;
      this.members.set(told.name, { ...member, since });
    }
    const names = new Set(cluster.members.map(member => member.name));
    for (const member of this.members.values()) {
      if (names.has(member.name)) continue;
      if (!member.goneAt) this.members.set(member.name, { ...member, goneAt: now, since: now, node: null });
      else if (now - member.goneAt > Remembered) this.members.delete(member.name);
    }
    this.#missing = cluster.missing ?? [];
    this.#lookOutside();
    this.#tell();
  }

  /** Who answers, and who does not. */
  takePulse(nodes) {
    for (const { node, error } of nodes) {
      const known = this.members.get(node);
      if (known && !known.goneAt) this.#learn(known, { error: error ?? null });
    }
    this.#tell();
  }

  takeGateways(nodes) {
    const now = Date.now();
    for (const node of nodes) {
      const known = this.members.get(node.node);
      if (!known || known.goneAt) continue;
      if (!node.error) this.#learn(known, { node });
    }
    this.history.take(now, nodes.filter(node => !node.error));
    this.#tell();
  }

  takeChains(nodes) {
    this.chains = this.#asUsed(nodes.filter(node => !node.error));
    this.#lookOutside();
    this.#tell();
  }

  /** Octets per leg since the start of each gateway → octets a second since the time before. */
  takeFlows(nodes) {
    const now = Date.now();
    const seconds = this.#flowsAt === null ? null : (now - this.#flowsAt) / 1000;
    const before = this.flows;
    this.flows = new Map();
    for (const node of nodes)
      for (const flow of node.flows) {
        const key = `${node.node} ${legKey(flow)}`;
        const known = before.get(key);
        const grown = (name) => known && seconds ? Math.max(0, flow[name] - known[name]) / seconds : 0;
        this.flows.set(key, { ...flow, node: node.node, up: grown("sent"), down: grown("received") });
      }
    this.#flowsAt = now;
    const sum = (node, isEnd, name) => node.flows.filter(isEnd).reduce((sum, flow) => sum + flow[name], 0);
    this.history.takeEnds(now, new Map(nodes.filter(node => !node.error).map(node => [node.node,
      { sent: sum(node, flow => !flow.to, "sent"), received: sum(node, flow => !flow.from, "received") }])));
    this.#tell();
  }

  takeEvents(events) {
    const known = new Set(this.events.map(eventKey));
    this.events = [...this.events, ...events.filter(event => !known.has(eventKey(event)))].sort((a, b) => a.time < b.time ? 1 : a.time > b.time ? -1 : b.number - a.number).slice(0, MostEvents);
    this.#tell();
  }

  /** Events, newest first; what several gateways tell of the same thing is one, with the gateways' names. */
  get news() {
    const news = [];
    const open = new Map();
    for (const event of this.events) {
      const key = `${event.kind} ${event.subject} ${event.message}`;
      const same = open.get(key);
      if (same && /^(member|leg|server)/.test(event.kind) && !same.nodes.includes(event.node) && Date.parse(same.time) - Date.parse(event.time) < Together) {
        same.nodes.push(event.node);
        // It is the first teller's: later ones make no new line of it.
        Object.assign(same, { node: event.node, number: event.number, time: event.time });
      } else {
        const one = { ...event, nodes: [event.node] };
        open.set(key, one);
        news.push(one);
      }
    }
    for (const one of news) one.nodes.sort();
    return news;
  }

  /** Every leg there is to draw, by key: those that chains may use and those that carry something. */
  get legs() {
    const legs = new Map();
    const leg = part => {
      const key = legKey(part);
      if (!legs.has(key))
        legs.set(key, { key, from: part.from ?? null, to: part.to ?? null, family: part.family ?? null, ejected: false, failures: 0, againMs: null, latencyMs: null,
          chains: new Set(), sessions: 0, up: 0, down: 0 });
      return legs.get(key);
    };
    /** Where only its start knows a leg's family, the known legs between the same two are meant. */
    const meant = (told, family = null) => {
      if (told.family ?? family) return [leg({ ...told, family: told.family ?? family })];
      const known = [...legs.values()].filter(each => each.from === told.from && each.to === told.to);
      return known.length > 0 ? known : [leg(told)];
    };
    const learn = (known, told) => Object.assign(known,
      { ejected: told.ejected, failures: told.failures, againMs: told.again_ms ?? null, latencyMs: told.latency_ms ?? known.latencyMs });
    for (const flow of this.flows.values()) {
      const known = leg(flow);
      known.sessions += flow.sessions;
      known.up += flow.up;
      known.down += flow.down;
    }
    for (const { name, node, hops } of this.chains)
      for (const hop of hops)
        for (const told of hop.legs)
          for (const known of meant(told, /^ipv[46]$/.test(hop.over) ? hop.over : null)) {
            known.chains.add(name);
            // The gateway where a leg starts knows it best; of others' views a bad one counts.
            if (told.from === node || told.ejected || known.chains.size === 1) learn(known, told);
          }
    for (const told of this.ejected) for (const known of meant(told)) learn(known, told);
    return legs;
  }

  follow(session, legs) {
    this.followed = session && { node: session.node, id: session.id, legs: new Set(legs) };
    this.#tell();
  }

  /** The gateways whose chains an operator has taken that one out of. */
  ejectedBy(name) {
    return this.present.filter(member => member.node?.ejected_servers?.includes(name)).map(member => member.name).sort();
  }

  /** Live sessions of clients; the members' that belong to them are not counted again. */
  get clientSessions() {
    return [...this.flows.values()].filter(flow => !flow.from).reduce((sum, flow) => sum + flow.sessions, 0);
  }

  /** What an operator should look at, worst first: { level, subject, words, name? }. */
  get troubles() {
    const troubles = [];
    for (const member of this.members.values()) {
      const state = stateOf(member);
      const add = (level, words) => troubles.push({ level, subject: member.name, words, name: member.name });
      if (state === "gone") add("bad", "has left the cluster");
      else if (state === "unreachable") add("bad", "is not heard of");
      else if (state === "silent") add("bad", member.error);
      else {
        if (state === "draining") add("note", "drains: takes no new clients");
        const by = this.ejectedBy(member.name);
        if (by.length > 0) add("note", `is ejected: out of the chains of ${by.join(", ")}`);
        for (const reason of member.node?.reasons ?? []) if (!member.node.draining || !/drain/i.test(reason)) add("warn", reason);
      }
    }
    for (const chain of this.chains) if (!chain.live) troubles.push({ level: "bad", subject: `chain ${chain.name}`, words: `${chain.why} (as ${chain.node} sees it)` });
    for (const leg of this.legs.values())
      if (leg.ejected) troubles.push({ level: "warn", subject: `${leg.from} → ${leg.to}`, words: `leg over ${leg.family === "ipv6" ? "IPv6" : leg.family === "ipv4" ? "IPv4" : "either family"} is out of use`, leg: leg.key });
    for (const seed of this.outside.values()) if (seed.isMissing) troubles.push({ level: "bad", subject: seed.name, words: "is a seed node of the settings, and no member is there", name: seed.name });
    const order = { bad: 0, warn: 1, note: 2 };
    return troubles.sort((a, b) => order[a.level] - order[b.level]);
  }

  /**
   * A chain is declared wherever settings are shared, and used where clients come in: at gateways that are no hop of it. Where there is
   * none of these, every gateway's view counts.
   */
  #asUsed(nodes) {
    const all = nodes.flatMap(node => node.chains.map(chain => ({ ...chain, node: node.node })));
    // No gateway is a candidate of its own, so the others are asked.
    const isEntry = chain => !all.some(told => told.name === chain.name && told.hops.some(hop => mayServe(hop, this.members.get(chain.node) ?? { name: chain.node, roles: [] })));
    return all.filter(chain => isEntry(chain) || !all.some(other => other.name === chain.name && isEntry(other)));
  }

  #learn(known, told) {
    const member = { ...known, ...told };
    this.members.set(member.name, { ...member, since: stateOf(member) === stateOf(known) ? known.since : Date.now() });
  }

  #lookOutside() {
    const before = this.outside;
    const put = (name, kind) => this.members.has(name) || this.outside.set(name, before.get(name) ?? { name, [kind]: true, roles: [], endpoints: [], sessions: 0, node: null, error: null, since: Date.now() });
    this.outside = new Map();
    for (const chain of this.chains)
      for (const hop of chain.hops) for (const name of [...hop.candidates, ...(hop.ejected ?? []), ...hop.legs.map(leg => leg.to)]) put(name, "isOutside");
    // Who has just left is still on the map under its name.
    const gone = new Set([...this.members.values()].filter(member => member.goneAt).map(member => member.address));
    for (const seed of this.#missing) if (!gone.has(seed)) put(seed.replace(/^.*@/, ""), "isMissing");
  }

  #tell() {
    if (this.#isTold) return;
    this.#isTold = true;
    setTimeout(() => {
      this.#isTold = false;
      this.dispatchEvent(new Event("change"));
    }, 16);
  }
}

/**
 * "up", "draining", "silent" (a member that does not answer), "unreachable", "gone"; of what is no member "outside" (a server of the chains)
 * or "missing" (a seed of the settings where nobody is).
 */
export function stateOf(member) {
  if (member.isOutside) return "outside";
  if (member.isMissing) return "missing";
  if (member.goneAt) return "gone";
  if (!member.reachable) return "unreachable";
  if (member.error) return "silent";
  return member.draining || member.node?.draining ? "draining" : "up";
}

/** Whether a gateway may be that hop of a chain: also one that drains, is ejected or cannot be reached just now. */
export const mayServe = (hop, member) => hop.candidates.includes(member.name) || Boolean(hop.ejected?.includes(member.name)) || hop.legs.some(leg => leg.to === member.name)
  || (hop.pool.startsWith(Role) && member.roles.includes(hop.pool.slice(Role.length)));

const eventKey = event => `${event.node} ${event.number} ${event.time}`;

export const legKey = leg => `${leg.from ?? ""}>${leg.to ?? ""}>${leg.family ?? ""}`;

export const sessionsOf = member => member.node ? Object.values(member.node.sessions).reduce((sum, each) => sum + each, 0) : member.sessions;

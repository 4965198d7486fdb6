// Ten minutes of what the counters said, and the rates between them.

const Kept = 600_000;

/** Setup times are taken over so much of it: a quantile needs some sessions. */
const Window = 10_000;

export class History {
  /** Oldest first: { time, nodes: name → { sent, received, failures, accepted, setup } }. */
  samples = [];

  #ends = [];

  /** Octets since each gateway's start, by the ends of all chains: gateway → { sent to destinations, received by clients }. */
  takeEnds(time, ends) {
    this.#ends.push({ time, nodes: ends });
    while (time - this.#ends[0].time > Kept) this.#ends.shift();
  }

  take(time, nodes) {
    this.samples.push({
      time,
      nodes: new Map(nodes.map(node => [node.node, {
        sent: node.sent,
        received: node.received,
        accepted: node.accepted,
        failed: Object.values(node.failures).reduce((sum, each) => sum + each, 0),
        setup: node.setup,
      }])),
    });
    while (this.samples.length > 0 && time - this.samples[0].time > Kept) this.samples.shift();
  }

  /** Per second over the last interval, of one gateway or (null) of the whole cluster, where what passes several gateways counts once. */
  rates(name) {
    const samples = this.#of(name);
    return samples.length < 2 ? null : this.#between(samples.at(-2), samples.at(-1), name);
  }

  /** Points for a plot: { time, sent, received }, octets a second. */
  throughput(name) {
    const samples = this.#of(name);
    return samples.slice(1).map((sample, index) => ({ time: sample.time, ...this.#between(samples[index], sample, name) }));
  }

  /** Points for a plot: { time, direct, chain }, each { median, high } in milliseconds or null where no session began. */
  setups(name) {
    return this.samples.slice(1).map((sample, index) => {
      const before = this.#before(sample.time - Window, index);
      return { time: sample.time, direct: quantiles(before, sample, name, "direct"), chain: quantiles(before, sample, name, "chain") };
    });
  }

  /** Over the last minute: sessions accepted and failed, and the median setup. */
  lately() {
    const last = this.samples.at(-1);
    if (this.samples.length < 2) return null;
    const before = this.#before(last.time - 60_000, this.samples.length - 2);
    const sum = field => total(before, last, null, field);
    return { seconds: (last.time - before.time) / 1000, accepted: sum("accepted"), failed: sum("failed"),
      direct: quantiles(before, last, null, "direct"), chain: quantiles(before, last, null, "chain") };
  }

  #of(name) {
    return name === null ? this.#ends : this.samples;
  }

  #between(before, after, name) {
    const seconds = (after.time - before.time) / 1000;
    return { sent: total(before, after, name, "sent") / seconds, received: total(before, after, name, "received") / seconds };
  }

  #before(time, from) {
    let index = from;
    while (index > 0 && this.samples[index].time > time) index--;
    return this.samples[index];
  }
}

/** Gateways that are in both samples; one that began anew in between counts from nothing. */
function* pairs(before, after, name) {
  for (const [node, now] of after.nodes) {
    const then = before.nodes.get(node);
    if (then && (name === null || name === node)) yield [then, now];
  }
}

function total(before, after, name, field) {
  let sum = 0;
  for (const [then, now] of pairs(before, after, name)) sum += Math.max(0, now[field] - then[field]);
  return sum;
}

function quantiles(before, after, name, kind) {
  const classes = [];
  for (const [then, now] of pairs(before, after, name))
    now.setup.forEach((each, index) => {
      classes[index] ??= { bound: each.at_most_ms ?? null, count: 0 };
      classes[index].count += Math.max(0, each[kind] - (then.setup[index]?.[kind] ?? 0));
    });
  const all = classes.reduce((sum, each) => sum + each.count, 0);
  return all === 0 ? null : { median: quantile(classes, all * .5), high: quantile(classes, all * .95), count: all };
}

/** Within its class a value is taken to lie evenly; above the last bound it is that bound. */
function quantile(classes, rank) {
  let passed = 0;
  let low = 0;
  for (const { bound, count } of classes) {
    if (bound === null) return low;
    if (passed + count >= rank && count > 0) return low + (bound - low) * (rank - passed) / count;
    passed += count;
    low = bound;
  }
  return low;
}

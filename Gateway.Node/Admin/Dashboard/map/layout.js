// Where everything on the map stands. Gateways are in columns by their place in the chains (rows, on a narrow screen): a leg leads on.

import { legKey, mayServe } from "../model.js";

/** Gateways give way to the gaps between them, down to least; then the gaps do, and only then is the map wider than its place. */
const Wide = { node: [148, 58], least: 104, end: [84, 34], row: 34, gap: [60, 80, 190], lane: 9 };
const Narrow = { node: [102, 58], least: 78, end: [108, 28], row: 8, gap: [64, 64, 64], lane: 5 };

/** What a leg's label takes, in both directions from its middle. */
const Label = [31, 9];

/** Half of what the mark on a leg takes that is out of use. */
const Cross = 8;

/**
 * members, chains, legs → { width, height, nodes: name → { x, y, w, h }, ends: { clients, destinations }, legs: key → { path, label, cross } }
 * that fits into the width, if it can. A leg has no label where none finds room.
 */
export function layOut(members, chains, legs, width) {
  const isNarrow = width < 620;
  const columns = columnsOf(members, chains);
  const measure = fitting(isNarrow ? Narrow : Wide, isNarrow, columns, width);
  // "Along" is the way of a connection, "beside" is what stands side by side.
  const [along, beside] = isNarrow ? [1, 0] : [0, 1];
  const most = Math.max(1, ...columns.map(column => column.length));
  const besideSize = most * measure.node[beside] + (most - 1) * measure.row;
  const taken = columns.length * measure.node[along] + 2 * measure.end[along];
  const gaps = columns.length + 1;
  const gap = isNarrow ? measure.gap[0] : Math.min(measure.gap[2], Math.max(measure.gap[0], (width - 8 - taken) / gaps));
  const place = { nodes: new Map(), ends: {}, legs: new Map() };
  const extent = [0, 0];
  extent[along] = taken + gaps * gap + 4;
  const lanes = laneCount(columns, legs) * measure.lane;
  extent[beside] = Math.max(besideSize, measure.end[beside]) + 2 * lanes + 12;
  const margin = (isNarrow ? Math.max(extent[0], width) : extent[1]) / 2;
  let at = 2;
  const put = (size, from, offset) => {
    const spot = [0, 0];
    spot[along] = at;
    spot[beside] = margin - from + offset;
    return { x: spot[0], y: spot[1], w: size[0], h: size[1] };
  };
  place.ends.clients = put(measure.end, measure.end[beside] / 2, 0);
  at += measure.end[along] + gap;
  columns.forEach((column, number) => {
    const whole = column.length * measure.node[beside] + (column.length - 1) * measure.row;
    column.forEach((name, index) => place.nodes.set(name, { ...put(measure.node, whole / 2, index * (measure.node[beside] + measure.row)), column: number }));
    at += measure.node[along] + gap;
  });
  place.ends.destinations = put(measure.end, measure.end[beside] / 2, 0);
  place.width = isNarrow ? Math.max(extent[0], width) : extent[0];
  place.height = extent[1];
  place.ends.clients.column = -1;
  place.ends.destinations.column = columns.length;
  route(place, [...legs.values()], isNarrow, measure.lane);
  return place;
}

function fitting(measure, isNarrow, columns, width) {
  const most = Math.max(1, ...columns.map(column => column.length));
  const room = isNarrow ? (width - 8 - (most - 1) * measure.row) / most : (width - 8 - 2 * measure.end[0] - (columns.length + 1) * measure.gap[1]) / Math.max(1, columns.length);
  return { ...measure, node: [Math.floor(Math.min(measure.node[0], Math.max(measure.least, room))), measure.node[1]] };
}

/** Legs that pass a column by go around all gateways, half of them on either side. */
function laneCount(columns, legs) {
  const column = new Map(columns.flatMap((names, number) => names.map(name => [name, number])));
  const at = (name, end) => name === null ? end : column.get(name);
  return Math.ceil([...legs.values()].filter(leg => at(leg.to, columns.length) - at(leg.from, -1) > 1).length / 2);
}

/** A gateway stands where it first appears in a chain; who is in none stands in front, with the entries. */
function columnsOf(members, chains) {
  const depth = new Map(members.map(member => [member.name, 0]));
  const seen = new Set();
  for (const chain of chains)
    chain.hops.forEach((hop, index) => {
      for (const { name } of members.filter(member => mayServe(hop, member))) {
        if (name === chain.node) continue;
        depth.set(name, seen.has(name) ? Math.min(depth.get(name), index + 1) : index + 1);
        seen.add(name);
      }
    });
  for (const member of members)
    if (member.goneAt && member.column !== undefined && !seen.has(member.name)) depth.set(member.name, member.column);
  const columns = [];
  for (const name of [...depth.keys()].sort(byName)) (columns[depth.get(name)] ??= []).push(name);
  return columns.filter(column => column);
}

const byName = (a, b) => a.localeCompare(b, "en", { numeric: true });

/** Every leg gets a port of its own on either side, in the order of what it leads to, so that few cross. */
function route(place, legs, isNarrow, lane) {
  const spot = (name, end) => name === null ? place.ends[end] : place.nodes.get(name);
  const drawn = legs.map(leg => ({ leg, a: spot(leg.from, "clients"), b: spot(leg.to, "destinations") })).filter(each => each.a && each.b);
  const middle = box => isNarrow ? box.x + box.w / 2 : box.y + box.h / 2;
  const ports = (side, other) => {
    const byBox = Map.groupBy(drawn, each => each[side]);
    for (const [box, each] of byBox) {
      each.sort((p, q) => middle(p[other]) - middle(q[other]) || (p.leg.family ?? "").localeCompare(q.leg.family ?? ""));
      const room = (isNarrow ? box.w : box.h) * .72;
      each.forEach((one, index) => one[`${side}Port`] = middle(box) + (each.length === 1 ? 0 : (index / (each.length - 1) - .5) * Math.min(room, 16 * (each.length - 1))));
    }
  };
  ports("a", "b");
  ports("b", "a");
  const size = isNarrow ? place.width : place.height;
  const around = drawn.filter(each => each.b.column - each.a.column > 1).sort((p, q) => middle(p.a) - middle(q.a));
  around.forEach((each, index) => {
    const isFirstSide = index < around.length / 2;
    each.lane = isFirstSide ? 4 + index * lane : size - 4 - (around.length - 1 - index) * lane;
  });
  const taken = [...place.nodes.values(), place.ends.clients, place.ends.destinations];
  // Those that are out of use first: nothing may be written over their crosses.
  for (const each of drawn.sort((p, q) => q.leg.ejected - p.leg.ejected || flow(q.leg) - flow(p.leg))) {
    const { path, at } = isNarrow ? down(each) : right(each);
    if (each.leg.ejected) taken.push({ x: at(.5)[0] - Cross, y: at(.5)[1] - Cross, w: 2 * Cross, h: 2 * Cross });
    const label = each.leg.ejected ? null : freeSpot(at, taken, place.width);
    if (label && flow(each.leg) > 0) taken.push({ x: label[0] - Label[0], y: label[1] - Label[1], w: 2 * Label[0], h: 2 * Label[1] });
    place.legs.set(legKey(each.leg), { path, label, cross: at(.5) });
  }
}

const flow = leg => leg.up + leg.down;

function freeSpot(at, taken, width) {
  for (const t of [.5, .42, .58, .34, .66, .26, .74, .82, .18]) {
    const [x, y] = at(t);
    const isFree = x > Label[0] && x < width - Label[0]
      && !taken.some(box => x + Label[0] > box.x && x - Label[0] < box.x + box.w && y + Label[1] > box.y && y - Label[1] < box.y + box.h);
    if (isFree) return [x, y];
  }
  return null;
}

function right({ a, b, aPort, bPort, lane }) {
  if (lane !== undefined) return detour([a.x + a.w, aPort], [b.x, bPort], lane, 0);
  if (b.x > a.x) return curve([a.x + a.w, aPort], [b.x, bPort], (b.x - a.x - a.w) * .48, 0);
  // Back, or to a neighbour in the same column: around the outside.
  return curve([a.x + a.w, aPort], [b.x + b.w, bPort], 46, 0, 46);
}

function down({ a, b, aPort, bPort, lane }) {
  if (lane !== undefined) return detour([aPort, a.y + a.h], [bPort, b.y], lane, 1);
  if (b.y > a.y) return curve([aPort, a.y + a.h], [bPort, b.y], 0, (b.y - a.y - a.h) * .48);
  return curve([aPort, a.y + a.h], [bPort, b.y + b.h], 0, 34, null, 34);
}

/** A cubic Bézier from p to q that leaves and arrives in the direction (dx, dy); the ends may pull to different sides. */
function curve(p, q, dx, dy, backX = null, backY = null) {
  const c = [p[0] + dx, p[1] + dy];
  const d = [q[0] + (backX ?? -dx), q[1] + (backY ?? -dy)];
  const at = t => [0, 1].map(i => (1 - t) ** 3 * p[i] + 3 * (1 - t) ** 2 * t * c[i] + 3 * (1 - t) * t ** 2 * d[i] + t ** 3 * q[i]);
  const words = [p, c, d, q].map(point => point.map(value => value.toFixed(1)).join(" "));
  return { path: `M${words[0]}C${words[1]} ${words[2]} ${words[3]}`, at };
}

/** Out to a lane beside all gateways, along it, and in again; axis is the way of a connection. */
function detour(p, q, lane, axis) {
  const bend = Math.min(110, (q[axis] - p[axis]) * .3);
  const spot = (along, beside) => axis === 0 ? [along, beside] : [beside, along];
  const [from, to] = [p[axis] + bend, q[axis] - bend];
  const words = [p, spot(p[axis] + bend * .6, p[1 - axis]), spot(p[axis] + bend * .4, lane), spot(from, lane), spot(to, lane), spot(to + bend * .6, lane),
    spot(q[axis] - bend * .6, q[1 - axis]), q].map(point => point.map(value => value.toFixed(1)).join(" "));
  return {
    path: `M${words[0]}C${words[1]} ${words[2]} ${words[3]}L${words[4]}C${words[5]} ${words[6]} ${words[7]}`,
    at: t => spot(from + (to - from) * t, lane),
  };
}

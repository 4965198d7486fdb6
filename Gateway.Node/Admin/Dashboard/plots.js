// Lines over what was seen, the last ten minutes at most.

import { h, s, set, text } from "./dom.js";
import { clock } from "./format.js";

const Windows = [1, 2, 5, 10];
const Left = 58, Right = 8, Top = 8, Bottom = 20, Height = 150;

export class Plot {
  #svg;
  #title;
  #keys;
  #lines;
  #unit;
  #least;
  #cursor = null;
  #points = [];
  #x = null;

  /** lines: [{ name, style, of: point → number | null }]; unit formats a number; the axis goes up to least, or beyond. */
  constructor(title, lines, unit, least) {
    [this.#title, this.#lines, this.#unit, this.#least] = [title, lines, unit, least];
    this.#svg = s("svg", { role: "img", tabindex: 0 });
    this.#keys = lines.map(line => h("span", {}, h("i", { class: `key-line ${line.style}` }), h("span", { class: "num" })));
    this.tools = h("div", { class: "spring" });
    this.element = h("section", { class: "panel", "aria-label": title },
      h("header", {}, h("h2", {}, title), this.tools),
      h("div", { class: "plot" }, h("div", { class: "keys" }, this.#keys), this.#svg));
    this.#svg.addEventListener("pointermove", event => this.#point(event.clientX));
    this.#svg.addEventListener("pointerleave", () => this.#point(null));
    this.#svg.addEventListener("keydown", event => this.#step(event));
    this.#svg.addEventListener("blur", () => this.#point(null));
    new ResizeObserver(() => this.draw(this.#points)).observe(this.#svg);
  }

  draw(points) {
    this.#points = points;
    const width = this.#svg.clientWidth;
    if (width < 80) return;
    const end = points.at(-1)?.time ?? Date.now();
    const minutes = Windows.find(each => end - (points[0]?.time ?? end) <= each * 60_000) ?? Windows.at(-1);
    const highest = Math.max(this.#least, ...points.flatMap(point => this.#lines.map(line => line.of(point) ?? 0)));
    const top = ceiling(highest);
    const x = this.#x = time => Left + (width - Left - Right) * (1 - (end - time) / (minutes * 60_000));
    const y = value => Top + (Height - Top - Bottom) * (1 - value / top);
    const parts = [];
    for (let step = 0; step <= 2; step++) {
      const value = top * step / 2;
      const at = Math.round(y(value)) + .5;
      parts.push(s("path", { class: "grid", d: `M${Left} ${at}H${width - Right}` }), s("text", { class: "axis", x: Left - 6, y: at + 4, "text-anchor": "end" }, this.#unit(value)));
    }
    for (const minute of width < 360 ? [0, minutes] : [0, minutes / 2, minutes]) {
      const words = minute === 0 ? "now" : minute < 1 ? "−30 s" : `−${minute} min`;
      parts.push(s("text", { class: "axis", x: x(end - minute * 60_000), y: Height - 4, "text-anchor": minute === 0 ? "end" : minute === minutes ? "start" : "middle" }, words));
    }
    for (const line of this.#lines) parts.push(s("path", { class: line.style, d: trace(points, point => line.of(point), x, y) }));
    if (!points.some(point => this.#lines.some(line => line.of(point) !== null)))
      parts.push(s("text", { class: "nothing", x: Left + (width - Left - Right) / 2, y: Height / 2 }, points.length < 2 ? "collecting…" : "nothing in this time"));
    const shown = this.#cursor === null ? points.at(-1) : points[this.#cursor];
    if (this.#cursor !== null && shown) parts.push(s("path", { class: "cursor", d: `M${x(shown.time)} ${Top}V${Height - Bottom}` }));
    set(this.#svg, "viewBox", `0 0 ${width} ${Height}`);
    this.#svg.replaceChildren(...parts);
    this.#lines.forEach((line, index) => text(this.#keys[index].lastChild, `${line.name} ${shown ? words(line.of(shown), this.#unit) : "–"}`));
    const summary = shown ? `${this.#cursor === null ? "now" : `at ${clock(new Date(shown.time))}`}: ${this.#lines.map(line => `${line.name} ${words(line.of(shown), this.#unit)}`).join(", ")}` : "collecting";
    set(this.#svg, "aria-label", `${this.#title}, the last ${minutes} min; ${summary}`);
  }

  #point(clientX) {
    if (clientX === null || this.#points.length === 0) {
      this.#cursor = null;
    } else {
      const at = clientX - this.#svg.getBoundingClientRect().x;
      const distances = this.#points.map(point => Math.abs(this.#x(point.time) - at));
      this.#cursor = distances.indexOf(Math.min(...distances));
    }
    this.draw(this.#points);
  }

  #step(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || this.#points.length === 0) return;
    event.preventDefault();
    this.#cursor = Math.max(0, Math.min(this.#points.length - 1, (this.#cursor ?? this.#points.length - 1) + by));
    this.draw(this.#points);
  }
}

const words = (value, unit) => value === null || value === undefined ? "–" : unit(value);

/** A line with gaps where there is nothing; a value alone is a dot. */
function trace(points, of, x, y) {
  let path = "";
  let isDown = false;
  for (const point of points) {
    const value = of(point);
    if (value === null || value === undefined) {
      isDown = false;
      continue;
    }
    path += `${isDown ? "L" : "M"}${x(point.time).toFixed(1)} ${y(value).toFixed(1)}${isDown ? "" : "h.01"}`;
    isDown = true;
  }
  return path;
}

/** 1, 2 or 5 times a power of ten, at or above it. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find(each => each * power >= value) * power;
}

// Arrow keys over a drawing: one stop for Tab, and from there to the nearest in each direction.

const directions = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export function steer(root, all, pick) {
  root.addEventListener("keydown", event => {
    const from = event.target.closest("[data-key]");
    if (!from) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(from);
    } else if (directions[event.key]) {
      event.preventDefault();
      nearest(from, all(), directions[event.key])?.focus();
    }
  });
  root.addEventListener("focusin", event => {
    const on = event.target.closest("[data-key]");
    if (on) for (const each of all()) each.setAttribute("tabindex", each === on ? "0" : "-1");
  });
}

function nearest(from, all, [dx, dy]) {
  const here = center(from);
  let best = null;
  for (const each of all) {
    if (each === from) continue;
    const [x, y] = center(each).map((value, index) => value - here[index]);
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead <= 1) continue;
    const cost = ahead + 2 * aside;
    if (!best || cost < best.cost) best = { each, cost };
  }
  return best?.each ?? null;
}

function center(element) {
  const box = element.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

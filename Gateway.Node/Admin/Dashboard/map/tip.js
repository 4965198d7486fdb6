// What something is, beside it: under the pointer, or next to what has the keyboard.

import { h } from "../dom.js";

const bubble = document.getElementById("tip");
let owner = null;

/** describe() → lines. */
export function tip(element, describe) {
  const show = event => {
    owner = element;
    bubble.replaceChildren(...describe().map(line => h("p", {}, line)));
    bubble.hidden = false;
    const box = element.getBoundingClientRect();
    const at = event.type === "pointermove" ? [event.clientX + 14, event.clientY + 16] : [box.x + box.width / 2, box.bottom + 6];
    bubble.style.left = `${Math.max(6, Math.min(at[0], innerWidth - bubble.offsetWidth - 6))}px`;
    bubble.style.top = `${at[1] + bubble.offsetHeight > innerHeight - 6 ? Math.max(6, at[1] - bubble.offsetHeight - 26) : at[1]}px`;
  };
  element.addEventListener("pointermove", event => event.pointerType === "mouse" && show(event));
  element.addEventListener("focus", event => element.matches(":focus-visible") && show(event));
  for (const name of ["pointerleave", "blur"]) element.addEventListener(name, () => hide(element));
}

function hide(element) {
  if (owner !== element) return;
  owner = null;
  bubble.hidden = true;
}

addEventListener("keydown", event => event.key === "Escape" && hide(owner));
addEventListener("scroll", () => hide(owner), true);

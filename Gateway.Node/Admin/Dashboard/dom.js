// Elements, made and changed. Text is always text: nothing that a gateway tells is read as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: attributes by name, listeners as onclick, properties of inputs (value, checked) as such. */
export const h = (tag, attributes = {}, ...children) => dress(document.createElement(tag), attributes, children);

/** An element of a drawing. */
export const s = (tag, attributes = {}, ...children) => dress(document.createElementNS(SVG, tag), attributes, children);

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else set(element, name, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets, or takes away where the value is null or false; leaves alone what is so already. */
export function set(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value === true ? "" : value)) {
    element.setAttribute(name, value === true ? "" : value);
  }
}

export function text(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/**
 * Children by key, kept over redraws so that focus and selection stay: made once by make(item), brought up to date by
 * update(element, item), removed when their key is gone.
 */
export class Keyed {
  #parent;
  #make;
  #update;
  #byKey = new Map();

  constructor(parent, make, update) {
    [this.#parent, this.#make, this.#update] = [parent, make, update];
  }

  show(items, keyOf) {
    const left = new Set(this.#byKey.keys());
    let before = null;
    for (const item of items) {
      const key = keyOf(item);
      left.delete(key);
      let element = this.#byKey.get(key);
      if (!element) this.#byKey.set(key, element = this.#make(item));
      this.#update(element, item);
      const place = before ? before.nextSibling : this.#parent.firstChild;
      if (place !== element) this.#parent.insertBefore(element, place);
      before = element;
    }
    for (const key of left) {
      this.#byKey.get(key).remove();
      this.#byKey.delete(key);
    }
  }
}

// Questions that stop everything else: "really?", and the token.

import { h, text } from "./dom.js";
import { post, Refusal } from "./api.js";

/** Resolves true when it is confirmed. Escape and "Cancel" mean no. */
export function confirm(title, words, verb, isDangerous = false) {
  return new Promise(resolve => {
    const dialog = h("dialog", { "aria-labelledby": "confirm-title", "aria-describedby": "confirm-words" },
      h("h2", { id: "confirm-title" }, title),
      h("p", { id: "confirm-words" }, words),
      h("form", { method: "dialog" }, h("div", { class: "acts" },
        h("button", { value: "no", autofocus: !isDangerous ? null : true }, "Cancel"),
        h("button", { value: "yes", class: isDangerous ? "main danger" : "main" }, verb))));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks for the token until the gateway takes it. One such dialog at a time. */
export class Login {
  #dialog = null;

  get isOpen() {
    return this.#dialog !== null;
  }

  ask(loggedIn) {
    if (this.#dialog) return;
    const token = h("input", { type: "password", id: "token", autocomplete: "current-password", required: true, autofocus: true, "aria-describedby": "token-wrong" });
    const wrong = h("p", { class: "wrong", id: "token-wrong", role: "alert" });
    const button = h("button", { class: "main" }, "Log in");
    const offer = async event => {
      event.preventDefault();
      button.disabled = true;
      text(wrong, "");
      try {
        await post("login", {}, { token: token.value });
        this.#dialog.close();
      } catch (failure) {
        text(wrong, failure instanceof Refusal && failure.status === 401 ? "That is not the token of this gateway."
          : failure instanceof Refusal && failure.status === 429 ? "Too many wrong tokens from this address. Wait a little, then try again."
          : `The gateway did not answer: ${failure.message}.`);
        token.select();
        token.focus();
      } finally {
        button.disabled = false;
      }
    };
    const dialog = this.#dialog = h("dialog", { "aria-labelledby": "login-title" },
      h("h2", { id: "login-title" }, "This gateway asks for its token"),
      h("form", { onsubmit: offer },
        h("p", { class: "muted" }, "It stands in the gateway's settings as ", h("code", {}, "socks64.admin.token"), "."),
        h("label", { class: "field" }, h("span", {}, "Token"), token),
        wrong,
        h("div", { class: "acts" }, button)));
    dialog.addEventListener("cancel", event => event.preventDefault());
    dialog.addEventListener("close", () => {
      this.#dialog = null;
      dialog.remove();
      loggedIn();
    });
    document.body.append(dialog);
    dialog.showModal();
  }
}

/** A word on what was done; it goes by itself. */
export function say(words, isBad = false) {
  const line = h("p", { class: isBad ? "bad" : "" }, words);
  document.getElementById("said").append(line);
  setTimeout(() => line.remove(), isBad ? 12_000 : 6000);
}

// Before the page is painted, so that nothing flashes: the theme that was chosen, or the system's.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem("socks64.theme");
    } catch {
      return null;
    }
  };
  const apply = choice => {
    root.dataset.choice = choice === "light" || choice === "dark" ? choice : "auto";
    root.dataset.theme = root.dataset.choice === "auto" ? (system.matches ? "dark" : "light") : root.dataset.choice;
  };
  apply(kept());
  system.addEventListener("change", () => apply(root.dataset.choice));
  addEventListener("socks64-theme", event => {
    try {
      localStorage.setItem("socks64.theme", event.detail);
    } catch {
      // A browser that keeps nothing shows it until the page is left.
    }
    apply(event.detail);
  });
})();

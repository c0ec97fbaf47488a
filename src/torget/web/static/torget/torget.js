// Everything works without this file; it only makes the work quicker.
(() => {
  const place = () => document.querySelector("[data-shortcuts]");
  const typing = "textarea, select, input:not([type=checkbox], [type=radio])";

  // WCAG 2.1.4: single keys act only with focus inside the list or the comment, never in a field.
  const step = (root, by) => {
    const links = [...root.querySelectorAll(".tg-lista a")];
    const now = links.findIndex((link) => link.hasAttribute("aria-current"));
    const next = links[Math.max(0, Math.min(links.length - 1, now + by))];
    next?.focus();
    next?.click();
  };

  document.addEventListener("keydown", (event) => {
    const root = place();
    if (!root || root.dataset.shortcuts === "off" || !root.contains(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest(typing) || document.querySelector("dialog[open]")) return;
    const key = event.key.toUpperCase();
    if (key === "J" || key === "P") step(root, key === "J" ? 1 : -1);
    else if (key === "?") document.querySelector("[data-shortcuts-help]")?.showModal();
    else if (/^[1-9]$/.test(key)) root.querySelectorAll(".tg-punkt input")[key - 1]?.click();
    else if (/^[A-Z]$/.test(key)) root.querySelector(`[aria-keyshortcuts="${key}"]`)?.click();
    else return;
    event.preventDefault();
  });

  // One comment is open at a time, in the list as in the page.
  const mark = (link) => {
    link?.closest(".tg-lista").querySelectorAll("[aria-current]").forEach((old) => old.removeAttribute("aria-current"));
    link?.setAttribute("aria-current", "true");
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest(".tg-lista a");
    mark(link);
    if (link) place()?.classList.add("tg-visadetalj");
  });

  // When the comment has changed, say where one is. Other parts that change take no focus.
  document.addEventListener("htmx:after:swap", (event) => {
    if (!event.detail.ctx.target?.matches?.(".tg-detalj")) return;
    const now = document.querySelector(".tg-detalj");
    mark([...document.querySelectorAll(".tg-lista a")].find((link) => link.pathname === now.dataset.address));
    now.querySelector("[data-focus]")?.focus();
  });
})();

// Fills in the standard reason of the grounds that are ticked, until the person writes their own.
(() => {
  const fits = (form) => {
    const ticked = [...form.querySelectorAll("[data-reason]:checked")];
    const cited = form.citation.value || form.ready.value || "lag";
    return ticked.map((box) => box.dataset.reason.replace("{citation}", cited)).join(" ");
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-decision]");
    if (!form || event.target.name === "reason") return;
    if (form.dataset.own !== "yes") form.reason.value = fits(form);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-decision]");
    if (form && event.target.name === "reason") form.dataset.own = event.target.value ? "yes" : "no";
  });
})();

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

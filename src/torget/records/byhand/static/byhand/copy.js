// Copies the text of a field. Without this file one selects it oneself.
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const told = document.querySelector("[data-copied]");
    button.hidden = false;
    told.textContent = "";
    button.addEventListener("click", async () => {
      field.focus();
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        told.textContent = "Texten är kopierad.";
      } catch {
        told.textContent = "Texten är markerad. Tryck Ctrl+C.";
      }
    });
  }
})();

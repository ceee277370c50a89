// Runs before the page is painted, so that nothing flashes: the theme that was chosen, and the word that scripts work.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("docs.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Without storage the system's theme holds.
  }
})();

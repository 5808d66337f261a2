// What every page gets: the error summary takes the focus, and maps are drawn where a page has a place for one.
document.documentElement.classList.add("scripted");

const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

// The folded menu closes with Escape and when the focus leaves it.
for (const menu of document.querySelectorAll("details.menu, details.menu-rest")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

if (document.querySelector("[data-map]")) {
  import("./map/map.js").then(({ drawAll }) => drawAll());
}

const ending = document.querySelector("[data-session-seconds]");
if (ending) {
  import("./session/end.js").then(({ watch }) => watch(ending));
}

const tried = document.querySelector("form[data-try]");
if (tried) {
  import("./trial.js").then(({ watch }) => watch(tried));
}

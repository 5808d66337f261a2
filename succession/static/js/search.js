// The search page, live: the list follows filters and map; the address always says what is shown.
const form = document.querySelector("[data-filters]");
const search = document.querySelector("[data-search]");
const mapBox = search?.querySelector("[data-map]");
let running = null;

if (form && search) start();

function start() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(addressOf(form));
  });
  form.addEventListener("change", (event) => {
    if (event.target.id === "radius" && !form.elements.where.value) return;
    go(addressOf(form));
  });
  search.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-live]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.href);
  });
  search.addEventListener("area-chosen", (event) => {
    const address = new URL(location.href);
    for (const name of ["box", "page"]) address.searchParams.delete(name);
    if (address.searchParams.get("area") === event.detail) address.searchParams.delete("area");
    else address.searchParams.set("area", event.detail);
    go(address.href, { frames: false });
    show("list");
  });
  search.addEventListener("map-moved", (event) => {
    const bounds = event.detail;
    const address = new URL(location.href);
    for (const name of ["area", "page"]) address.searchParams.delete(name);
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    address.searchParams.set("box", box.map((degrees) => Number(degrees.toFixed(3))).join(","));
    go(address.href, { frames: false, replaces: true });
  });
  addEventListener("popstate", () => go(location.href, { keeps: true }));
  const button = search.querySelector("[data-switch]");
  button.addEventListener("click", () => show(search.dataset.view === "map" ? "list" : "map"));
}

function show(view) {
  const button = search.querySelector("[data-switch]");
  search.dataset.view = view;
  button.textContent = view === "map" ? button.dataset.toList : button.dataset.toMap;
  if (view === "map") mapBox?.map?.resize();
}

function addressOf(filled) {
  const address = new URL(filled.action, location.href);
  address.search = new URLSearchParams(new FormData(filled)).toString();
  return address.href;
}

async function go(address, { frames = true, replaces = false, keeps = false } = {}) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const results = search.querySelector("[data-results]");
  results.dataset.busy = "";
  try {
    const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!keeps) history[replaces ? "replaceState" : "pushState"](null, "", answer.url);
    take(page);
    await mapBox?.update?.();
    if (frames && !new URL(answer.url).searchParams.has("area")) mapBox?.frame?.();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

// The fresh list replaces the old one; the form keeps the focus where it is.
function take(page) {
  const open = search.querySelector("[data-results] details[open]") !== null;
  const focus = document.activeElement;
  const key = focus && form.contains(focus) ? [focus.name, focus.value, focus.id] : null;
  const folded = form.querySelector("details")?.open;
  search.querySelector("[data-results]").replaceWith(page.querySelector("[data-results]"));
  search.querySelector("[data-status]").textContent = search.querySelector("[data-results] h2").textContent;
  form.replaceChildren(...page.querySelector("[data-filters]").childNodes);
  if (folded && form.querySelector("details")) form.querySelector("details").open = true;
  if (open && search.querySelector("[data-results] details")) search.querySelector("[data-results] details").open = true;
  if (key) {
    const again = [...form.elements].find((element) => element.name === key[0] && (element.type !== "checkbox" || element.value === key[1]));
    again?.focus({ preventScroll: true });
  }
}

// Maps: MapLibre with our own outlines, names and river. Whatever a map shows stands beside it as text, too.
import { AttributionControl, LngLatBounds, Map, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import { areaLayers, baseStyle, outlineLayers, pill } from "./style.js";

setWorkerUrl(new URL("maplibre-gl-worker.mjs", import.meta.url).href);

const WORDS = JSON.parse(document.querySelector('meta[name="map-words"]')?.content ?? "{}");
const REGION = [[10.4, 52.5], [12.4, 53.5]];
const DARK = matchMedia("(prefers-color-scheme: dark)");
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export async function drawAll() {
  await addStyles();
  for (const box of document.querySelectorAll("[data-map]")) {
    draw(box).catch(() => fail(box));
  }
}

function addStyles() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("../css/map.css", import.meta.url).href;
  document.head.append(sheet);
  return new Promise((done) => {
    sheet.addEventListener("load", done, { once: true });
    sheet.addEventListener("error", done, { once: true });
  });
}

async function draw(box) {
  await Promise.all([document.fonts.load('400 16px "Source Sans"'), document.fonts.load('600 16px "Source Sans"')]);
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  const before = [...box.children];
  box.append(canvas);
  const source = box.dataset.source ?? "/map";
  const map = new Map({
    container: canvas,
    style: baseStyle(source),
    bounds: REGION,
    minZoom: 5,
    maxZoom: 17,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: false,
    fadeDuration: CALM.matches ? 0 : 200,
    locale: {
      "NavigationControl.ZoomIn": WORDS.zoomIn, "NavigationControl.ZoomOut": WORDS.zoomOut, "Map.Title": box.dataset.label ?? WORDS.map,
      "AttributionControl.ToggleAttribution": WORDS.attribution, "Popup.Close": WORDS.close,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new AttributionControl({ compact: true, customAttribution: box.dataset.attribution ?? "" }), "bottom-right");
  map.on("error", (event) => { if (/worker|webgl/i.test(String(event.error?.message))) fail(box); });
  await map.once("load");
  for (const child of before) child.hidden = true;
  map.getCanvas().setAttribute("aria-label", `${box.dataset.label ?? WORDS.map}. ${WORDS.hint}`);
  const layer = { search: areasWithCounts, area: oneArea, outlines: ownOutlines }[box.dataset.map];
  const dressed = await layer?.(map, box, source);
  DARK.addEventListener("change", () => {
    map.setStyle(baseStyle(source));
    map.once("styledata", () => dressed?.());
  });
  box.map = map;
  box.dispatchEvent(new CustomEvent("map-ready", { bubbles: true }));
}

function fail(box) {
  box.map?.remove();
  box.querySelector(".map-canvas")?.remove();
  for (const child of box.children) child.hidden = false;
  if (box.querySelector(".map-failed")) return;
  const words = document.createElement("p");
  words.className = "map-words map-failed";
  words.textContent = WORDS.failed;
  box.prepend(words);
}

// The search: areas with offers, filled and counted; a click chooses the area.
async function areasWithCounts(map, box, source) {
  const outlines = {};
  let counts = readCounts();
  async function show() {
    const levels = [...new Set(counts.map((count) => count.level))].filter((level) => level < 7);
    await Promise.all(levels.map(async (level) => { outlines[level] ??= await (await fetch(`${source}/areas-${level}.json`)).json(); }));
    const chosen = new URLSearchParams(location.search).get("area");
    const byId = new globalThis.Map(counts.map((count) => [count.id, count]));
    const features = Object.values(outlines).flatMap((outline) => outline.features).filter((feature) => byId.has(feature.id))
      .sort((one, other) => other.properties.level - one.properties.level)
      .map((feature) => ({ ...feature, properties: { ...feature.properties, area: feature.id, chosen: feature.id === chosen } }));
    const points = counts.map((count) => ({
      type: "Feature", geometry: { type: "Point", coordinates: count.point },
      properties: { area: count.id, order: count.count ?? 0, count: count.count ?? "< 5", words: count.count === null ? WORDS.few : WORDS.many.replace("{count}", count.count) },
    }));
    set(map, "areas", features, { generateId: true });
    set(map, "counts", points);
    if (!map.hasImage("pill")) map.addImage("pill", ...pill());
    for (const layer of areaLayers(points.length)) if (!map.getLayer(layer.id)) map.addLayer(layer, layer.type === "symbol" ? undefined : "bank");
  }
  box.update = async () => { counts = readCounts(); await show(); };
  box.frame = () => frame(map, counts);
  await show();
  frame(map, counts, { animate: false });
  let hovered = null;
  map.on("mousemove", "areas", (event) => {
    map.getCanvas().style.cursor = "pointer";
    if (hovered !== null) map.setFeatureState({ source: "areas", id: hovered }, { hover: false });
    hovered = event.features[0].id;
    map.setFeatureState({ source: "areas", id: hovered }, { hover: true });
  });
  map.on("mouseleave", "areas", () => {
    map.getCanvas().style.cursor = "";
    if (hovered !== null) map.setFeatureState({ source: "areas", id: hovered }, { hover: false });
    hovered = null;
  });
  map.on("click", (event) => {
    const layers = ["counts", "areas"].filter((id) => map.getLayer(id));
    const [hit] = map.queryRenderedFeatures(event.point, { layers });
    if (hit) box.dispatchEvent(new CustomEvent("area-chosen", { bubbles: true, detail: hit.properties.area }));
  });
  map.on("moveend", (event) => {
    if (event.originalEvent) box.dispatchEvent(new CustomEvent("map-moved", { bubbles: true, detail: map.getBounds() }));
  });
  return show;
}

function readCounts() {
  return JSON.parse(document.querySelector("[data-counts]")?.textContent ?? "[]");
}

// What the address asks for, else all areas with offers.
function frame(map, counts, options = {}) {
  const box = new URLSearchParams(location.search).get("box")?.split(",").map(Number);
  const bounds = box?.length === 4 ? new LngLatBounds(box) : counts.reduce((all, count) => all.extend(count.point), new LngLatBounds());
  if (bounds.isEmpty()) return;
  map.fitBounds(bounds, { padding: box ? 0 : 70, maxZoom: 11.5, animate: !CALM.matches, ...options });
}

// The page of an offer: its public area, and nothing finer.
async function oneArea(map, box, source) {
  const outline = await (await fetch(`${source}/areas-${box.dataset.level}.json`)).json();
  const found = outline.features.filter((feature) => feature.id === box.dataset.area);
  const show = () => {
    set(map, "areas", found, { generateId: true });
    for (const layer of areaLayers(0)) if (layer.source === "areas" && !map.getLayer(layer.id)) map.addLayer(layer, "bank");
  };
  show();
  fit(map, found, 60, 10.5);
  return show;
}

// One's own land: the outlines of an import or of a register.
async function ownOutlines(map, box) {
  const outlines = await (await fetch(box.dataset.geojson)).json();
  const show = () => {
    set(map, "outlines", outlines.features);
    for (const layer of outlineLayers()) if (!map.getLayer(layer.id)) map.addLayer(layer, "river-name");
  };
  show();
  fit(map, outlines.features, 40, 15);
  map.on("click", "outlines", (event) => {
    const { label, row } = event.features[0].properties;
    const words = document.createElement("p");
    words.textContent = label ?? row ?? "";
    new Popup({ closeOnMove: false }).setLngLat(event.lngLat).setDOMContent(words).addTo(map);
  });
  return show;
}

function set(map, id, features, options = {}) {
  const data = { type: "FeatureCollection", features };
  const source = map.getSource(id);
  if (source) source.setData(data);
  else map.addSource(id, { type: "geojson", data, ...options });
}

function fit(map, features, padding, maxZoom) {
  const bounds = new LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? bounds.extend(part) : part.forEach(walk));
  for (const feature of features) if (feature.geometry) walk(feature.geometry.coordinates);
  if (!bounds.isEmpty()) map.fitBounds(bounds, { padding, maxZoom, animate: false });
}

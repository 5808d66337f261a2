// How a map looks: made from the page's own tokens, so that it follows light and dark. No glyphs: letters are drawn by the browser.
export function tokens() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

const LETTERS = ["Source Sans"];

export function baseStyle(source) {
  const token = tokens();
  const river = (extra) => ["interpolate", ["exponential", 1.6], ["zoom"], 6, 2 + extra, 10, 6 + extra * 2, 13, 22 + extra * 4];
  return {
    version: 8,
    sources: {
      river: { type: "geojson", data: `${source}/river.json` },
      places: { type: "geojson", data: `${source}/places.json` },
      towns: { type: "geojson", data: `${source}/areas-6.json` },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": token("field-0") } },
      { id: "towns", type: "line", source: "towns", paint: { "line-color": token("line-strong"), "line-width": 1, "line-opacity": 0.55, "line-dasharray": [4, 3] } },
      { id: "bank", type: "line", source: "river", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": token("bank"), "line-width": river(4) } },
      { id: "river", type: "line", source: "river", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": token("river"), "line-width": river(0) } },
      {
        id: "river-name", type: "symbol", source: "river", minzoom: 8,
        layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-font": LETTERS, "text-size": 15, "text-letter-spacing": 0.2, "symbol-spacing": 420 },
        paint: { "text-color": token("ink"), "text-halo-color": token("river"), "text-halo-width": 1 },
      },
      ...placeLayers(token),
    ],
  };
}

function placeLayers(token) {
  const layer = (id, minzoom, least, most, size) => ({
    id, type: "symbol", source: "places", minzoom,
    filter: ["all", [">=", ["get", "population"], least], ["<", ["get", "population"], most]],
    layout: {
      "text-field": ["get", "name"], "text-font": LETTERS, "text-size": size, "text-padding": 6,
      "symbol-sort-key": ["-", 0, ["get", "population"]], "text-variable-anchor": ["center", "bottom", "top"], "text-max-width": 8,
    },
    paint: { "text-color": token("ink"), "text-halo-color": token("field-0"), "text-halo-width": 2 },
  });
  return [
    layer("villages", 9.6, 0, 1500, 14),
    layer("small-towns", 8.6, 1500, 6000, 15),
    layer("towns-names", 5, 6000, 1e9, 17),
  ];
}

// Areas with offers: filled, outlined, and named with their count.
export function areaLayers(many) {
  const token = tokens();
  return [
    { id: "areas", type: "fill", source: "areas", paint: { "fill-color": token("action"), "fill-opacity": ["case", ["boolean", ["feature-state", "hover"], false], 0.38, 0.17] } },
    { id: "areas-edge", type: "line", source: "areas", paint: { "line-color": token("action"), "line-width": ["case", ["get", "chosen"], 4, 1.6] } },
    {
      id: "counts", type: "symbol", source: "counts",
      layout: {
        "text-field": ["step", ["zoom"], ["to-string", ["get", "count"]], 9.3, ["get", "words"]],
        "text-font": LETTERS, "text-size": 15, "icon-image": "pill", "icon-text-fit": "both", "icon-text-fit-padding": [3, 9, 3, 9],
        "text-offset": [0, 1.5], "text-anchor": "top", "symbol-sort-key": ["-", 0, ["get", "order"]], "icon-allow-overlap": many < 40, "text-allow-overlap": many < 40,
        "text-optional": false,
      },
      paint: { "text-color": token("ink-on-action") },
    },
  ];
}

// A rounded plate behind a count, drawn here so that no picture has to be fetched.
export function pill() {
  const token = tokens();
  const ratio = 2;
  const [width, height] = [40 * ratio, 28 * ratio];
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  pen.fillStyle = token("action");
  pen.strokeStyle = token("surface");
  pen.lineWidth = 2 * ratio;
  pen.beginPath();
  pen.roundRect(ratio, ratio, width - 2 * ratio, height - 2 * ratio, height / 2);
  pen.fill();
  pen.stroke();
  const image = pen.getImageData(0, 0, width, height);
  return [image, { pixelRatio: ratio, stretchX: [[height / 2, width - height / 2]], stretchY: [[height / 2 - 1, height / 2 + 1]], content: [10 * ratio, 4 * ratio, width - 10 * ratio, height - 4 * ratio] }];
}

// One's own parcels: by outcome of an import, else by use of the land.
export function outlineLayers() {
  const token = tokens();
  const fill = [
    "match", ["coalesce", ["get", "outcome"], ["get", "land_use"], ""],
    ["imported", "grassland"], token("grass"), ["updated", "arable"], token("soil"), "refused", token("against"),
    "forest", token("action"), "water", token("water"), ["garden", "permanent_crop"], token("fits"), token("line-strong"),
  ];
  return [
    { id: "outlines", type: "fill", source: "outlines", filter: ["!=", ["get", "outcome"], "refused"], paint: { "fill-color": fill, "fill-opacity": 0.55 } },
    { id: "outlines-edge", type: "line", source: "outlines", filter: ["!=", ["get", "outcome"], "refused"], paint: { "line-color": token("action"), "line-width": ["interpolate", ["linear"], ["zoom"], 8, 3.5, 11, 2, 14, 1.2] } },
    { id: "refused-edge", type: "line", source: "outlines", filter: ["==", ["get", "outcome"], "refused"], paint: { "line-color": token("against"), "line-width": 2.2, "line-dasharray": [2, 1.5] } },
  ];
}

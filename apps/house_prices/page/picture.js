// The histogram of the sales, and where a price lies among them.

import { inFigures } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const BAR_TOP = 34; // pixels from the top: the marker's label is above
const BAR_BOTTOM = 184;
const LAST_BIN = 500_000; // dollars: the last bar holds all sales from here on
const TICK = 100_000;

const svg = document.getElementById("sales");

function draw(name, attributes, text = "") {
  const shape = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) shape.setAttribute(attribute, value);
  shape.textContent = text;
  svg.append(shape);
  return shape;
}

/** How far right a price is. Percentages keep text unscaled at every width. */
function across(price, sales) {
  const end = LAST_BIN + sales.bin_dollars;
  return (100 * Math.min(price, end - sales.bin_dollars / 2)) / end;
}

function bars({ counts, bin_dollars: bin }) {
  const last = LAST_BIN / bin;
  const beyond = counts.slice(last).reduce((sum, count) => sum + count, 0);
  return [...counts.slice(0, last), beyond];
}

/** Draw all sales. */
export function drawSales(sales) {
  const counts = bars(sales);
  const tallest = Math.max(...counts);
  const width = 100 / counts.length;
  counts.forEach((count, index) => {
    const height = ((BAR_BOTTOM - BAR_TOP) * count) / tallest;
    draw("rect", {
      class: "bar",
      x: `${index * width + width * 0.08}%`,
      y: BAR_BOTTOM - height,
      width: `${width * 0.84}%`,
      height,
    });
  });
  draw("line", { class: "axis", x1: 0, x2: "100%", y1: BAR_BOTTOM + 0.5, y2: BAR_BOTTOM + 0.5 });
  for (let price = 0; price <= LAST_BIN; price += TICK) {
    const text = price ? `${price / 1000}k${price === LAST_BIN ? "+" : ""}` : "$0";
    const anchor = price === 0 ? "start" : price === LAST_BIN ? "end" : "middle";
    const x = price === LAST_BIN ? "100%" : `${across(price, sales)}%`;
    draw("text", { class: "tick", x, y: BAR_BOTTOM + 18, "text-anchor": anchor }, text);
  }
  const each = `Each bar is $${sales.bin_dollars.toLocaleString("en-US")} wide`;
  document.getElementById("sales-caption").textContent =
    `The ${sales.sales.toLocaleString("en-US")} sales from ${sales.first_year} to ` +
    `${sales.last_year} by price. Half of them were at ${inFigures(sales.percentiles[49])} or less. ` +
    `${each}; the last holds all from ${inFigures(LAST_BIN)}.`;
  markPrice(null, sales);
  document.getElementById("picture").hidden = false;
}

/** Show where a price lies; null takes the mark away. */
export function markPrice(price, sales) {
  for (const old of svg.querySelectorAll(".mark")) old.remove();
  svg.querySelectorAll(".bar").forEach((bar, index) => {
    bar.classList.toggle("below", price !== null && (index + 1) * sales.bin_dollars <= price);
  });
  svg.setAttribute("aria-label", describe(price, sales));
  if (price === null) return;
  const x = across(price, sales);
  const anchor = x < 15 ? "start" : x > 85 ? "end" : "middle";
  draw("line", { class: "mark", x1: `${x}%`, x2: `${x}%`, y1: 24, y2: BAR_BOTTOM });
  draw("text", { class: "mark", x: `${x}%`, y: 15, "text-anchor": anchor }, inFigures(price));
}

function describe(price, sales) {
  const all = "Histogram of the sales by price.";
  if (price === null) return all;
  return `${all} This house is at ${inFigures(price)}. ${rankAmongSales(price, sales)}`;
}

/** "Higher than 83 of 100 sales from 2006 to 2010." */
export function rankAmongSales(price, { percentiles, first_year: first, last_year: last }) {
  const below = percentiles.filter((percentile) => percentile < price).length;
  const rank = below ? `Higher than ${below}` : "Lower than 99";
  return `${rank} of 100 sales from ${first} to ${last}.`;
}

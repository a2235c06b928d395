// The fields of the form: what the contract says of them, and the house that they describe.

const MANY_CODES = 12;
const number = new Intl.NumberFormat("en-US");

/**
 * Tell at each field what the contract knows of its column.
 *
 * Codes become a list to choose from; a number gets its unit and its range. `house` is the JSON
 * schema of a house.
 */
export function followContract(form, house) {
  for (const control of form.querySelectorAll("input[name]")) {
    const column = house.properties?.[control.name];
    if (!column) continue;
    if (column["x-meanings"]) chooseFromCodes(control, column);
    else tellRange(control, column);
  }
}

/** The house as the API wants it. What is empty is left out; what is no number stays text. */
export function readHouse(form) {
  const house = {};
  for (const { name, value } of form.querySelectorAll("input, select")) {
    const text = value.trim();
    if (text) house[name] = numberOrText(text);
  }
  return house;
}

/** The page's own marks at each field: the column's name, and a place for an error. */
export function completeFields(form) {
  for (const label of form.querySelectorAll("label")) {
    const control = label.control;
    const column = document.createElement("code");
    column.textContent = control.name;
    label.append(" ", column);
    const field = label.parentElement;
    const help = field.querySelector(".help") ?? paragraph("help");
    help.id = `${control.name}-help`;
    const error = paragraph("error");
    error.id = `${control.name}-error`;
    error.hidden = true;
    field.append(error, help);
    control.setAttribute("aria-describedby", help.id);
  }
}

function paragraph(className) {
  const made = document.createElement("p");
  made.className = className;
  return made;
}

function numberOrText(text) {
  const value = Number(text);
  // The API judges what was typed. JSON cannot say Infinity: that travels as text.
  return Number.isFinite(value) ? value : text;
}

/** The schema of the values themselves, without the null of an optional column. */
function valueSchema(column) {
  return column.anyOf?.find((schema) => schema.type !== "null") ?? column;
}

function tellRange(control, column) {
  const { minimum, maximum } = valueSchema(column);
  const { unit } = column;
  const shown = unit === "year" ? String : (value) => number.format(value);
  const isMeasure = !["year", "count", "points"].includes(unit);
  const range = `${shown(minimum)} to ${shown(maximum)}${isMeasure ? ` ${unit}` : ""}.`;
  document.getElementById(`${control.name}-help`).prepend(`${range} `);
  if (!isMeasure) return;
  const suffix = document.createElement("span");
  suffix.className = "unit";
  suffix.textContent = unit;
  suffix.setAttribute("aria-hidden", "true"); // the help says it
  const entry = document.createElement("div");
  entry.className = "entry";
  const hadFocus = document.activeElement === control;
  control.replaceWith(entry);
  entry.append(control, suffix);
  if (hadFocus) control.focus();
}

function chooseFromCodes(control, column) {
  const list = document.createElement("select");
  for (const { name, value } of control.attributes) {
    if (!["inputmode", "value"].includes(name)) list.setAttribute(name, value);
  }
  if (!control.required) list.append(new Option("not known", ""));
  for (const [code, meaning] of codesToOffer(column)) {
    list.append(new Option(`${sentence(meaning)} (${code})`, code, code === control.defaultValue));
  }
  // Whoever was quicker than the contract loses nothing.
  if (!Array.from(list.options).some((option) => option.value === control.value)) {
    list.append(new Option(control.value, control.value));
  }
  list.value = control.value;
  const hadFocus = document.activeElement === control;
  control.replaceWith(list);
  if (hadFocus) list.focus();
  const help = document.getElementById(`${control.name}-help`);
  if (help.classList.contains("fallback")) help.replaceChildren();
}

/** One code for each meaning, in the contract's order; a long list by its meanings. */
function codesToOffer(column) {
  const meanings = column["x-meanings"];
  const codes = valueSchema(column).enum ?? Object.keys(meanings);
  const offered = new Map();
  for (const code of codes) {
    if (!offered.has(meanings[code])) offered.set(meanings[code], String(code));
  }
  const pairs = Array.from(offered, ([meaning, code]) => [code, meaning]);
  return pairs.length > MANY_CODES ? pairs.sort((a, b) => a[1].localeCompare(b[1])) : pairs;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// What went wrong: beside the field that it is about, and in a summary above the form.

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

/** Forget the problem of the request before. */
export function clearProblem(form) {
  document.getElementById("problem").replaceChildren();
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    const { name } = control;
    control.removeAttribute("aria-invalid");
    control.setAttribute("aria-describedby", `${name}-help`);
    document.getElementById(`${name}-error`).hidden = true;
  }
}

/** Show a problem, and put the focus where it can be mended. */
export function showProblem(form, problem, answer) {
  const list = document.createElement("ul");
  for (const error of problem.errors) list.append(showError(form, error));
  const summary = document.getElementById("problem");
  summary.replaceChildren(
    element("h3", problem.title),
    element("p", problem.detail),
    ...(problem.errors.length ? [list] : []),
    trace(answer),
  );
  const firstWrong = form.querySelector("[aria-invalid]");
  if (firstWrong) firstWrong.closest("details")?.setAttribute("open", "");
  (firstWrong ?? summary).focus();
}

/** Mark the field that an error names, and return the error's line in the summary. */
function showError(form, { loc, msg }) {
  const item = document.createElement("li");
  // ["body", "inputs", 0, "OverallQual"]: the last name is the column's
  const name = loc.findLast((part) => typeof part === "string");
  const control = form.elements.namedItem(name);
  if (!control?.labels?.length) {
    item.textContent = `${loc.join(" / ")}: ${msg}`;
    return item;
  }
  const place = document.getElementById(`${name}-error`);
  place.replaceChildren(element("strong", "Error:"), ` ${msg}`);
  place.hidden = false;
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", `${name}-error ${name}-help`);
  const label = control.labels[0].firstChild.textContent;
  const link = element("a", label, { href: `#${name}` });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    control.closest("details")?.setAttribute("open", "");
    control.focus();
  });
  item.append(link, `: ${msg}`);
  return item;
}

/** Where in the server's log this request is. */
function trace({ status, requestId }) {
  const line = element("p", "", { class: "trace" });
  const start = status ? "In the server's log this is request" : "If it arrived, the log has it as";
  line.append(`${start} `, element("code", requestId), ".");
  return line;
}

// What scrolls sideways can be scrolled from the keyboard, too.
function reachable() {
  for (const part of document.querySelectorAll("pre, .table-wrapper, .cell_output .output")) {
    if (part.scrollWidth > part.clientWidth) part.setAttribute("tabindex", "0");
    else part.removeAttribute("tabindex");
  }
}

// A link to something inside a closed part opens that part.
function opened() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = target; part; part = part.parentElement) {
    if (part.tagName === "DETAILS") part.open = true;
  }
}

addEventListener("load", reachable);
addEventListener("resize", reachable);
addEventListener("toggle", reachable, true);
addEventListener("hashchange", opened);
addEventListener("DOMContentLoaded", opened);

// Two landmarks of one kind need names.
addEventListener("DOMContentLoaded", () => {
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "All pages");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "This page");
});

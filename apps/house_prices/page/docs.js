"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.classList.toggle("dark-mode", dark);

// The contract names its paths from the root. A proxy may serve all of them below a path of its own.
const root = new URL(".", document.baseURI);

function besideThisPage(request) {
  const url = new URL(request.url, root);
  if (url.origin === root.origin && !url.pathname.startsWith(root.pathname)) {
    request.url = new URL(url.pathname.slice(1) + url.search, root).href;
  }
  return request;
}

SwaggerUIBundle({
  url: "api/v1/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  displayRequestDuration: true,
  requestInterceptor: besideThisPage,
});

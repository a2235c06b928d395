// One request to the API, and what its answer means for a person.

const PATIENCE = 20; // seconds

/** Letters and digits that tie this request to its lines in the server's log. */
function newRequestId() {
  // Not randomUUID: a browser has that for https and localhost alone.
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return "page-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Where the API answers: beside this page, also when a proxy serves both below a path of its own. */
function addressOf(path) {
  return new URL(path.slice(1), document.baseURI);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Send a request. Never throws: without an answer, `status` is 0.
 *
 * Returns {status, body, text, requestId, retryAfter, milliseconds, late}; `body` is the parsed JSON,
 * or null.
 */
export async function send(method, path, content) {
  const requestId = newRequestId();
  const headers = { "X-Request-ID": requestId };
  const options = { method, headers, signal: AbortSignal.timeout(PATIENCE * 1000) };
  if (content !== undefined) {
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(content);
  }
  const started = performance.now();
  try {
    const response = await fetch(addressOf(path), options);
    const text = await response.text();
    return {
      status: response.status,
      body: parse(text),
      text,
      requestId: response.headers.get("X-Request-ID") ?? requestId,
      retryAfter: response.headers.get("Retry-After"),
      milliseconds: performance.now() - started,
    };
  } catch (error) {
    return { status: 0, body: null, text: "", requestId, late: error.name === "TimeoutError" };
  }
}

export function noAnswer(answer) {
  return answer.status === 0;
}

/** What went wrong, for a person: {title, detail, errors}, where errors are a 422's own. */
export function explain(answer) {
  if (answer.late) {
    const detail = `The server has not answered for ${PATIENCE} seconds. Its log may say why.`;
    return { title: "No answer in time", detail, errors: [] };
  }
  if (noAnswer(answer)) {
    const detail = "The server did not answer. Is it still running?";
    return { title: "No answer", detail, errors: [] };
  }
  const { title, detail, errors } = answer.body ?? {};
  return {
    title: `${answer.status} ${title ?? "without a price"}`,
    detail: (detail ?? "The server did not say why.") + wait(answer.retryAfter),
    errors: Array.isArray(errors) ? errors : [],
  };
}

function wait(retryAfter) {
  if (!retryAfter) return "";
  if (!/^\d+$/.test(retryAfter)) return ` Retry-After: ${retryAfter}.`;
  return ` Retry-After: ${retryAfter} second${retryAfter === "1" ? "" : "s"}.`;
}

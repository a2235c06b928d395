// The call to the API, for the React and the Vue client. Nothing here knows a framework.

// Where the API is: `?api=` in the page's own address, or where `lab serve` puts it.
const API = new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:8000";
const PATIENCE = 20_000; // milliseconds

/** An answer: a price, or else a message and the errors of single fields. At first, none of them. */
export const NOTHING_YET = { price: null, message: "", errors: {} };

/** Ask for the price of the house that was typed. Returns an answer whatever happens. */
export async function askForPrice(typed) {
  try {
    const response = await fetch(`${API}/api/v1/predict`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ inputs: [toHouse(typed)] }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const body = await response.json();
    return response.ok ? { ...NOTHING_YET, price: body.predictions[0] } : toProblem(body, typed);
  } catch {
    // A page learns no more than this, so that it cannot explore networks.
    const message =
      `No readable answer from ${API}. Is it running, and does its CORS_ORIGINS list ` +
      `the origin of this page, ${location.origin}?`;
    return { ...NOTHING_YET, message };
  }
}

/** 162920.29 is "$162,920". */
export function inDollars(price) {
  const format = { style: "currency", currency: "USD", maximumFractionDigits: 0 };
  return new Intl.NumberFormat("en-US", format).format(price);
}

/** Numbers become numbers, what is empty is left out, and the API judges the rest. */
function toHouse(typed) {
  const house = {};
  for (const [name, text] of Object.entries(typed)) {
    const number = Number(text);
    if (text.trim()) house[name] = Number.isFinite(number) ? number : text;
  }
  return house;
}

/** Read a problem document (RFC 9457): each error goes to its field, or else into the message. */
function toProblem({ detail = "The API did not say why.", errors = [] }, typed) {
  const answer = { price: null, message: detail, errors: {} };
  for (const { loc, msg } of errors) {
    const name = loc.at(-1); // of ["body", "inputs", 0, "OverallQual"]
    if (name in typed) answer.errors[name] = msg;
    else answer.message += ` ${name}: ${msg}.`;
  }
  return answer;
}

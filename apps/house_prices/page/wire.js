// The request and its answer, as they travelled.

/** Show a question to the API and what came back. */
export function showExchange(path, question, answer) {
  document.getElementById("request").textContent = [
    `POST ${path}`,
    "Content-Type: application/json",
    `X-Request-ID: ${answer.requestId}`,
    "",
    JSON.stringify(question, null, 2),
  ].join("\n");
  document.getElementById("response").textContent = answer.status
    ? [
        `Status ${answer.status} after ${answer.milliseconds.toFixed(0)} ms`,
        `X-Request-ID: ${answer.requestId}`,
        "",
        answer.body ? JSON.stringify(answer.body, null, 2) : answer.text,
      ].join("\n")
    : "None came.";
  document.getElementById("wire").hidden = false;
}

// The contract's health and listings endpoints on Node alone, without a framework. There is no
// model behind them: a formula stands in for it, so that the answers have the contract's shape.
// node server.mjs --host 127.0.0.1 --port 9000, with LISTINGS_URL in the environment
import http from "node:http";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { host: { type: "string" }, port: { type: "string" } } });
const upstream = process.env.LISTINGS_URL;
// As many connections as both apps allow themselves.
const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
const PRICE = /^\/api\/v1\/listings\/([0-9]{1,9})\/price$/;
const VERSION = "none";

function send(response, status, value, type = "application/json") {
  const body = JSON.stringify(value);
  const headers = { "Content-Type": type, "Content-Length": Buffer.byteLength(body) };
  response.writeHead(status, headers).end(body);
}

function problem(response, status) {
  const title = http.STATUS_CODES[status];
  send(response, status, { type: "about:blank", title, status }, "application/problem+json");
}

function price(response, listing) {
  const request = http.get(`${upstream}/listings/${listing}`, { agent }, (answer) => {
    const chunks = [];
    answer.on("data", (chunk) => chunks.push(chunk));
    answer.on("end", () => {
      if (answer.statusCode !== 200) return problem(response, answer.statusCode === 404 ? 404 : 502);
      const house = JSON.parse(Buffer.concat(chunks));
      const prediction = house.GrLivArea * 60 + house.OverallQual * 15000;
      send(response, 200, { listing, prediction, version: VERSION });
    });
  });
  request.on("error", () => problem(response, 502));
}

const server = http.createServer({ keepAliveTimeout: 95_000 }, (request, response) => {
  const found = PRICE.exec(request.url);
  if (found) return price(response, found[1]);
  if (request.url === "/api/v1/health") {
    return send(response, 200, { name: "Node", api_version: "1.0.0", model_version: VERSION });
  }
  if (request.url === "/api/v1/ready") {
    return send(response, 200, { ready: true, model_version: VERSION });
  }
  problem(response, 404);
});
server.listen(Number(values.port), values.host);
process.on("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});

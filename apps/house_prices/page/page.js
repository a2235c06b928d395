// The web page: sends the house of the form to the API and shows what comes back.

import { explain, noAnswer, send } from "./api.js";
import { clearProblem, showProblem } from "./errors.js";
import { completeFields, followContract, readHouse } from "./fields.js";
import { drawSales, markPrice, rankAmongSales } from "./picture.js";
import { showExchange } from "./wire.js";
import { inFigures, inWords } from "./words.js";

const HEALTH = "/api/v1/health";
const CONTRACT = "/api/v1/openapi.json";
const PREDICT = "/api/v1/predict";
const SALES = "/assets/sales.json";

const form = document.getElementById("house");
const button = document.getElementById("ask");
const answerPlace = document.getElementById("answer");
let sales = null;

async function showHealth() {
  const place = document.getElementById("health");
  const { status, body } = await send("GET", HEALTH);
  place.dataset.state = status === 200 ? "up" : "down";
  place.textContent =
    status === 200
      ? `${body.name} API ${body.api_version}, model ${body.model_version}`
      : "The API does not answer";
}

async function loadContract() {
  const answer = await send("GET", CONTRACT);
  const house = answer.body?.components?.schemas?.House;
  if (house) {
    followContract(form, house);
    return;
  }
  document.getElementById("notice").textContent =
    `The contract with its lists and ranges could not be read. ${explain(answer).detail} ` +
    "The form works without it: type the codes themselves.";
}

async function loadSales() {
  const { status, body } = await send("GET", SALES);
  if (status !== 200 || !body) return; // a price is worth showing without the picture
  sales = body;
  drawSales(sales);
}

function line(className, text) {
  const paragraph = document.createElement("p");
  paragraph.className = className;
  paragraph.textContent = text;
  return paragraph;
}

function startOver() {
  clearProblem(form);
  showNoPrice("It appears here when you ask for it.");
}

function showPrice(price) {
  const lines = [line("price", inFigures(price)), line("words", inWords(price))];
  if (sales) {
    lines.push(line("rank", rankAmongSales(price, sales)));
    markPrice(price, sales);
  }
  answerPlace.replaceChildren(...lines);
}

function showNoPrice(text) {
  answerPlace.replaceChildren(line("waiting", text));
  if (sales) markPrice(null, sales);
}

function setBusy(busy) {
  // Not `disabled`: a button that is disabled loses the focus.
  button.setAttribute("aria-disabled", String(busy));
  button.textContent = busy ? "Asking …" : "Ask for the price";
  form.setAttribute("aria-busy", String(busy));
}

async function askForPrice() {
  setBusy(true);
  const question = { inputs: [readHouse(form)] };
  const answer = await send("POST", PREDICT, question);
  setBusy(false);
  showExchange(PREDICT, question, answer);
  clearProblem(form);
  const price = answer.status === 200 ? answer.body?.predictions?.[0] : undefined;
  if (typeof price === "number") {
    showPrice(price);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    answerPlace.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  } else {
    showNoPrice("No price this time: the form says why.");
    showProblem(form, explain(answer), answer);
  }
  if (noAnswer(answer) !== (document.getElementById("health").dataset.state === "down")) {
    await showHealth();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") askForPrice();
});
form.addEventListener("reset", startOver);

completeFields(form);
startOver();
showHealth();
loadContract();
loadSales();

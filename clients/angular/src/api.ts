// The contract as types, and the call to the API with Angular's own HttpClient.

import { HttpClient, HttpErrorResponse } from "@angular/common/http";
import { Injectable, inject } from "@angular/core";
import { Observable, catchError, map, of } from "rxjs";

// Where the API is: `?api=` in the page's own address, or where `lab serve` puts it.
const API = new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:8000";
const PATIENCE = 20_000; // milliseconds

interface PredictResponse {
  predictions: number[];
}

/** An error document (RFC 9457). */
interface Problem {
  detail: string;
  errors?: { loc: (string | number)[]; msg: string }[];
}

/** What was typed, by the names of the fields. */
export type Typed = Record<string, string>;

/** An answer: a price, or else a message and the errors of single fields. At first, none of them. */
export interface Answer {
  price: number | null;
  message: string;
  errors: Record<string, string>;
}

export const NOTHING_YET: Answer = { price: null, message: "", errors: {} };

@Injectable({ providedIn: "root" })
export class Api {
  private readonly http = inject(HttpClient);

  /** Ask for the price of the house that was typed. Emits one answer whatever happens. */
  askForPrice(typed: Typed): Observable<Answer> {
    const question = { inputs: [toHouse(typed)] };
    return this.http
      .post<PredictResponse>(`${API}/api/v1/predict`, question, { timeout: PATIENCE })
      .pipe(
        map(({ predictions }) => ({ ...NOTHING_YET, price: predictions[0]! })),
        catchError((failure: unknown) => of(toAnswer(failure, typed))),
      );
  }
}

/** Numbers become numbers, what is empty is left out, and the API judges the rest. */
function toHouse(typed: Typed): Record<string, string | number> {
  const house: Record<string, string | number> = {};
  for (const [name, text] of Object.entries(typed)) {
    const number = Number(text);
    if (text.trim()) house[name] = Number.isFinite(number) ? number : text;
  }
  return house;
}

function toAnswer(failure: unknown, typed: Typed): Answer {
  const body: unknown = failure instanceof HttpErrorResponse ? failure.error : null;
  if (isProblem(body)) return toProblem(body, typed);
  // A page learns no more than this, so that it cannot explore networks.
  const message =
    `No readable answer from ${API}. Is it running, and does its CORS_ORIGINS list ` +
    `the origin of this page, ${location.origin}?`;
  return { ...NOTHING_YET, message };
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "detail" in body;
}

/** Read a problem document: each error goes to its field, or else into the message. */
function toProblem({ detail, errors = [] }: Problem, typed: Typed): Answer {
  const answer: Answer = { price: null, message: detail, errors: {} };
  for (const { loc, msg } of errors) {
    const name = String(loc.at(-1)); // of ["body", "inputs", 0, "OverallQual"]
    if (name in typed) answer.errors[name] = msg;
    else answer.message += ` ${name}: ${msg}.`;
  }
  return answer;
}

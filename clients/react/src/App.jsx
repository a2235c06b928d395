import { useState } from "react";

import { NOTHING_YET, askForPrice, inDollars } from "../../shared/api.js";
import fields from "../../shared/form.json";

const firstHouse = Object.fromEntries(fields.map(({ name, value }) => [name, value]));

export function App() {
  const [house, setHouse] = useState(firstHouse);
  const [answer, setAnswer] = useState(NOTHING_YET);
  const [asking, setAsking] = useState(false);

  async function submit(event) {
    event.preventDefault();
    if (asking) return;
    setAsking(true);
    setAnswer(NOTHING_YET);
    setAnswer(await askForPrice(house));
    setAsking(false);
  }

  return (
    <main>
      <h1>What does this house cost?</h1>
      <p className="lead">Asked with React.</p>
      <form noValidate onSubmit={submit}>
        {fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={house[field.name]}
            error={answer.errors[field.name]}
            onChange={(event) => setHouse({ ...house, [field.name]: event.target.value })}
          />
        ))}
        <button aria-disabled={asking}>{asking ? "Asking …" : "Ask for the price"}</button>
        <div id="problem" role="alert">{answer.message}</div>
        <div id="price" role="status">{answer.price !== null && inDollars(answer.price)}</div>
      </form>
    </main>
  );
}

function Field({ field: { name, label, help, choices }, value, error, onChange }) {
  const attributes = {
    id: name,
    value,
    onChange,
    "aria-invalid": Boolean(error),
    "aria-describedby": `${name}-error ${name}-help`,
  };
  return (
    <div>
      <label htmlFor={name}>{label}</label>
      {choices ? (
        <select {...attributes}>
          {choices.map(({ code, meaning }) => (
            <option key={code} value={code}>{meaning} ({code})</option>
          ))}
        </select>
      ) : (
        <input inputMode="decimal" autoComplete="off" {...attributes} />
      )}
      <p id={`${name}-error`} className="error">{error}</p>
      <p id={`${name}-help`} className="help">{help}</p>
    </div>
  );
}

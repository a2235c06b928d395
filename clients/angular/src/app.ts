import { CurrencyPipe } from "@angular/common";
import { Component, inject, signal } from "@angular/core";
import { FormsModule } from "@angular/forms";

import fields from "../../shared/form.json";
import { Api, NOTHING_YET, Typed } from "./api";

@Component({
  selector: "app-root",
  imports: [CurrencyPipe, FormsModule],
  template: `
    <main>
      <h1>What does this house cost?</h1>
      <p class="lead">Asked with Angular.</p>
      <form (ngSubmit)="submit()">
        @for (field of fields; track field.name) {
          <div>
            <label [for]="field.name">{{ field.label }}</label>
            @if (field.choices) {
              <select
                [(ngModel)]="house[field.name]"
                [name]="field.name"
                [id]="field.name"
                [attr.aria-invalid]="field.name in answer().errors"
                [attr.aria-describedby]="field.name + '-error ' + field.name + '-help'"
              >
                @for (choice of field.choices; track choice.code) {
                  <option [value]="choice.code">{{ choice.meaning }} ({{ choice.code }})</option>
                }
              </select>
            } @else {
              <input
                [(ngModel)]="house[field.name]"
                [name]="field.name"
                [id]="field.name"
                [attr.aria-invalid]="field.name in answer().errors"
                [attr.aria-describedby]="field.name + '-error ' + field.name + '-help'"
                inputmode="decimal"
                autocomplete="off"
              />
            }
            <p [id]="field.name + '-error'" class="error">{{ answer().errors[field.name] }}</p>
            <p [id]="field.name + '-help'" class="help">{{ field.help }}</p>
          </div>
        }
        <button [attr.aria-disabled]="asking()">
          {{ asking() ? "Asking …" : "Ask for the price" }}
        </button>
        <div id="problem" role="alert">{{ answer().message }}</div>
        <div id="price" role="status">{{ answer().price | currency: "USD" : "symbol" : "1.0-0" }}</div>
      </form>
    </main>
  `,
})
export class App {
  private readonly api = inject(Api);
  protected readonly fields = fields;
  protected readonly house: Typed = Object.fromEntries(
    fields.map(({ name, value }) => [name, value]),
  );
  protected readonly answer = signal(NOTHING_YET);
  protected readonly asking = signal(false);

  protected submit(): void {
    if (this.asking()) return;
    this.asking.set(true);
    this.answer.set(NOTHING_YET);
    this.api.askForPrice(this.house).subscribe((answer) => {
      this.answer.set(answer);
      this.asking.set(false);
    });
  }
}

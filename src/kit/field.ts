import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Form, Values } from './form.js';
import { translate } from './i18n.js';
import { explain } from './parts.js';

export interface FieldOptions {
  /** Default: `text`. */
  type?: 'text' | 'email';
  required?: boolean;
  maxLength?: number;
  /** What browsers may fill in, where readers edit themselves. Default: nothing. */
  autocomplete?: 'name' | 'email' | undefined;
  /** Makes it a select; each has a value and a label. */
  options?: readonly (readonly [value: string, label: string])[];
}

/** A field of a form: label, input or select, and what is wrong with it. */
export function field<T extends Values<T>>(
  form: Form<T>,
  name: keyof T & string,
  label: string,
  { type = 'text', options, ...rest }: FieldOptions = {},
): TemplateResult {
  const value = form.draft[name];
  const error = form.errors[name];
  const told = error && `${name}-error`;
  const set = ({ target }: Event) =>
    form.set(name, (target as HTMLInputElement).value as T[typeof name]);
  return html`<div class="entry">
    <label for=${name}>${label}</label>
    ${
      options
        ? html`<select
            id=${name}
            name=${name}
            class="field"
            ?disabled=${form.pending}
            aria-invalid=${ifDefined(error ? 'true' : undefined)}
            aria-describedby=${ifDefined(told)}
            @change=${set}
          >
            ${options.map(
              ([each, text]) =>
                html`<option value=${each} .selected=${each === value}>${text}</option>`,
            )}
          </select>`
        : html`<input
            id=${name}
            name=${name}
            class="field"
            type=${type}
            dir=${type === 'email' ? 'ltr' : 'auto'}
            .value=${value}
            ?required=${rest.required}
            ?readonly=${form.pending}
            maxlength=${ifDefined(rest.maxLength)}
            autocomplete=${rest.autocomplete ?? 'off'}
            aria-invalid=${ifDefined(error ? 'true' : undefined)}
            aria-describedby=${ifDefined(told)}
            @input=${set}
          />`
    }
    ${error ? html`<span id=${told!} class="wrong">${error}</span>` : nothing}
  </div>`;
}

export interface FormContent {
  fields: unknown;
  /** What the button that sends says; without, there is none. */
  submit: string | undefined;
  /** Sends the draft; called when the fields hold what they must. */
  send: () => Promise<unknown>;
  cancel: () => void;
  /** Marks what can't be taken back. */
  danger?: boolean;
  /** Asks, in place of the buttons, whether to lose what is not saved. */
  unsaved?: { discard: () => void; stay: () => void } | undefined;
}

/** A `<form>`: fields, what is wrong as a whole, and the buttons to send and to cancel. */
export function formTemplate<T extends Values<T>>(
  lang: string,
  form: Form<T>,
  { fields, submit, send, cancel, danger, unsaved }: FormContent,
): TemplateResult {
  const { pending, error } = form;
  const sent = async (event: SubmitEvent) => {
    event.preventDefault();
    if (form.pending) return;
    const element = event.currentTarget as HTMLFormElement;
    if (check(lang, form, element)) await send();
    await form.host.updateComplete;
    element.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  };
  return html`<form novalidate @submit=${sent}>
    ${fields} ${error ? html`<p class="wrong" role="alert">${explain(lang, error)}</p>` : nothing}
    ${
      unsaved
        ? ask(lang, unsaved)
        : html`<div class="actions">
            ${
              submit
                ? html`<button
                    class="button ${danger ? 'danger' : 'primary'}"
                    type="submit"
                    aria-disabled=${pending}
                  >
                    ${pending ? translate(lang, 'form.saving') : submit}
                  </button>`
                : nothing
            }
            <button class="button" type="button" @click=${cancel}>
              ${translate(lang, 'form.cancel')}
            </button>
          </div>`
    }
  </form>`;
}

const ask = (lang: string, { discard, stay }: NonNullable<FormContent['unsaved']>) =>
  html`<p class="wrong" role="alert">${translate(lang, 'form.unsaved')}</p>
    <div class="actions">
      <button class="button" type="button" data-stay @click=${stay}>
        ${translate(lang, 'form.stay')}
      </button>
      <button class="button danger" type="button" @click=${discard}>
        ${translate(lang, 'form.discard')}
      </button>
    </div>`;

/** Notes what is wrong with the fields, in the reader's language; the browser's own words may be in another. */
function check<T extends Values<T>>(
  lang: string,
  form: Form<T>,
  element: HTMLFormElement,
): boolean {
  form.errors = {};
  for (const control of element.querySelectorAll<HTMLInputElement>('input')) {
    const name = control.name as keyof T;
    if (control.required && !control.value.trim()) {
      form.errors[name] = translate(lang, 'form.required');
    } else if (control.validity.typeMismatch) {
      form.errors[name] = translate(lang, 'form.email');
    }
  }
  form.host.requestUpdate();
  return Object.keys(form.errors).length === 0;
}

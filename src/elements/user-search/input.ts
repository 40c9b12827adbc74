import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { translate } from '../../kit/i18n.js';
import * as icons from '../../kit/icons.js';

interface Shown {
  text: string;
  label: string;
  placeholder: string;
  required: boolean;
  disabled: boolean;
  /** The list is there, and this place in it is marked; -1 for none. */
  listed: boolean;
  marked: number;
  /** What is told to be wrong, under the field; empty if nothing is. */
  told: string;
}

interface Actions {
  type: (event: Event) => void;
  key: (event: KeyboardEvent) => void;
  press: () => void;
  clear: () => void;
}

/** The field of the combobox, its button, and what is told of it. */
export function input(lang: string, shown: Shown, act: Actions): TemplateResult {
  const { text, listed, marked, disabled } = shown;
  const told = disabled ? '' : shown.told;
  return html`<div id="anchor">
      <input
        part="input"
        class="field"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        dir="auto"
        aria-autocomplete="list"
        aria-label=${shown.label || translate(lang, 'users.search')}
        aria-expanded=${listed}
        aria-controls=${ifDefined(listed ? 'options' : undefined)}
        aria-activedescendant=${ifDefined(listed && marked >= 0 ? `option-${marked}` : undefined)}
        aria-required=${shown.required}
        aria-invalid=${told !== ''}
        aria-describedby=${ifDefined(told ? 'wrong' : undefined)}
        placeholder=${shown.placeholder || translate(lang, 'users.search')}
        .value=${text}
        ?disabled=${disabled}
        @input=${act.type}
        @change=${(event: Event) => event.stopPropagation()}
        @keydown=${act.key}
        @click=${act.press}
      />
      ${
        text && !disabled
          ? html`<button
              class="icon"
              type="button"
              aria-label=${translate(lang, 'search.clear')}
              @click=${act.clear}
            >
              ${icons.close}
            </button>`
          : nothing
      }
    </div>
    ${told ? html`<div id="wrong" class="wrong" role="alert">${told}</div>` : nothing}`;
}

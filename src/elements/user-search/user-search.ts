import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { userOptions, userSearchOptions } from '../../data/index.js';
import { InlayChangeEvent, InlaySelectEvent, type ListenFor } from '../../kit/events.js';
import { icons } from '../../kit/icons.js';
import { blank, notice } from '../../kit/parts.js';
import { Popup, popupStyles } from '../../kit/popup.js';
import { query } from '../../kit/query.js';
import { shared } from '../../kit/styles.js';
import { FieldElement } from './field-element.js';
import { option, type Person } from './option.js';
import { styles } from './user-search.styles.js';

/** Milliseconds of rest after which what was typed is searched for. */
const typingPause = 250;
const fewest = 2;

/**
 * A field that finds a person by name, and for those who may see it by e-mail: a combobox
 * by the ARIA pattern. In a form it is a field like any other and sends the person's id;
 * a `<label>` names it. What is typed and not chosen goes back when the field is left.
 *
 * @summary A form field that finds a person.
 * @slot empty - Instead of the text shown when no one matches.
 * @slot error - Instead of the text shown when the search failed.
 * @csspart input - The field.
 * @csspart popup - The list of who matches.
 * @csspart option - A person who matches.
 * @csspart avatar - A person's picture or initials.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when no one matches.
 * @csspart error - The area shown when the search failed.
 * @event {InlayLoadEvent} inlay-load - People arrived for what was typed.
 * @event {InlaySelectEvent} inlay-select - A person was chosen; may be cancelled.
 * @event {InlayChangeEvent} inlay-change - `value` is another by the reader's doing; `change` and `input` come with it.
 * @event {InlayErrorEvent} inlay-error - The search failed.
 */
export class UserSearch extends FieldElement {
  /** @internal */
  declare addEventListener: ListenFor<Person>;
  static override styles = [shared, popupStyles, styles];
  /** Besides those of a field; named again, they would lose its accessors. */
  static override properties = {
    placeholder: {},
    text: { state: true },
    search: { state: true },
    open: { state: true },
    active: { state: true },
  };

  /** Shown while the field is empty. Default: “Search people”. */
  placeholder = '';

  /** Who was chosen here, to be shown without asking for them. */
  private chosen: Person | undefined;
  /** What was typed; undefined while the name of who is chosen stands there. */
  private text: string | undefined;
  /** What is searched for. */
  private search = '';
  private open = false;
  private active = -1;
  private typing: ReturnType<typeof setTimeout> | undefined;
  protected readonly popup = new Popup(this, () => this.open);

  protected override readonly shown = query(this, ({ api }) => {
    const options = userSearchOptions(api, this.search);
    return {
      ...options,
      enabled: options.enabled && this.open,
      keepPrevious: true,
    };
  });
  /** Who a `value` is that the page has set. */
  private readonly preset = query(this, ({ api }) => ({
    ...userOptions(api, this.value),
    enabled: Boolean(this.value) && this.chosen?.id !== this.value,
  }));

  override disconnectedCallback(): void {
    this.leave();
    super.disconnectedCallback();
  }

  override async refresh(): Promise<void> {
    // The button that asks for it leaves with the failure.
    if (this.shadowRoot?.activeElement) this.input.focus();
    if (this.open) await super.refresh();
  }

  protected override get missing(): string {
    return this.t('search.required');
  }
  private get people(): readonly Person[] {
    return this.shown.data?.data ?? [];
  }
  protected override get total(): number {
    return this.people.length;
  }
  private get input(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }
  /** The name of who is chosen, or the id while nothing better is known. */
  private get label(): string {
    const { value, chosen, preset } = this;
    if (!value) return '';
    if (chosen?.id === value) return chosen.name;
    return preset.data?.name ?? (preset.result?.isFetching ? '…' : value);
  }

  private type(event: Event): void {
    // To the page it is this element that is a field, and its value is still the same.
    event.stopPropagation();
    clearTimeout(this.typing);
    const text = this.input.value;
    this.text = text;
    this.active = -1;
    if (!text) this.choose(undefined);
    else if (text.trim().length < fewest) this.open = false;
    else this.typing = setTimeout(() => this.find(), typingPause);
  }

  /** Searches for what stands in the field. */
  private find(): void {
    clearTimeout(this.typing);
    this.search = this.input.value.trim();
    this.open = this.search.length >= fewest;
    this.active = -1;
  }

  private choose(person: Person | undefined): void {
    if (person && !this.dispatchEvent(new InlaySelectEvent(person))) return;
    const changed = this.value !== (person?.id ?? '');
    this.chosen = person;
    this.value = person?.id ?? '';
    this.leave();
    if (!changed) return;
    this.tellChange();
    this.dispatchEvent(new InlayChangeEvent({ value: this.value }));
  }

  private clear(): void {
    this.choose(undefined);
    this.input.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('value')) this.text = undefined;
  }

  /** Puts away what was typed and not chosen. */
  private leave(): void {
    clearTimeout(this.typing);
    this.text = undefined;
    this.open = false;
  }

  private step(event: KeyboardEvent): void {
    const { key, altKey } = event;
    const { open, total, active } = this;
    // Enter and arrows are the input method's while it composes.
    if (event.isComposing) return;
    const person = this.people[active];
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (by !== undefined) {
      event.preventDefault();
      if (!open) this.find();
      else if (altKey && by < 0) this.open = false;
      // From none on to the first or the last, and round.
      else if (total > 0) this.active = (Math.max(active, -by - 1) + by + total) % total;
    } else if (key === 'Escape' && (open || this.text !== undefined)) {
      // A dialog around it stays open.
      event.preventDefault();
      event.stopPropagation();
      if (open) this.open = false;
      else this.leave();
    } else if (key === 'Enter') {
      if (open) {
        if (person) this.choose(person);
        this.open = false;
      }
      // What was typed names nobody yet, and who was chosen before is not meant.
      else if (this.text !== undefined) this.find();
      else this.submit();
    } else if (key === 'Tab' && open && person) {
      this.choose(person);
    } else if (key !== 'Shift') {
      // Back in the text: Home and End go to its ends.
      this.active = -1;
    }
  }

  protected override updated(): void {
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    super.updated();
    // Nothing is on its way while nobody is searched for.
    if (!this.open && !this.problem) this.setStates({ loading: false, empty: false, error: false });
  }

  protected override render(): TemplateResult {
    const { open, total, active } = this;
    const disabled = this.matches(':disabled');
    const text = this.text ?? this.label;
    const listed = open && total > 0;
    return html`<div
      class=${this.rootClass}
      dir=${ifDefined(this.rootDir)}
      @focusout=${({ relatedTarget }: FocusEvent) => {
        if (!this.renderRoot.contains(relatedTarget as Node | null)) this.leave();
      }}
    >
      <div id="anchor">
        <input
          part="input"
          class="field"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          dir="auto"
          aria-autocomplete="list"
          aria-label=${this.labelText || this.t('users.search')}
          aria-expanded=${listed}
          aria-controls=${ifDefined(listed ? 'options' : undefined)}
          aria-activedescendant=${ifDefined(listed && active >= 0 ? `option-${active}` : undefined)}
          aria-required=${this.required}
          aria-invalid=${this.invalid && !this.validity.valid}
          placeholder=${this.placeholder || this.t('users.search')}
          .value=${text}
          ?disabled=${disabled}
          @input=${this.type}
          @change=${(event: Event) => event.stopPropagation()}
          @keydown=${this.step}
          @click=${() => this.text && this.find()}
        />
        ${
          text && !disabled
            ? html`<button
                class="icon"
                type="button"
                aria-label=${this.t('search.clear')}
                @click=${this.clear}
              >
                ${icons.close}
              </button>`
            : nothing
        }
      </div>
      ${this.problem ? notice(this.problem.message) : nothing}
      <div id="popup" part="popup" class="popup" .popover=${'manual'}>
        ${open ? this.body() : nothing}
      </div>
      <span class="hidden" role="status"
        >${
          listed && !this.shown.result?.isPlaceholderData
            ? this.t('users.count', { count: total })
            : nothing
        }</span
      >
    </div>`;
  }

  protected override skeleton(): unknown {
    return [0, 1, 2].map(
      () =>
        html`<div class="option"><span class="avatar bone"></span><span class="bone"></span></div>`,
    );
  }

  protected override empty(): TemplateResult {
    return blank('empty', this.t('users.none'));
  }

  protected override content(): TemplateResult {
    const { result } = this.shown;
    return html`<ul
      id="options"
      class=${result?.isPlaceholderData ? 'stale' : ''}
      role="listbox"
      aria-label=${this.t('users.label')}
    >
      ${this.people.map((person, index) => option(person, `option-${index}`, index === this.active, this.search, () => this.choose(person)))}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'user-search': UserSearch;
  }
}

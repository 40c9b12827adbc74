import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { userSearchOptions } from '../../data/index.js';
import { InlayChangeEvent, InlaySelectEvent, type ListenFor } from '../../kit/events.js';
import { blank, notice } from '../../kit/parts.js';
import { popupStyles, showPopup } from '../../kit/popup.js';
import { query } from '../../kit/query.js';
import { shared } from '../../kit/styles.js';
import { FieldElement } from './field-element.js';
import { input } from './input.js';
import { bones, options, type Person } from './option.js';
import { Preset } from './preset.js';
import { styles } from './user-search.styles.js';

/** Milliseconds of rest after which what was typed is searched for. */
const typingPause = 250;
const fewest = 2;

/**
 * A field that finds a person by name, and for those who may see it by e-mail: a combobox
 * by the ARIA pattern. In a form it is a field like any other and sends the person's id;
 * a `<label>` names it. Enter takes the first who matches, or who is marked, as soon as the
 * answer is there. A text that chose nobody goes back when the field is left, if not `required`.
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
    unchosen: { state: true },
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
  /** Place in the list that the arrows have led to, whether or not it is there yet. */
  private active = -1;
  /** Enter came before the answer. */
  private hurried = false;
  /** It was left with a text that chose nobody. */
  private unchosen = false;
  /** A value that is nobody's, as the server has said. */
  private nobody = '';
  private typing: ReturnType<typeof setTimeout> | undefined;

  protected override readonly shown = query(this, ({ api }) => {
    const options = userSearchOptions(api, this.search);
    return { ...options, enabled: options.enabled && this.open, keepPrevious: true };
  });
  private readonly preset = new Preset(this, () =>
    this.chosen?.id === this.value ? '' : this.value,
  );

  constructor() {
    super();
    const anchor = () => this.renderRoot.querySelector('#anchor');
    showPopup(this, () => this.open, anchor);
  }

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
    return this.t(this.unchosen || this.text ? 'search.unchosen' : 'search.required');
  }
  protected override get unfit(): string {
    return this.value === this.nobody ? this.t('search.unchosen') : '';
  }
  private get people(): readonly Person[] {
    return this.shown.data?.data ?? [];
  }
  protected override get total(): number {
    return this.people.length;
  }
  /** The place that is marked; -1 for none. */
  private get marked(): number {
    return Math.min(this.active, this.total - 1);
  }
  /** Whether those listed are who matches what stands in the field. */
  private get answered(): boolean {
    const { data, result } = this.shown;
    const asked = this.open && this.search === this.input.value.trim();
    return asked && data !== undefined && !result?.isPlaceholderData;
  }
  private get input(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }
  private type(event: Event): void {
    // To the page it is this element that is a field, and its value is still the same.
    event.stopPropagation();
    clearTimeout(this.typing);
    const text = this.input.value;
    this.text = text;
    this.active = -1;
    this.hurried = this.unchosen = false;
    if (!text) this.choose(undefined);
    else if (text.trim().length < fewest) this.open = false;
    else this.typing = setTimeout(() => this.find(), typingPause);
  }

  /** Searches for what stands in the field, to mark who is at a place among those found. */
  private find(active = -1): void {
    clearTimeout(this.typing);
    this.search = this.input.value.trim();
    this.open = this.search.length >= fewest;
    this.active = active;
  }

  /** Chooses who is marked, else the first. */
  private take(): void {
    const person = this.people[Math.max(this.marked, 0)];
    this.hurried = false;
    if (person) this.choose(person);
  }

  private choose(person: Person | undefined): void {
    if (person && !this.dispatchEvent(new InlaySelectEvent(person))) return;
    const changed = this.value !== (person?.id ?? '');
    this.chosen = person;
    this.value = person?.id ?? '';
    if (!changed) return;
    this.tellChange();
    this.dispatchEvent(new InlayChangeEvent({ value: this.value }));
  }

  private clear(): void {
    this.choose(undefined);
    this.input.focus();
  }

  /** Puts away what was typed and not chosen, unless it stays to be mended. */
  protected override leave(text?: string): void {
    clearTimeout(this.typing);
    this.text = text;
    this.open = this.hurried = this.unchosen = false;
  }

  private step(event: KeyboardEvent): void {
    const { key, altKey } = event;
    // Enter and arrows are the input method's while it composes.
    if (event.isComposing) return;
    const { open, total, marked, answered } = this;
    const from = open ? this.active : -1;
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (by !== undefined) {
      event.preventDefault();
      if (altKey && by < 0) this.open = false;
      // As if the answer were there already; with Alt it only opens.
      else if (!answered) this.find(altKey ? -1 : Math.max(from + by, -1));
      // From none on to the first or the last, and round.
      else if (total > 0) this.active = (Math.max(marked, -by - 1) + by + total) % total;
    } else if (key === 'Escape' && (open || this.text !== undefined)) {
      // A dialog around it stays open.
      event.preventDefault();
      event.stopPropagation();
      this.hurried = false;
      if (open) this.open = false;
      else this.leave();
    } else if (key === 'Enter') {
      if (answered) this.take();
      // What was typed names nobody yet, and who was chosen before is not meant.
      else if (open || this.text !== undefined) {
        this.find(from);
        this.hurried = this.open;
      } else this.submit();
    } else if (key === 'Tab' && answered && marked >= 0) {
      this.take();
    } else if (key !== 'Shift') {
      // Back in the text: Home and End go to its ends.
      this.active = -1;
    }
  }

  protected override updated(): void {
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    this.nobody = this.preset.isNobody ? this.value : '';
    super.updated();
    if (this.shown.result?.error) this.hurried = false;
    if (this.hurried && this.answered)
      void this.updateComplete.then(() => this.hurried && this.take());
    // Nothing is on its way while nobody is searched for.
    if (!this.open && !this.problem) this.setStates({ loading: false, empty: false, error: false });
  }

  protected override render(): TemplateResult {
    const { open, total, value, chosen, preset } = this;
    const listed = open && total > 0;
    return html`<div
      class=${this.rootClass}
      dir=${ifDefined(this.rootDir)}
      @focusout=${({ relatedTarget }: FocusEvent) => {
        if (this.renderRoot.contains(relatedTarget as Node | null)) return;
        const unchosen = !this.value && Boolean(this.text);
        this.leave(unchosen && this.required ? this.text : undefined);
        this.unchosen = unchosen;
      }}
    >
      ${input(
        this.language,
        {
          text: this.text ?? (chosen?.id === value ? chosen.name : preset.label(this.language)),
          label: this.labelText,
          placeholder: this.placeholder,
          required: this.required,
          disabled: this.matches(':disabled'),
          listed,
          marked: this.marked,
          told: this.unchosen ? this.t('search.unchosen') : this.invalid ? this.flaw : '',
        },
        {
          type: (event) => this.type(event),
          key: (event) => this.step(event),
          press: () => this.text && this.find(),
          clear: () => this.clear(),
        },
      )}
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
    return bones;
  }

  protected override empty(): TemplateResult {
    return blank('empty', this.t('users.none'));
  }

  protected override content(): TemplateResult {
    const { people, marked, search, shown } = this;
    const stale = shown.result?.isPlaceholderData ?? false;
    const choose = (person: Person) => this.choose(person);
    return options(this.language, people, { marked, search, stale, choose });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'user-search': UserSearch;
  }
}

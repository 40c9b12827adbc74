import { html, type ReactiveController, type TemplateResult } from 'lit';
import type { InlayElement } from './element.js';
import { formTemplate, type FormContent } from './field.js';
import { Form, type Values } from './form.js';
import { IdentityWatch } from './identity-watch.js';

interface DialogContent<T> extends Omit<FormContent, 'send' | 'cancel' | 'unsaved'> {
  title: string;
  /** Sends the draft; the dialog closes if it answers that it was done. */
  send: (draft: T) => Promise<boolean>;
}

/**
 * A form in a native modal dialog: focus goes in, and back to where it came from. Escape
 * and a press beside it close it, unless that would lose a draft or a save is under way:
 * then it says so, and asks.
 *
 *     private readonly invite = new FormDialog(this, { name: '', email: '' });
 *     // this.invite.open(), and in render():
 *     this.invite.render(this.language, () => ({ title, submit, fields, send }))
 */
export class FormDialog<T extends Values<T>> implements ReactiveController {
  readonly form: Form<T>;
  private shown = false;
  /** Asks whether to lose what is not saved; holds what had the focus. */
  private asking: { from: Element | null } | undefined;

  constructor(
    private readonly host: InlayElement,
    base: T,
  ) {
    this.form = new Form(host, base);
    new IdentityWatch(host, () => this.close());
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.shown;
  }

  /** Opens it with a draft that begins from `base`. */
  open(base: T = this.form.base): void {
    this.shown = true;
    this.asking = undefined;
    this.form.begin(base);
  }

  close(): void {
    this.shown = false;
    this.form.leave();
    // The browser gives the focus back before the dialog leaves.
    this.element?.close();
    this.host.requestUpdate();
  }

  hostUpdated(): void {
    if (this.shown && this.host.isConnected && !this.element?.open) this.element?.showModal();
  }

  hostDisconnected(): void {
    this.close();
  }

  private get element(): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector('dialog');
  }

  /** Where it stands in the host's template, inside the root; nothing while closed. */
  render(lang: string, fill: () => DialogContent<T>): TemplateResult | undefined {
    if (!this.shown) return undefined;
    const { title, send, ...content } = fill();
    return html`<dialog
      part="dialog"
      aria-labelledby="dialog-title"
      @cancel=${this.leave}
      @click=${this.leave}
      @keydown=${this.leave}
      @close=${this.closed}
    >
      <div class="sheet">
        <h2 id="dialog-title">${title}</h2>
        ${formTemplate(lang, this.form, {
          ...content,
          send: async () => {
            if (await send(this.form.draft)) this.close();
          },
          cancel: () => this.close(),
          unsaved: this.asking && { discard: () => this.close(), stay: () => void this.stay() },
        })}
      </div>
    </dialog>`;
  }

  private readonly leave = (event: Event) => {
    const { type, target, currentTarget } = event;
    // Only the dialog's own: what is clicked inside comes by too, and so do other cancel events.
    const own =
      type === 'keydown' ? (event as KeyboardEvent).key === 'Escape' : target === currentTarget;
    if (!own) return;
    event.preventDefault();
    // The page's own layers stay open.
    event.stopPropagation();
    if (!this.form.dirty && !this.form.pending) this.close();
    else if (this.asking && type !== 'click') void this.stay();
    else void this.ask();
  };

  private async ask(): Promise<void> {
    this.asking ??= { from: (this.host.renderRoot as ShadowRoot).activeElement };
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.element?.querySelector<HTMLElement>('[data-stay]')?.focus();
  }

  private async stay(): Promise<void> {
    const from = this.asking?.from as HTMLElement | null;
    this.asking = undefined;
    this.host.requestUpdate();
    await this.host.updateComplete;
    if (from?.isConnected) from.focus();
    else this.element?.querySelector<HTMLElement>('.field')?.focus();
  }

  /** The browser closes it all the same when it is asked to often enough. */
  private readonly closed = ({ target }: Event) => {
    if (!(target as HTMLDialogElement).open && this.shown) this.close();
  };
}

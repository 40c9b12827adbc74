import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { avatarMaxBytes, avatarTypes, type UserSummary } from '../../contract/index.js';
import { deleteAvatarOptions, uploadAvatarOptions } from '../../data/index.js';
import { perform } from '../../kit/action.js';
import type { InlayElement } from '../../kit/element.js';
import { translate } from '../../kit/i18n.js';
import * as icons from '../../kit/icons.js';
import { IdentityWatch } from '../../kit/identity-watch.js';
import { avatar, explain } from '../../kit/parts.js';

type Person = Pick<UserSummary, 'id' | 'name' | 'image'>;
const megabyte = 1_000_000;
/** Pixels of the preview's sides: twice what is shown. */
const side = 144;

/**
 * The square in the middle of a picture, drawn: no address of it is made, which a page's
 * policy might forbid. Rejects when it can't be decoded.
 */
async function draw(file: File): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const { width, height } = bitmap;
  const cut = Math.min(width, height);
  canvas
    .getContext('2d')
    ?.drawImage(bitmap, (width - cut) / 2, (height - cut) / 2, cut, cut, 0, 0, side, side);
  bitmap.close();
  canvas.className = 'avatar';
  return canvas;
}

/** A person's picture, and a new one from choosing a file, dropping or pasting it to its upload. */
export class Picture implements ReactiveController {
  private file: File | undefined;
  /** What is wrong, in words. */
  private wrong = '';
  /** Share that has been sent, 0–1, while it is. */
  private sent = 0;
  private sending: AbortController | undefined;
  private over = false;
  private preview: HTMLCanvasElement | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly lang: () => string,
  ) {
    host.addController(this);
    new IdentityWatch(host, this.cancel);
  }

  hostDisconnected(): void {
    this.sending?.abort();
    this.sending = undefined;
  }

  /** Gives up what was chosen, and its upload. */
  readonly cancel = () => {
    this.sending?.abort();
    this.sending = this.file = this.preview = undefined;
    this.wrong = '';
    void this.changed();
  };

  /** Files dragged over it, dropped on it or pasted into it. */
  readonly take = (event: DragEvent | ClipboardEvent) => {
    const { type, target } = event;
    const data = 'dataTransfer' in event ? event.dataTransfer : event.clipboardData;
    // Texts copied from some programs come with a picture of themselves.
    if (!data?.types.includes('Files') || (target as Element).matches('input')) return;
    event.preventDefault();
    this.over = type === 'dragover';
    this.host.requestUpdate();
    if (type === 'drop' || type === 'paste') void this.choose(data.files[0]);
  };

  private async choose(file: File | undefined): Promise<void> {
    if (!file) return;
    this.cancel();
    if (!(avatarTypes as readonly string[]).includes(file.type)) this.wrong = this.t('type');
    else if (file.size > avatarMaxBytes) this.wrong = this.t('size');
    else {
      this.file = file;
      const drawn = await draw(file).catch(() => undefined);
      // Given up meanwhile, or another one was chosen.
      if (this.file !== file) return;
      if (drawn) this.preview = drawn;
      else this.wrong = this.t('broken');
    }
    await this.changed();
  }

  private t(key: 'choose' | 'remove' | 'use' | 'sending' | 'type' | 'size' | 'broken'): string {
    return translate(this.lang(), `picture.${key}`, { count: avatarMaxBytes / megabyte });
  }

  private async send({ id }: Person): Promise<void> {
    const { file } = this;
    if (!file) return;
    const sending = (this.sending = new AbortController());
    this.sent = 0;
    this.wrong = '';
    void this.changed();
    const done = await perform(
      this.host,
      'users.avatar',
      uploadAvatarOptions,
      {
        id,
        file,
        signal: sending.signal,
        onProgress: ({ loaded, total }) => {
          this.sent = loaded / (total || 1);
          this.host.requestUpdate();
        },
      },
      (error) => {
        if (this.sending === sending) this.wrong = explain(this.lang(), error);
      },
    );
    // Cancelled, and perhaps another one is on its way.
    if (this.sending !== sending) return;
    this.sending = undefined;
    if (done) this.preview = undefined;
    void this.changed();
  }

  private remove({ id }: Person): void {
    void perform(this.host, 'users.deleteAvatar', deleteAvatarOptions, { id });
    void this.changed();
  }

  /** The picture as it is or would be; with a button to choose another and one to remove it. */
  show(person: Person, mayChoose: boolean, mayRemove: boolean): TemplateResult {
    const pick = ({ target }: Event) => {
      const input = target as HTMLInputElement;
      void this.choose(input.files?.[0]);
      // So that the same file can be chosen again.
      input.value = '';
    };
    const browse = ({ currentTarget }: Event) =>
      ((currentTarget as Element).nextElementSibling as HTMLInputElement).click();
    return html`<div class="picture ${this.over ? 'over' : ''}">
      ${this.preview ?? avatar(person)}
      ${
        mayChoose
          ? html`<button
                class="icon choose"
                type="button"
                aria-label=${this.t('choose')}
                @click=${browse}
              >
                ${icons.camera}</button
              ><input type="file" hidden accept=${avatarTypes.join()} @change=${pick} />`
          : nothing
      }
      ${
        mayRemove && person.image
          ? html`<button
              class="icon remove"
              type="button"
              aria-label=${this.t('remove')}
              @click=${() => this.remove(person)}
            >
              ${icons.trash}
            </button>`
          : nothing
      }
    </div>`;
  }

  /** What is to be decided on the chosen picture, how its upload stands, what is wrong with it. */
  panel(person: Person): TemplateResult | undefined {
    const { preview, wrong, sending, sent } = this;
    const lang = this.lang();
    if (!preview && !wrong) return undefined;
    return html`<div class="panel">
      ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : nothing}
      ${
        sending
          ? html`<label>${this.t('sending')} <progress max="1" .value=${sent}></progress></label>`
          : preview
            ? html`<button class="button primary" type="button" @click=${() => this.send(person)}>
                ${wrong ? translate(lang, 'action.retry') : this.t('use')}
              </button>`
            : nothing
      }
      <button class="button" type="button" @click=${this.cancel}>
        ${translate(lang, preview ? 'form.cancel' : 'action.dismiss')}
      </button>
    </div>`;
  }

  /** The keyboard goes with what can be done next, if it was here. */
  private async changed(): Promise<void> {
    const { host } = this;
    const find = (selector: string) => host.renderRoot.querySelector<HTMLElement>(selector);
    const here = find(':is(.picture, .panel) :focus');
    host.requestUpdate();
    await host.updateComplete;
    if (here) (find('.panel button') ?? find('.choose'))?.focus();
  }
}

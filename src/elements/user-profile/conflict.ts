import { html, type TemplateResult } from 'lit';
import { translate } from '../../kit/i18n.js';

export interface ConflictActions {
  /** Gives up the reader's part. */
  take: () => void;
  /** Saves the reader's part on top. */
  keep: () => void;
}

/** Fields that the reader and somebody else have changed, each as it is now and as the reader wants it. */
export function conflict(
  lang: string,
  fields: readonly { label: string; theirs: string; mine: string }[],
  { take, keep }: ConflictActions,
): TemplateResult {
  return html`<div part="conflict" class="conflict" role="alert" tabindex="-1">
    <strong>${translate(lang, 'conflict.title')}</strong>
    <dl>
      ${fields.map(
        ({ label, theirs, mine }) =>
          html`<dt>${label}</dt>
            <dd>
              <div class="fine">${translate(lang, 'conflict.theirs')}</div>
              <bdi>${theirs}</bdi>
            </dd>
            <dd>
              <div class="fine">${translate(lang, 'conflict.mine')}</div>
              <bdi>${mine}</bdi>
            </dd>`,
      )}
    </dl>
    <div class="actions">
      <button class="button" type="button" @click=${take}>
        ${translate(lang, 'conflict.take')}
      </button>
      <button class="button" type="button" @click=${keep}>
        ${translate(lang, 'conflict.keep')}
      </button>
    </div>
  </div>`;
}

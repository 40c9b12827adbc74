import { html, type TemplateResult } from 'lit';
import { notificationTypes, type NotificationType } from '../../contract/index.js';
import { preferencesOptions, setPreferencesOptions } from '../../data/index.js';
import { perform } from '../../kit/action.js';
import type { InlayElement } from '../../kit/element.js';
import { translate } from '../../kit/i18n.js';
import { explain, notice } from '../../kit/parts.js';
import { query } from '../../kit/query.js';

const channels = ['inApp', 'email'] as const;

/** What the reader wants to hear of, by type and channel; each check box is saved as it is set. */
export class Preferences {
  private wanted = false;
  private readonly data;

  constructor(private readonly host: InlayElement) {
    this.data = query(host, ({ api }) => ({ ...preferencesOptions(api), enabled: this.wanted }));
  }

  /** Loads them; they are kept up to date as long as the element is there. */
  load(): void {
    if (this.wanted) void this.data.result?.refetch();
    this.wanted = true;
    this.host.requestUpdate();
  }

  private set(type: NotificationType, channel: (typeof channels)[number], on: boolean): void {
    // As it stands by now, with what is on its way.
    const { data } = this.data;
    if (!data) return;
    const preferences = { ...data, [type]: { ...data[type], [channel]: on } };
    void perform(this.host, 'notifications.setPreferences', setPreferencesOptions, preferences);
  }

  render(lang: string): TemplateResult {
    const { data, result } = this.data;
    if (!data && result?.error) {
      const retry = () => void result.refetch();
      return notice(explain(lang, result.error), translate(lang, 'action.retry'), retry);
    }
    return html`<table aria-busy=${!data}>
      <thead>
        <tr>
          <th scope="col">${translate(lang, 'feed.type')}</th>
          ${channels.map((channel) => html`<th scope="col">${translate(lang, `prefer.${channel}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${notificationTypes.map(
          (type) =>
            html`<tr>
              <th scope="row">${translate(lang, `type.${type}`)}</th>
              ${channels.map(
                (channel) =>
                  html`<td>
                    <input
                      type="checkbox"
                      aria-label="${translate(lang, `type.${type}`)}, ${translate(lang, `prefer.${channel}`)}"
                      ?disabled=${!data}
                      .checked=${data?.[type][channel] ?? false}
                      @change=${({ target }: Event) =>
                        this.set(type, channel, (target as HTMLInputElement).checked)}
                    />
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

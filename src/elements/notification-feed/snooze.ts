import { html, nothing, type TemplateResult } from 'lit';
import type { Notification } from '../../contract/index.js';
import { formatDue } from '../../kit/format.js';
import { translate } from '../../kit/i18n.js';

/** Moments to come by the reader's clock: in three hours while that is today, tomorrow at 9, and Monday at 9. */
export function snoozeTimes(now: Date): { name: 'today' | 'tomorrow' | 'week'; at: Date }[] {
  const day = (days: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const today = { name: 'today', at: day(0, now.getHours() + 3) } as const;
  const toMonday = ((8 - now.getDay()) % 7 || 7) as number;
  return [
    ...(today.at < day(1, 0) ? [today] : []),
    { name: 'tomorrow', at: day(1, 9) },
    // Of a Sunday, tomorrow is no other week to the reader.
    { name: 'week', at: day(toMonday === 1 ? 8 : toMonday, 9) },
  ];
}

interface SnoozePanel {
  lang: string;
  item: Notification;
  now: number;
  /** What is wrong with the time that was entered. */
  wrong: boolean;
  /** Snoozes until then; wakes with null. */
  snooze: (until: Date | null) => void;
  refuse: () => void;
}

/** Until when to snooze: some times that suit most, and any other. */
export function snoozePanel(panel: SnoozePanel): TemplateResult {
  const { lang, item, wrong, snooze, refuse } = panel;
  const now = new Date(panel.now);
  const sent = (event: SubmitEvent) => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector('input')!;
    const until = new Date(input.value);
    if (until.getTime() > Date.now()) return snooze(until);
    refuse();
    input.focus();
  };
  const times = snoozeTimes(now);
  return html`${times.map(
      ({ name, at }) =>
        html`<button class="text" type="button" @click=${() => snooze(at)}>
          ${translate(lang, `snooze.${name}`)}
          <span class="fine">${formatDue(lang, at.toISOString(), panel.now)}</span>
        </button>`,
    )}
    ${
      item.snoozedUntil
        ? html`<button class="text" type="button" @click=${() => snooze(null)}>
            ${translate(lang, 'snooze.end')}
          </button>`
        : nothing
    }
    <form novalidate @submit=${sent}>
      <label for="until" class="fine">${translate(lang, 'snooze.other')}</label>
      <input
        id="until"
        class="field"
        type="datetime-local"
        .defaultValue=${inputTime(times.at(-2)!.at)}
        aria-invalid=${wrong}
        aria-describedby="until-wrong"
      />
      <button class="button" type="submit">${translate(lang, 'snooze.set')}</button>
      <p id="until-wrong" class="wrong" role="alert">
        ${wrong ? translate(lang, 'snooze.past') : nothing}
      </p>
    </form>`;
}

/** What the field takes: a time without a zone, the reader's. */
function inputTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

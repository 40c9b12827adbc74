import type { TemplateResult } from 'lit';
import { FormDialog } from '../../kit/dialog.js';
import type { InlayElement } from '../../kit/element.js';

interface Asked {
  title: string;
  text: unknown;
  /** What the button says that does it. */
  submit: string;
  danger?: boolean;
  act: () => void;
}

/** Asks before something is done. */
export class Question {
  private asked!: Asked;
  private readonly dialog: FormDialog<Record<string, string>>;

  constructor(host: InlayElement) {
    this.dialog = new FormDialog(host, {});
  }

  ask(asked: Asked): void {
    this.asked = asked;
    this.dialog.open();
  }

  render(lang: string): TemplateResult | undefined {
    return this.dialog.render(lang, () => {
      const { text, act, ...rest } = this.asked;
      const send = () => {
        // First, so that the focus is back where it came from before that is drawn anew.
        this.dialog.close();
        act();
        return Promise.resolve(true);
      };
      return { ...rest, fields: text, send };
    });
  }
}

import { userOptions } from '../../data/index.js';
import type { InlayElement } from '../../kit/element.js';
import { translate } from '../../kit/i18n.js';
import { query } from '../../kit/query.js';

/** Who an id is that the page has set. */
export class Preset {
  private readonly person;

  constructor(
    host: InlayElement,
    /** Empty while there is nobody to ask for. */
    private readonly id: () => string,
  ) {
    this.person = query(host, ({ api }) => userOptions(api, id()));
  }

  /** Their name, or the id where it could not be asked for. */
  label(lang: string): string {
    const { data, result } = this.person;
    if (this.isNobody) return translate(lang, 'search.unknown');
    return data?.name ?? (result?.isFetching ? '…' : this.id());
  }
  /** The server knows nobody by it, or says that it is no id. */
  get isNobody(): boolean {
    const { status } = (this.person.result?.error ?? {}) as { status?: number };
    return status === 404 || status === 400;
  }
}

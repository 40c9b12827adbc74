import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { projectStatuses, type Project, type UserSummary } from '../../contract/index.js';
import { translate } from '../../kit/i18n.js';
import * as icons from '../../kit/icons.js';
import { avatar } from '../../kit/parts.js';

/** Faces beside a project; of the others only the names are told. */
const most = 4;

/** The field in which a project is renamed. */
interface NameField {
  name: string;
  error?: string;
  set: (name: string) => void;
  save: () => void;
  cancel: () => void;
}

/** What may be done with a project; an action that is left out is not offered. */
export interface ProjectActions {
  select: () => void;
  change:
    | {
        field: NameField | undefined;
        rename: () => void;
        /** Answers nothing unless it was done. */
        setStatus: (status: Project['status']) => Promise<unknown>;
      }
    | undefined;
}

/** One project of the list. */
export function projectRow(
  lang: string,
  project: Project,
  { select, change }: ProjectActions,
): TemplateResult {
  const { name, description, status, members } = project;
  const choose = async ({ target }: Event) => {
    const field = target as HTMLSelectElement;
    // Refused: the option that the row shows by now is chosen again.
    if (!(await change?.setStatus(field.value as Project['status'])))
      field.value = field.dataset['status']!;
  };
  return html`<div part="row" class="row line" role="listitem">
    <div class="what">
      <div class="title">
        ${
          change?.field
            ? nameField(lang, change.field)
            : html`<button class="text name" type="button" @click=${select}>
                  <span class="cut" dir="auto">${name}</span>
                </button>
                ${
                  change
                    ? html`<button
                        class="icon acts rename"
                        type="button"
                        aria-label=${translate(lang, 'project.rename', { name })}
                        @click=${change.rename}
                      >
                        ${icons.pencil}
                      </button>`
                    : nothing
                }`
        }
      </div>
      ${
        change?.field?.error
          ? html`<div id="wrong" class="wrong" role="alert">${change.field.error}</div>`
          : html`<div class="cut fine" dir="auto">${description}</div>`
      }
    </div>
    ${faces(lang, members)}
    <div>
      ${
        change
          ? html`<select
              aria-label=${translate(lang, 'project.statusOf', { name })}
              data-status=${status}
              @change=${choose}
            >
              ${projectStatuses.map(
                (each) =>
                  html`<option value=${each} .selected=${each === status}>
                    ${translate(lang, `project.${each}`)}
                  </option>`,
              )}
            </select>`
          : html`<span class="dot ${status}">${translate(lang, `project.${status}`)}</span>`
      }
    </div>
  </div>`;
}

function nameField(lang: string, { name, error, set, save, cancel }: NameField): TemplateResult {
  const key = (event: KeyboardEvent) => {
    const act = { Enter: save, Escape: cancel }[event.key];
    if (!act || event.isComposing) return;
    // The key is used up: a dialog around stays open, the button that gets the focus is not pressed.
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return html`<input
    class="field"
    dir="auto"
    maxlength="120"
    aria-label=${translate(lang, 'users.name')}
    aria-invalid=${error ? 'true' : 'false'}
    aria-describedby=${ifDefined(error && 'wrong')}
    .value=${name}
    @input=${({ target }: Event) => set((target as HTMLInputElement).value)}
    @keydown=${key}
    @blur=${save}
  />`;
}

function faces(lang: string, members: readonly UserSummary[]): TemplateResult {
  const others = members.length - most;
  return html`<div
    class="faces"
    role="list"
    aria-label=${translate(lang, 'project.members', { count: members.length })}
  >
    ${members.map(
      (member, index) =>
        html`<div class="face" role="listitem" title=${member.name}>
          ${index < most ? avatar(member) : nothing}<span class="hidden">${member.name}</span>
        </div>`,
    )}
    ${
      others > 0
        ? html`<span
            class="more fine"
            aria-hidden="true"
            title=${members
              .slice(most)
              .map(({ name }) => name)
              .join('\n')}
            >+${others}</span
          >`
        : nothing
    }
  </div>`;
}

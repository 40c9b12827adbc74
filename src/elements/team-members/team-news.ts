import type { ReactiveController } from 'lit';
import type { Team, UserSummary } from '../../contract/index.js';
import type { InlayElement } from '../../kit/element.js';

type Kind = 'joined' | 'left' | 'changed';

/** Milliseconds that news stand out after the last of them. */
const lasting = 5000;

/** What has become of a team's members since they were first seen, for a few seconds. */
export class TeamNews implements ReactiveController {
  /** The members, and in their former places those who have just left. */
  shown: readonly UserSummary[] = [];
  private team: Team | undefined;
  private readonly kinds = new Map<string, Kind>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: InlayElement) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.forget();
  }

  kindOf(id: string): Kind | undefined {
    return this.kinds.get(id);
  }

  names(kind: Kind): string[] {
    return this.shown.flatMap(({ id, name }) => (this.kinds.get(id) === kind ? [name] : []));
  }

  /** Takes in how the team is now. */
  follow(team: Team | undefined): void {
    const before = this.team;
    this.team = team;
    if (before?.id !== team?.id) return this.forget();
    if (!before || !team || before.members === team.members) return;
    const former = new Map(before.members.map((member) => [member.id, member]));
    const now = new Set(team.members.map(({ id }) => id));
    for (const member of team.members) {
      const was = former.get(member.id);
      if (!was) this.kinds.set(member.id, 'joined');
      else if (isOther(was, member) && !this.kinds.has(member.id)) {
        this.kinds.set(member.id, 'changed');
      }
    }
    for (const { id } of before.members) if (!now.has(id)) this.kinds.set(id, 'left');
    const shown = [...team.members];
    this.shown.forEach((member, place) => {
      if (!now.has(member.id)) shown.splice(place, 0, member);
    });
    this.shown = shown;
    clearTimeout(this.timer);
    if (this.kinds.size === 0) return;
    this.timer = setTimeout(() => {
      this.forget();
      this.host.requestUpdate();
    }, lasting);
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.kinds.clear();
    this.shown = this.team?.members ?? [];
  }
}

/** Versions grow with things that a team doesn't show, too. */
const isOther = (a: UserSummary, b: UserSummary) =>
  a.name !== b.name || a.image !== b.image || a.role !== b.role;

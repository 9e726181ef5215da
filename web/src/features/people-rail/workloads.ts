import type { BoardEvent } from '#shared/contract/event.ts';
import type { ScopeWorkloads, Workload, OwnedAction } from '#shared/contract/workload.ts';
import type { Card } from '#shared/contract/record.ts';

const shown = 3;

/** Owner and due day of a record before an event; null: unowned, or archived. */
interface OwnerAndDue {
  owner: string | null;
  due: string | null;
}

/**
 * The workloads after an event of the feed: counts from its counts, the rest from its card and the previous owner.
 * Ignores an event older than the workloads.
 */
export function withEvent(workloads: ScopeWorkloads, event: BoardEvent, today: string): ScopeWorkloads {
  if (event.seq <= workloads.seq) return workloads;
  const { counts, card } = event;
  const before = card && ownerBefore(event, card);
  const after: OwnerAndDue = !card || card.stage === 'archive' ? nobodys : { ...card.nextAction };
  const loads = workloads.loads.map((load): Workload => {
    const owns = counts[`owner.${load.person}`] ?? load.owns;
    if (!card) return owns === load.owns ? load : { ...load, owns };
    const late = (owned: OwnerAndDue) => owned.owner === load.person && owned.due !== null && owned.due < today;
    const overdue = before ? load.overdue - Number(late(before)) + Number(late(after)) : load.overdue;
    const next = withAction(load.next, card, after.owner === load.person, owns);
    return next === load.next && owns === load.owns && overdue === load.overdue
      ? load
      : { ...load, owns, overdue: Math.max(overdue, 0), next };
  });
  return { seq: event.seq, unowned: counts['owner.none'] ?? workloads.unowned, loads };
}

/** Whether a list is shorter than it should be: only the server can supply the action that follows a removed one. */
export const isShort = ({ loads }: ScopeWorkloads): boolean =>
  loads.some(({ next, owns }) => next.length < Math.min(shown, owns));

const nobodys: OwnerAndDue = { owner: null, due: null };

/** Null: the event changed neither owner nor due day nor stage. */
function ownerBefore({ kind, body }: BoardEvent, card: Card): OwnerAndDue | null {
  if (kind === 'record.handedOver') return body.before;
  if (kind === 'record.moved') {
    const { stage, owner, dueOn = null } = body.before;
    return stage === 'archive' ? nobodys : { owner, due: dueOn };
  }
  if (kind === 'record.assigned' && body.follows) return { owner: body.before, due: card.nextAction.due };
  return kind === 'record.created' ? nobodys : null;
}

function withAction(next: readonly OwnedAction[], card: Card, theirs: boolean, owns: number): OwnedAction[] {
  const isListed = next.some(({ record }) => record.id === card.id);
  if (!isListed && !theirs) return next as OwnedAction[];
  const others = next.filter(({ record }) => record.id !== card.id);
  if (!theirs) return others;
  const { what, due } = card.nextAction;
  const action = { record: { id: card.id, reference: card.reference }, stage: card.stage, what, due };
  const before = others.findIndex((other) => comesBefore(action, other));
  // An unloaded action may precede this one: the list stays short until it is reloaded.
  if (before < 0 && others.length < shown && owns > others.length + 1) return others;
  return others.toSpliced(before < 0 ? others.length : before, 0, action).slice(0, shown);
}

/** Earlier days first, actions without a day last. */
const comesBefore = (a: OwnedAction, b: OwnedAction): boolean => a.due !== null && (b.due === null || a.due < b.due);

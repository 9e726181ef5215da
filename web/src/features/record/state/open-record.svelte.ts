import type { BoardEvent } from '#shared/contract/event.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card, DataNode, RecordDetail } from '#shared/contract/record.ts';
import type { Scope } from '#shared/contract/scope.ts';
import { nameIn } from '#lib/person-names.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { permissionDenial, type Permission, type Actor } from '#shared/domain/ownership.ts';
import { call, ProblemError } from '#lib/api.ts';
import { refusalOf, type RequestRefusal } from './refusal.ts';

/**
 * Debounce of reloads, in milliseconds: several events of one operation, or of one busy colleague, cause one reload.
 */
const settleMs = 250;

/** An open record: its data, the person's permissions on it, and its updates from the feed. */
export class OpenRecord {
  detail = $state.raw<RecordDetail>()!;
  /** The person lost access to the record while it was open. */
  gone = $state(false);
  readonly #scope: () => Scope;
  readonly #self: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(detail: RecordDetail, scope: () => Scope, self: string) {
    this.detail = detail;
    this.#scope = scope;
    this.#self = self;
  }

  get id(): string {
    return this.detail.card.id;
  }

  get card(): Card {
    return this.detail.card;
  }

  get scope(): Scope {
    return this.#scope();
  }

  get actor(): Actor {
    return { id: this.#self, ...this.scope.own };
  }

  /** Null where the person may; otherwise the denial. */
  may(act: Permission): Finding | null {
    return permissionDenial(act, this.actor, this.card);
  }

  /** The name of a present or former member of the scope; undefined for anybody else. */
  personName(id: string): string | undefined {
    return nameIn(this.scope, id);
  }

  /** Runs a command on the record and shows its outcome. Returns null on success, otherwise the refusal. */
  async attempt(work: () => Promise<{ card: Card }>): Promise<RequestRefusal | null> {
    try {
      const { card } = await work();
      this.#take(card);
      this.#lookSoon();
      return null;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.kind === 'stale') await this.refresh();
      return refusal;
    }
  }

  /** Applies an edit that the server acknowledged, before the record is reloaded. */
  put({ path, to }: { path: string; to: DataNode | null }, revision: number): void {
    this.detail = { ...this.detail, data: setAt(this.detail.data, path, to), revision };
  }

  /** Applies an event of the feed. A document event matters here only where it opened or closed a gate. */
  follow(event: BoardEvent): void {
    if (event.record?.id !== this.id) return;
    const gatesBefore = JSON.stringify(this.card.gates);
    if (event.card) this.#take(event.card);
    if (event.kind !== 'document.changed' || JSON.stringify(this.card.gates) !== gatesBefore) this.#lookSoon();
  }

  /** Takes the newly loaded record, unless it is older. */
  renew(detail: RecordDetail): void {
    if (detail.card.id === this.id && detail.card.version >= this.card.version) this.detail = detail;
  }

  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      const detail = await call('get /api/records/{record}', { params: { record: this.id } });
      if (detail.card.version >= this.card.version) this.detail = detail;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.type === 'not-found') this.gone = true;
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #take(card: Card): void {
    if (card.version >= this.card.version) this.detail = { ...this.detail, card };
  }

  #lookSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), settleMs);
  }
}

import { invalidate } from '$app/navigation';
import type { Duty } from '#shared/contract/duty.ts';
import type { ScopePerson } from '#shared/contract/person.ts';
import { call, Unreachable } from '#lib/api.ts';
import { formErrors } from '#lib/problem-fields.ts';

/**
 * The duties of the people in one scope, while somebody edits them. A tick shows immediately; several ticks on one
 * person are sent one after the other, each based on what the server last confirmed. A refused tick reverts, with the
 * server's reason.
 */
export class DutyTicks {
  #wanted = $state.raw<Record<string, readonly Duty[]>>({});
  /** The server's reason for refusing the last tick on a person. */
  trouble = $state.raw<Record<string, string>>({});
  /** Who takes over the work of somebody whose last duty ends. */
  readonly #successors = new Map<string, string | null>();
  readonly #sending = new Set<string>();
  readonly #scope: string;

  constructor(scope: string) {
    this.#scope = scope;
  }

  held({ id, duties }: Pick<ScopePerson, 'id' | 'duties'>): readonly Duty[] {
    return this.#wanted[id] ?? duties;
  }

  async set(
    person: Pick<ScopePerson, 'id' | 'duties'>,
    duty: Duty,
    on: boolean,
    successor: string | null = null,
  ): Promise<void> {
    const { id } = person;
    const others = this.held(person).filter((ticked) => ticked !== duty);
    this.#successors.set(id, successor);
    this.#wanted = { ...this.#wanted, [id]: on ? [...others, duty] : others };
    this.#say(id, null);
    if (this.#sending.has(id)) return;
    this.#sending.add(id);
    try {
      let from: readonly Duty[] = person.duties;
      do {
        for (let to = this.#wanted[id]!; !same(from, to); to = this.#wanted[id]!) from = await this.#send(id, from, to);
        await invalidate('scope:people');
      } while (!same(from, this.#wanted[id]!));
    } catch (error) {
      this.#say(id, formErrors(error).whole);
      if (!(error instanceof Unreachable)) await invalidate('scope:people');
    } finally {
      this.#sending.delete(id);
      this.#forget(id);
    }
  }

  async #send(person: string, from: readonly Duty[], to: readonly Duty[]): Promise<readonly Duty[]> {
    const { duties } = await call('put /api/scopes/{scope}/people/{person}/duties', {
      params: { scope: this.#scope, person },
      body: { from: [...from], to: [...to], successor: this.#successors.get(person) ?? null },
    });
    return duties;
  }

  #say(person: string, words: string | null): void {
    const { [person]: _, ...others } = this.trouble;
    this.trouble = words === null ? others : { ...others, [person]: words };
  }

  #forget(person: string): void {
    const { [person]: _, ...others } = this.#wanted;
    this.#wanted = others;
  }
}

const same = (one: readonly Duty[], other: readonly Duty[]) => [...one].sort().join() === [...other].sort().join();
